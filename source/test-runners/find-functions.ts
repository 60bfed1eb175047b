const tag = /\[(?:[\w-]+ )?\d+(?:\.\d+)+[a-z]?(?:, ?\d+(?:\.\d+)+[a-z]?)*\]/g;
const maxLines = 12;

export type Language = 'py' | 'rs' | 'go';

/** A function that may be a test, where it stands in its source. */
export type FoundFunction = {
	/** The classes or modules around it and its own name: `TestGroup::test_one`, `tests::adds`. */
	readonly path: string;
	/** Counted from 1. */
	readonly line: number;
	/** Criterion ids that stand in its docstring or in comments at it: `[1.2]`. */
	readonly tags: readonly string[];
};

type Grammar = {
	/** A function's or a block's first line; the block that gives names around functions is the second group, the function the third. */
	readonly head: RegExp;
	/** A line above the function that still belongs to it. */
	readonly isAbove: RegExp;
	readonly comment: RegExp;
	/** Of the lines from the first on, those below it that are read: a docstring or comments. */
	readonly below: (lines: readonly string[]) => readonly string[];
};

/** Where the signature that begins with the first line ends: at the line that closes its last bracket. */
function signatureEnd(lines: readonly string[]): number {
	let open = 0;
	return lines.findIndex(whole => {
		const line = whole.replaceAll(/"[^"]*"|'[^']*'|#.*/g, '');
		open += (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0);
		return open <= 0;
	});
}

function docstring(all: readonly string[]): readonly string[] {
	const lines = all.slice(signatureEnd(all) + 1);
	const body = lines.findIndex(line => line.trim() !== '');
	if (!/^\s*(?:[rRuU]?(?:"""|'''|"|')|#)/.test(lines[body] ?? '')) {
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

function slashComments([, ...lines]: readonly string[]): readonly string[] {
	const end = lines.findIndex(line => !line.trimStart().startsWith('//'));
	return end === -1 ? lines : lines.slice(0, end);
}

const grammars: Readonly<Record<Language, Grammar>> = {
	py: {head: /^(\s*)(?:class\s+([^\s(:]+)|(?:async\s+)?def\s+([^\s(]+)\s*\()/, isAbove: /^\s*[#@]/, comment: /^\s*#/, below: docstring},
	rs: {
		head: /^(\s*)(?:(?:pub(?:\([^)]*\))?\s+)?mod\s+([^\s{;]+)\s*\{|(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?fn\s+([^\s(<]+)\s*\()/,
		isAbove: /^\s*(?:\/\/|#\[)/,
		comment: /^\s*\/\//,
		below: slashComments,
	},
	go: {head: /^()(?:\b\B()|func\s+((?:Test|Example|Fuzz)[^\s(]*)\s*\()/, isAbove: /^\/\//, comment: /^\/\//, below: slashComments},
};

function tagsAt(at: number, lines: readonly string[], {isAbove, comment, below}: Grammar): readonly string[] {
	let top = at;
	while (top > 0 && at - top < maxLines && isAbove.test(lines[top - 1] ?? '')) {
		top--;
	}

	// A decorator may list values for several tests, and the ids among them belong to one.
	const above = lines.slice(top, at).filter(line => comment.test(line));
	const near = [...above, lines[at] ?? '', ...below(lines.slice(at, at + 1 + maxLines))];
	return [...new Set(near.join('\n').match(tag) ?? [])];
}

/** The functions of a source in their order. Blocks around them are told by indentation, as every formatter of these languages writes it. */
export function findFunctions(source: string, language: Language): readonly FoundFunction[] {
	const lines = source.split(/\r?\n/);
	const grammar = grammars[language];
	const around: {readonly indent: number; readonly name: string}[] = [];
	return lines.flatMap((line, at) => {
		const [, space = '', block, name] = grammar.head.exec(line) ?? [];
		if (block === undefined && name === undefined) {
			return [];
		}

		while (around.length > 0 && (around.at(-1)?.indent ?? 0) >= space.length) {
			around.pop();
		}

		if (name === undefined) {
			around.push({indent: space.length, name: block ?? ''});
			return [];
		}

		return [{path: [...around.map(outer => outer.name), name].join('::'), line: at + 1, tags: tagsAt(at, lines, grammar)}];
	});
}
