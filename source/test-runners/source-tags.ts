import type {TestCase} from '../protocol/test-report.ts';

const tag = /\[(?:[\w-]+ )?\d+(?:\.\d+)+[a-z]?(?:, ?\d+(?:\.\d+)+[a-z]?)*\]/g;
const maxLines = 12;

type Language = {
	/** The line where this function begins. */
	readonly startsAt: (line: string, name: string) => boolean;
	/** A line above the function that still belongs to it. */
	readonly isAbove: RegExp;
	/** The lines below the first that are read: a docstring or comments. */
	readonly below: (lines: readonly string[]) => readonly string[];
};

function docstring(lines: readonly string[]): readonly string[] {
	const body = lines.findIndex(line => /^\s*(?:[rRuU]?(?:"""|'''|"|')|#)/.test(line));
	const isFirst = body !== -1 && lines.slice(0, body).every(line => line.trim() === '' || /^\s*[)\w].*[,):]\s*$/.test(line));
	if (!isFirst) {
		return [];
	}

	const quote = /("""|''')/.exec(lines[body] ?? '')?.[1];
	const rest = lines.slice(body);
	const isClosed = quote === undefined || (lines[body] ?? '').split(quote).length > 2;
	const end = isClosed
		? rest.findIndex(line => !/^\s*(?:[rRuU]?["']|#)/.test(line))
		: rest.findIndex((line, index) => index > 0 && line.includes(quote)) + 1;
	return rest.slice(0, end < 1 ? maxLines : end);
}

const languages: Readonly<Record<string, Language>> = {
	py: {
		startsAt: (line, name) =>
			line
				.trimStart()
				.replace(/^async\s+/, '')
				.startsWith(`def ${name}(`),
		isAbove: /^\s*[#@]/,
		below: docstring,
	},
	rs: {
		startsAt: (line, name) =>
			line
				.trimStart()
				.replace(/^(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?/, '')
				.startsWith(`fn ${name}(`),
		isAbove: /^\s*(?:\/\/|#\[)/,
		below: lines =>
			lines.slice(
				0,
				lines.findIndex(line => !line.trimStart().startsWith('//')),
			),
	},
};

function functionName(test: TestCase): string {
	return (test.name.split('::').at(-1) ?? '').replace(/\[.*$/s, '');
}

function tagsOf(name: string, language: Language, lines: readonly string[]): readonly string[] {
	const at = lines.findIndex(line => language.startsAt(line, name));
	if (at === -1) {
		return [];
	}

	let top = at;
	while (top > 0 && at - top < maxLines && language.isAbove.test(lines[top - 1] ?? '')) {
		top--;
	}

	const near = [...lines.slice(top, at + 1), ...language.below(lines.slice(at + 1, at + 1 + maxLines))];
	return [...new Set(near.join('\n').match(tag) ?? [])];
}

/**
 * Adds the criterion ids that stand in a test's docstring or in comments at its function to its name, for languages whose function names
 * cannot carry brackets: Python and Rust. Ids of tests stay as they are.
 */
export async function withSourceTags(
	tests: readonly TestCase[],
	read: (path: string) => Promise<string | undefined>,
): Promise<readonly TestCase[]> {
	const sources = new Map<string, readonly string[]>();
	for (const file of new Set(tests.map(test => test.file).filter(path => /\.(?:py|rs)$/.test(path)))) {
		sources.set(file, ((await read(file)) ?? '').split(/\r?\n/));
	}

	return tests.map(test => {
		const language = languages[test.file.split('.').at(-1) ?? ''];
		const lines = sources.get(test.file);
		const tags =
			language === undefined || lines === undefined
				? []
				: tagsOf(functionName(test), language, lines).filter(found => !test.name.includes(found));
		return tags.length === 0 ? test : {...test, name: `${test.name} ${tags.join(' ')}`};
	});
}
