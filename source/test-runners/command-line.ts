/** `text` as one word for a POSIX shell. */
export function shellWord(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

const operators = /[;|<>()`\n\r]|(?:^|\s)#|\$\(|(?:^|[^&])&(?:[^&]|$)|&&&/;

/** Blanks what stands in quotes, so that an operator in there does not count; keeps every offset. */
function withoutQuoted(text: string): string {
	return text.replaceAll(/'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]/g, quoted => '_'.repeat(quoted.length));
}

/** The commands of `a && b && c`, trimmed; undefined when the text is anything more than such a chain, or a double quote holds `$(…)` or a backtick. */
export function stepsOf(text: string): readonly string[] | undefined {
	const bare = withoutQuoted(text);
	const substitutes = /"(?:[^"\\]|\\[\s\S])*(?:`|\$\()/.test(text);
	if (operators.test(bare) || /['"]/.test(bare) || substitutes) {
		return undefined;
	}

	const steps: string[] = [];
	let from = 0;
	for (const match of bare.matchAll(/&&/g)) {
		steps.push(text.slice(from, match.index).trim());
		from = match.index + 2;
	}

	steps.push(text.slice(from).trim());
	return steps.includes('') ? undefined : steps;
}

/** The words of one step as they are written, quotes included. */
export function wordsOf(step: string): readonly string[] {
	return step.match(/(?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[^\s'"\\])+/g) ?? [];
}

/** Splits `cd packages/core && npm test` into its folder and the rest, when the folder is a plain one below. */
export function splitFolder(command: string): {readonly folder?: string; readonly rest: string} {
	const [, folder = '', rest = ''] = /^cd\s+([\w@%+=:,.-][\w@%+=:,./-]*|'[^']+')\s*&&\s*(.+)$/s.exec(command) ?? [];
	const plain = folder.replaceAll("'", '').replace(/\/+$/, '');
	if (plain === '' || plain.startsWith('/') || plain.startsWith('-') || plain.split('/').includes('..')) {
		return {rest: command};
	}

	return {folder: plain, rest};
}

/** What to leave out of a runner's arguments. */
export type Unwanted = {
	/** Flags without a value: `--watch`. */
	readonly flags?: readonly string[];
	/** Flags with a value, as `--bail=1` or `--bail 1`. */
	readonly valued?: readonly string[];
};

function nameOf(word: string): string {
	return word.split('=')[0] ?? word;
}

/** The arguments without the unwanted ones. */
export function without(args: readonly string[], {flags = [], valued = []}: Unwanted): readonly string[] {
	const kept: string[] = [];
	for (let index = 0; index < args.length; index++) {
		const word = args[index] ?? '';
		const takesNext = valued.includes(word) && !(args[index + 1] ?? '-').startsWith('-');
		if (takesNext) {
			index++;
		} else if (!flags.includes(nameOf(word)) && !valued.includes(nameOf(word))) {
			kept.push(word);
		}
	}

	return kept;
}

function isPositional(args: readonly string[], index: number, valueFlags: readonly string[]): boolean {
	return args[index]?.startsWith('-') === false && !valueFlags.includes(args[index - 1] ?? '');
}

/** The arguments without those that are neither flags nor values of the named flags: the files and patterns a script asks for. */
export function withoutPositionals(args: readonly string[], valueFlags: readonly string[]): readonly string[] {
	return args.filter((_, index) => !isPositional(args, index, valueFlags));
}

/** The files and patterns among the arguments. */
export function positionals(args: readonly string[], valueFlags: readonly string[]): readonly string[] {
	return args.filter((_, index) => isPositional(args, index, valueFlags));
}

/**
 * Whether a file lies in a folder that one of these files, folders or patterns is about; true without any. What lies elsewhere may have to be
 * compiled before it runs: `dist/test/*.test.js` runs `test/a.test.ts`.
 */
export function isInFoldersOf(words: readonly string[], path: string): boolean {
	const folders = words.map(word => {
		const plain = word.replaceAll(/['"]/g, '').replace(/^\.\//, '');
		const [fixed = ''] = /^[^*?[\]{}()!]*/.exec(plain) ?? [];
		const isFolder = fixed === plain && !/\.\w+$/.test(plain);
		return isFolder ? plain.replace(/\/$/, '') : fixed.slice(0, Math.max(0, fixed.lastIndexOf('/')));
	});
	return folders.length === 0 || folders.some(folder => folder === '' || folder === '.' || path.startsWith(`${folder}/`));
}

/** Files as shell words that no program takes for a flag. */
export function fileWords(files: readonly string[]): readonly string[] {
	return files.map(file => shellWord(file.startsWith('-') ? `./${file}` : file));
}
