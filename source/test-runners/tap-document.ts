/** A test point of TAP 13 or 14 (testanything.org): `not ok 2 - adds negatives # time=3ms`. */
export type TapPoint = {
	readonly isOk: boolean;
	readonly name: string;
	readonly directive?: 'skip' | 'todo';
	readonly durationMs?: number;
	/** Whether a `# Subtest:` line came before it: node announces every test so, others only what holds subtests. */
	readonly isAnnounced: boolean;
	/** In a tape document: the number of the `# name` line above it, and that name. */
	readonly group?: {readonly at: number; readonly name: string};
	/** The YAML block below it, without its indentation. */
	readonly yaml: string[];
	/** What was printed before it and is no TAP, the last of it; at the top only. */
	readonly noise: readonly string[];
	/** Comments below it: what bats and Perl say about a failure. */
	readonly comments: string[];
	children?: TapDocument;
};

export type TapDocument = {
	/** The test file it came from, where `prove` tells. */
	readonly file: string;
	readonly points: TapPoint[];
	/** How many points were promised. */
	plan?: number;
	/** Why the run was given up. */
	bailOut?: string;
	/** What was printed after the last point and is no TAP, the last of it. */
	readonly noise: string[];
};

type Reader = {
	readonly documents: TapDocument[];
	/** Documents that are open, by their depth. */
	readonly levels: (TapDocument | undefined)[];
	last: TapPoint | undefined;
	/** The indentation of the YAML block at hand. */
	yaml: string | undefined;
	announced: {readonly depth: number; readonly name: string} | undefined;
	group: {readonly at: number; readonly name: string} | undefined;
	/** Points whose subtests follow in braces, by their depth. */
	readonly open: (TapPoint | undefined)[];
};

const pointLine = /^((?: {4})*)(not )?ok\b(?: (\d+))?(?:$| *-(?: |$)| (?=\S))(.*)$/;
const planLine = /^((?: {4})*)1\.\.(\d+)(?:\s*#.*)?$/;
const proveLine = /^(\S+) \.\.+ ?$/;
const maxNoise = 40;
const maxYaml = 200;

function emptyDocument(file: string): TapDocument {
	return {file, points: [], noise: []};
}

function documentAt(reader: Reader, depth: number): TapDocument {
	const known = reader.levels[depth];
	if (known !== undefined) {
		return known;
	}

	const created = emptyDocument('');
	reader.levels[depth] = created;
	if (depth === 0) {
		reader.documents.push(created);
	}

	return created;
}

function unescaped(text: string): string {
	return text.replaceAll(/\\([\\#])/g, '$1');
}

/** A description and its directive: ` # SKIP later`, ` # time=3.6ms`, ` # timeout after 1s`. Any other `#` belongs to the name. */
function described(text: string): Pick<TapPoint, 'name' | 'directive' | 'durationMs' | 'comments'> {
	const [late] = /\s#\s*timeout after \S+$/.exec(text) ?? [];
	const [, time] = /\s#\s*time=([\d.]+)ms\b/.exec(text) ?? [];
	const timed = text.replace(late ?? '', '').replace(/\s#\s*time=[\d.]+m?s\b/, '');
	const [whole, word = ''] = /(?:^|\s)#\s*(skip|todo)\b[^\n]*$/i.exec(timed) ?? [];
	const name = whole === undefined ? timed : timed.slice(0, timed.length - whole.length);
	const kind = word.toLowerCase();
	return {
		name: unescaped(name.trim()),
		comments: late === undefined ? [] : [late.trim().replace(/^#\s*/, '')],
		...((kind === 'skip' || kind === 'todo') && {directive: kind}),
		...(time !== undefined && {durationMs: Number(time)}),
	};
}

function readPoint(reader: Reader, line: string): boolean {
	const [whole, space = '', not, number, text = ''] = pointLine.exec(line) ?? [];
	// `prove` prints a bare `ok` when a file is done, and a program may say anything after one.
	if (whole === undefined || (number === undefined && !/ok *-/.test(line.slice(0, space.length + 8)))) {
		return false;
	}

	const depth = space.length / 4;
	const trimmed = text.trimEnd();
	const isOpen = /^\s?\{$/.test(trimmed.slice(-2));
	const about = described(isOpen ? trimmed.slice(0, -1) : trimmed);
	const point: TapPoint = {
		isOk: not === undefined,
		...about,
		isAnnounced: reader.announced?.depth === depth && reader.announced.name === about.name,
		...(reader.group !== undefined && {group: reader.group}),
		yaml: [],
		noise: depth === 0 ? documentAt(reader, 0).noise.splice(0) : [],
	};
	documentAt(reader, depth).points.push(point);
	if (isOpen) {
		reader.open[depth] = point;
	} else {
		adopt(reader, point, depth);
	}

	reader.last = point;
	reader.announced = undefined;
	return true;
}

/** Subtests stand above the point that sums them up. */
function adopt(reader: Reader, point: TapPoint, depth: number): void {
	const children = reader.levels[depth + 1];
	reader.levels.length = depth + 1;
	if (children !== undefined) {
		point.children = children;
	}
}

function readPlan(reader: Reader, line: string): boolean {
	const [whole, space = '', count] = planLine.exec(line) ?? [];
	if (whole === undefined) {
		return false;
	}

	documentAt(reader, space.length / 4).plan = Number(count);
	return true;
}

function readComment(reader: Reader, line: string, isGrouped: boolean): boolean {
	const [whole, space = '', text = ''] = /^(\s*)# ?(.*)$/.exec(line) ?? [];
	if (whole === undefined) {
		return false;
	}

	const subtest = /^Subtest: (.*)$/.exec(text)?.[1];
	if (subtest !== undefined) {
		reader.announced = {depth: space.length / 4, name: unescaped(subtest.replace(/\s#\s*(?:skip|todo)\b.*$/i, '').trim())};
	} else if (isGrouped) {
		reader.group = {at: (reader.group?.at ?? 0) + 1, name: text.replace(/^(?:TODO|SKIP) /, '')};
	} else {
		reader.last?.comments.push(text);
	}

	return true;
}

/** The YAML block of the last point: from `---` to `...`. */
function readYaml(reader: Reader, line: string): boolean {
	if (reader.yaml === undefined) {
		const [, space] = /^(\s+)---\s*$/.exec(line) ?? [];
		reader.yaml = reader.last === undefined ? undefined : space;
		return reader.yaml !== undefined;
	}

	if (line.trim() === '...' && line.startsWith(`${reader.yaml}...`)) {
		reader.yaml = undefined;
	} else if (reader.last !== undefined && reader.last.yaml.length < maxYaml) {
		reader.last.yaml.push(line.startsWith(reader.yaml) ? line.slice(reader.yaml.length) : line.trimStart());
	}

	return true;
}

function readOther(reader: Reader, line: string): void {
	const [, closed] = /^((?: {4})*)\}\s*$/.exec(line) ?? [];
	const point = closed === undefined ? undefined : reader.open[closed.length / 4];
	if (closed !== undefined && point !== undefined) {
		reader.open[closed.length / 4] = undefined;
		adopt(reader, point, closed.length / 4);
		return;
	}

	const [, bail] = /^\s*Bail out!\s*(.*)$/i.exec(line) ?? [];
	if (bail !== undefined) {
		documentAt(reader, 0).bailOut = bail;
		return;
	}

	// `prove` says so before it names the file that gave up.
	const [, stopped] = /^Bailout called\.\s+Further testing stopped:\s*(.*)$/.exec(line) ?? [];
	if (stopped !== undefined) {
		reader.documents.push({...emptyDocument(''), bailOut: stopped});
		return;
	}

	const file = proveLine.exec(line)?.[1];
	if (file !== undefined) {
		const document = emptyDocument(file);
		reader.documents.push(document);
		reader.levels.splice(0, reader.levels.length, document);
		reader.last = undefined;
		return;
	}

	const {noise} = documentAt(reader, 0);
	noise.push(line);
	if (noise.length > maxNoise * 2) {
		noise.splice(0, maxNoise);
	}
}

/**
 * Reads what a command printed as TAP: one document, or one for each file of `prove`. Undefined when there is neither a plan nor a test point.
 * `# name` lines are tests only in a document that ends as tape's do; elsewhere they are remarks.
 */
export function readTap(text: string): readonly TapDocument[] | undefined {
	const isTape = /^# tests +\d+$/m.test(text) || (/^TAP version 13$/m.test(text) && /^# .+\n(?:not )?ok 1 /m.test(text));
	const isGrouped = isTape && !/^\s*# Subtest: /m.test(text);
	const reader: Reader = {
		documents: [],
		levels: [],
		last: undefined,
		yaml: undefined,
		announced: undefined,
		group: undefined,
		open: [],
	};
	for (const line of text.split('\n')) {
		const isTold = readYaml(reader, line) || readPoint(reader, line) || readPlan(reader, line) || readComment(reader, line, isGrouped);
		if (!isTold && line.trim() !== '' && !/^\s*(?:TAP version \d+|pragma [+-]\w+)$/.test(line)) {
			readOther(reader, line);
		}
	}

	const isTap = reader.documents.some(({points, plan, bailOut}) => points.length > 0 || plan !== undefined || bailOut !== undefined);
	return isTap ? reader.documents : undefined;
}
