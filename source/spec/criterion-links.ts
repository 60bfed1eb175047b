import {criterionIdsInTestName} from './criterion-names.ts';

/** A place in a test file that names a criterion. */
export type CriterionLink = {
	/** In lower case, as tests name it: `2.3`. */
	readonly criterion: string;
	readonly file: string;
	/** 1-based. */
	readonly line: number;
	/** The test's name as the source spells it, or its function; empty where none can be told. */
	readonly name: string;
};

const tag = /\[[^[\]\n]{1,120}\]/g;
const testFile =
	/(?:^|\/)(?:tests?|__tests__|specs?)\/|[._-](?:test|spec)s?\.[^/]+$|(?:^|\/)test_[^/]+\.py$|(?:Tests?|Spec|IT)\.[a-z]+$|\.rs$/;
const prose = /\.(?:md|mdx|txt|rst|adoc|json|jsonl|snap|ya?ml|lock|html?|csv|diff|patch)$/i;

/** Whether tests may stand in this file, by its name alone. Rust keeps them beside the code. */
export function mayHoldTests(path: string): boolean {
	return testFile.test(path) && !prose.test(path) && !path.startsWith('.kiro/');
}

/** The quoted text around a place on a line; undefined outside quotes. A name of one line is enough. */
function quotedAround(line: string, at: number): string | undefined {
	let quote = '';
	let start = 0;
	for (let index = 0; index < line.length; index++) {
		const character = line[index] ?? '';
		if (character === '\\') {
			index++;
		} else if (quote === '' && /["'`]/.test(character)) {
			quote = character;
			start = index + 1;
		} else if (quote === character) {
			if (start <= at && at < index) {
				return line.slice(start, index);
			}

			quote = '';
		}
	}

	return undefined;
}

const comment = /^\s*(?:\/\/|\/\*|\*|#|--|"""|''')|\s(?:\/\/|#)\s/;
const functionName = /\b(?:def|fn|func|fun|function)\s+([\w$]+)\s*\(/;
const testCall =
	/(?:^|[^\w.])(?:test|it|describe|specify|context|suite|scenario|Deno\.test|t\.Run|bench)(?:\.\w+)*\s*\(\s*(["'`])((?:\\.|(?!\1).)*)\1/;
const maxLines = 12;
const maxColumns = 2000;

/** The name of the test that a comment belongs to: the first one below, else the function whose docstring it is. */
function nameNear(lines: readonly string[], at: number): string {
	const nameOn = (line: string) => testCall.exec(line)?.[2] ?? functionName.exec(line)?.[1];
	for (let below = at; below < Math.min(lines.length, at + maxLines); below++) {
		const name = nameOn(lines[below] ?? '');
		if (name !== undefined) {
			return isDocstring(lines, at) ? (nameAbove(lines, at, nameOn) ?? name) : name;
		}
	}

	return nameAbove(lines, at, nameOn) ?? '';
}

function nameAbove(lines: readonly string[], at: number, nameOn: (line: string) => string | undefined): string | undefined {
	for (let above = at; above >= Math.max(0, at - maxLines); above--) {
		const name = nameOn(lines[above] ?? '');
		if (name !== undefined) {
			return name;
		}
	}

	return undefined;
}

/** A comment that is deeper than the line above it ends a head: `def test_a():` or `test('a', () => {`. */
function isDocstring(lines: readonly string[], at: number): boolean {
	let above = at - 1;
	while (above >= 0 && /^\s*(?:$|\/\/|#|\*|\/\*|"""|''')/.test(lines[above] ?? '')) {
		above--;
	}

	return /[:{]\s*$/.test(lines[above] ?? '');
}

/**
 * The places of one file that name a criterion of a spec, in the name of a test or in a comment: `[<spec> 2.3]`, and bare `[2.3]` while the
 * project has one spec. A number in brackets outside quotes and comments is code.
 */
export function criterionLinks(
	file: string,
	text: string,
	{spec, isOnly}: {readonly spec: string; readonly isOnly: boolean},
): readonly CriterionLink[] {
	const lines = text.split(/\r?\n/);
	let isOpen = false;
	return lines.flatMap((line, index) => {
		// A docstring of several lines marks none of its own lines.
		const marks = line.match(/"""|'''/g)?.length ?? 0;
		const isText = isOpen || marks > 0;
		isOpen = marks % 2 === 1 ? !isOpen : isOpen;
		return line.length > maxColumns || !line.includes('[') ? [] : linksOn({line, lines, index, isText}, {file, spec, isOnly});
	});
}

type Place = {readonly line: string; readonly lines: readonly string[]; readonly index: number; readonly isText: boolean};
type Named = {readonly file: string; readonly spec: string; readonly isOnly: boolean};

function linksOn({line, lines, index, isText}: Place, {file, spec, isOnly}: Named): readonly CriterionLink[] {
	return [...line.matchAll(tag)].flatMap(match => {
		const ids = criterionIdsInTestName(match[0], spec, isOnly);
		const quoted = ids.length === 0 || isText ? undefined : quotedAround(line, match.index);
		const isComment = quoted === undefined && (isText || comment.test(line.slice(0, match.index + 1)));
		const name = quoted ?? (ids.length > 0 && isComment ? nameNear(lines, index) : undefined);
		return name === undefined ? [] : ids.map(criterion => ({criterion, file, line: index + 1, name}));
	});
}
