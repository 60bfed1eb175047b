import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {z} from 'zod';
import {type FoundLine, searchFiles} from '../process/ripgrep.ts';
import {isSecretPath} from '../protocol/protected-paths.ts';
import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {defineTool, text} from './define-tool.ts';
import {explainMissing} from './explain-missing.ts';
import {locate} from './locate.ts';
import {failed} from './outcome.ts';
import {readNow} from './text-of.ts';

const maxMatches = 120;
const maxCharacters = 24_000;
/** A match comes cut to fewer around it; lines beside it are cut here. */
const maxLineLength = 402;

const schema = z.strictObject({
	pattern: text('A regular expression, matched line by line.'),
	path: text('A file or folder; everything when left out.').optional(),
	glob: text('Only files that match, such as `*.ts`.').optional(),
	literal: z.boolean().optional().describe('Take the pattern as plain text.'),
	ignore_case: z.boolean().optional(),
	context: z.int().min(0).max(10).optional().describe('Lines around each match.'),
});

type Input = z.infer<typeof schema>;

function byFile(matches: readonly FoundLine[]): ReadonlyMap<string, readonly FoundLine[]> {
	return Map.groupBy(matches, match => match.path);
}

function row(number: number, mark: ':' | '-', line: string): string {
	return `${number}${mark} ${line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line}`;
}

/** The matches of one file with the lines around them; a gap between two groups is a line of dots. */
async function withContext(root: string, path: string, matches: readonly FoundLine[], context: number): Promise<readonly string[]> {
	const file = context === 0 ? undefined : await readNow(join(root, path));
	if (file?.kind !== 'text') {
		return matches.map(match => row(match.line, ':', match.text));
	}

	const lines = file.text.split(/\r?\n/);
	const hits = new Map(matches.map(match => [match.line, match.text]));
	const wanted = new Set(matches.flatMap(({line}) => Array.from({length: 2 * context + 1}, (_, index) => line - context + index)));
	const numbers = [...wanted].filter(number => number >= 1 && number <= lines.length).sort((a, b) => a - b);
	return numbers.flatMap((number, index) => {
		const previous = numbers[index - 1];
		const gap = previous !== undefined && number > previous + 1 ? ['…'] : [];
		return [...gap, row(number, hits.has(number) ? ':' : '-', hits.get(number) ?? lines[number - 1] ?? '')];
	});
}

function cut(lines: readonly string[]): readonly string[] {
	let length = 0;
	const end = lines.findIndex(line => {
		length += line.length + 1;
		return length > maxCharacters;
	});
	return end === -1 ? lines : lines.slice(0, end);
}

async function outcomeOf(matches: readonly FoundLine[], isTruncated: boolean, {context = 0}: Input, root: string): Promise<ToolOutcome> {
	const rows: string[] = [];
	for (const [path, found] of byFile(matches)) {
		rows.push(path, ...(await withContext(root, path, found, context)));
	}

	const lines = cut(rows);
	const isCut = isTruncated || lines.length < rows.length;
	const files = byFile(matches).size;
	const summary = `${matches.length}${isTruncated ? ' or more' : ''} ${matches.length === 1 ? 'line' : 'lines'} in ${files} ${files === 1 ? 'file' : 'files'}`;
	const hint = isCut ? [`[${summary}; not all are shown: narrow it with path, glob or a longer pattern]`] : [];
	return {ok: true, forModel: [...lines, ...hint].join('\n'), display: {kind: 'lines', lines, summary}};
}

async function run(input: Input, context: ToolContext): Promise<ToolOutcome> {
	const {pattern, path = '.', glob, literal = false, ignore_case = false} = input;
	const place = await locate(context.root, path);
	if (place.kind === 'refused' || !place.isInside) {
		return failed(place.kind === 'refused' ? place.why : `${place.shown} is outside the project; only its own files are searched.`);
	}

	const {root, env, signal} = context;
	const result = await searchFiles({
		root,
		env,
		signal,
		pattern,
		isLiteral: literal,
		isCaseSensitive: !ignore_case,
		limit: maxMatches,
		...(place.shown !== '.' && {under: place.shown}),
		...(glob !== undefined && {glob}),
	});
	if (result.kind === 'bad-pattern') {
		return failed(
			`${JSON.stringify(pattern)} is not a regular expression here: ${result.why}. Set literal to true to search for the text itself.`,
		);
	}

	// Reading a file with secrets is asked for by its path; a search through everything must not be a way around that.
	const lines = result.lines.filter(line => line.path === place.shown || !isSecretPath(line.path));
	if (lines.length === 0) {
		if (!existsSync(place.absolute)) {
			return explainMissing({...place, isFolder: true}, context);
		}

		const where = [...(place.shown === '.' ? [] : [`in ${place.shown}`]), ...(glob === undefined ? [] : [`in files like ${glob}`])].join(
			' ',
		);
		const message = `No line matches ${JSON.stringify(pattern)} ${where}`.trim();
		return {ok: true, forModel: `${message}.`, display: {kind: 'lines', lines: [], summary: 'no match'}};
	}

	return outcomeOf(lines, result.isTruncated, input, root);
}

/** Searches the project's text files. */
export const search = defineTool<Input>({
	name: 'search',
	description: 'Searches the files of the project that git does not ignore. Matches come as `line: text` below their path.',
	schema,
	action: ({path = '.'}) => ({kind: 'read', path}),
	title: ({pattern, path, glob}) =>
		[JSON.stringify(pattern), ...(path === undefined ? [] : [`in ${path}`]), ...(glob === undefined ? [] : [glob])].join(' '),
	run,
});
