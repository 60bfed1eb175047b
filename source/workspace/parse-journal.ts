/** The version of the journal's form; a higher number is only read. */
export const schema = 1;

/** The header is near the beginning; more is not looked at when journals are listed. */
export const maxHeaderBytes = 64 * 1024;

export type ParsedJournal = {readonly records: readonly unknown[]; readonly problems: readonly string[]; readonly isReadOnly: boolean};

function parseJson(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes));
	} catch {
		return undefined;
	}
}

/** Lines are split on bytes, so that a file cut inside a character loses that line only. Padding of NULs, as a crash leaves it, is no line. */
function splitBytes(bytes: Uint8Array): readonly Uint8Array[] {
	const lines: Uint8Array[] = [];
	for (let start = 0; start < bytes.length; ) {
		const found = bytes.indexOf(0x0a, start);
		const end = found === -1 ? bytes.length : found;
		let first = start;
		let last = end;
		while (first < last && bytes[first] === 0) {
			first++;
		}

		while (last > first && (bytes[last - 1] === 0 || bytes[last - 1] === 0x0d)) {
			last--;
		}

		if (last > first) {
			lines.push(bytes.subarray(first, last));
		}

		start = end + 1;
	}

	return lines;
}

function isHeader(value: unknown): value is {readonly schema: number} {
	return typeof value === 'object' && value !== null && 'schema' in value && typeof value.schema === 'number';
}

/** The header, which is the first line unless that line is damaged; undefined when the beginning of the file holds none. */
export function headerOf(bytes: Uint8Array): {readonly header: unknown; readonly isNewer: boolean} | undefined {
	const header = splitBytes(bytes.subarray(0, maxHeaderBytes)).map(parseJson).find(isHeader);
	return header === undefined ? undefined : {header, isNewer: header.schema > schema};
}

function isRecordLine(value: unknown): value is {readonly n: number; readonly record: unknown} {
	return typeof value === 'object' && value !== null && 'n' in value && typeof value.n === 'number' && 'record' in value;
}

/** True when this position was seen with the same bytes; another process that wrote at the same time gives the same position to other bytes. */
function isRepeated(seen: Map<number, Uint8Array[]>, n: number, line: Uint8Array): boolean {
	const earlier = seen.get(n) ?? [];
	if (earlier.some(other => Buffer.compare(other, line) === 0)) {
		return true;
	}

	seen.set(n, [...earlier, line]);
	return false;
}

/** Every record that can be read, in the order of the file; a doubled line once. */
export function parseJournal(bytes: Uint8Array): ParsedJournal {
	const isReadOnly = headerOf(bytes)?.isNewer === true;
	const records: unknown[] = [];
	const seen = new Map<number, Uint8Array[]>();
	let unreadable = 0;
	for (const line of splitBytes(bytes)) {
		const value = parseJson(line);
		if (!isRecordLine(value)) {
			unreadable += isHeader(value) ? 0 : 1;
		} else if (!isRepeated(seen, value.n, line)) {
			records.push(value.record);
		}
	}

	const lost =
		unreadable === 1
			? '1 line of a stored conversation could not be read and is'
			: `${unreadable} lines of a stored conversation could not be read and are`;
	const problems = [
		...(unreadable === 0 ? [] : [`${lost} left out`]),
		...(isReadOnly ? ['This conversation was stored by a newer kiro-tui, so it is only read'] : []),
	];
	return {records, problems, isReadOnly};
}
