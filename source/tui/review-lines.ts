import {isSameLine, type ReviewComment} from '../protocol/review-comment.ts';
import type {State} from '../protocol/state.ts';
import {type Hunk, hunksOf} from '../spec/patch-hunks.ts';
import {type Content, type ContentRow, createMemo} from './content.ts';
import type {FrameGlyphs} from './glyphs.ts';
import {diffRows} from './rows/diff-rows.ts';
import {printableLine} from './rows/printable-lines.ts';
import type {Row} from './rows/row.ts';
import {wrapRow} from './rows/wrap-row.ts';

/** A line of a task's diff that a person may choose. */
export type ReviewLine = Omit<ReviewComment, 'text'> & {
	readonly target: string;
	readonly isChange: boolean;
	/** Absent for a comment whose line the diff no longer has. */
	readonly hunk?: Hunk;
	/** The first changed line of its hunk: where a jump to the hunk lands. */
	readonly isFirstChange: boolean;
};

/** One row of the diff, and the line that it shows when one can be chosen. */
type LinedRow = {readonly row: Row; readonly block: string; readonly line?: ReviewLine};

type Diff = NonNullable<State['diff']>;
type Options = {readonly columns: number; readonly glyphs: FrameGlyphs};

const memo = createMemo<readonly LinedRow[]>();

function targetOf(path: string, sign: string, line: number): string {
	return `${path} ${sign === '-' ? '-' : '+'}${line}`;
}

/** The line of each row that `diffRows` makes of a patch: none for the head of a hunk and for what is said of a missing line end. */
function linesOf(path: string, patch: string): readonly (ReviewLine | undefined)[] {
	return hunksOf(patch).flatMap(hunk => {
		const first = hunk.lines.findIndex(({sign}) => sign !== ' ');
		const lines = hunk.lines.flatMap(({sign, text, line, hasLineEnd}, index): readonly (ReviewLine | undefined)[] => {
			const quoted = `${sign}${text.replace(/\r$/, '')}`;
			const isChange = sign !== ' ';
			const own = {path, line, quoted, hunk, isChange, isFirstChange: index === first, target: targetOf(path, sign, line)};
			return hasLineEnd ? [own] : [own, undefined];
		});
		return [undefined, ...lines];
	});
}

/** Scroll anchors name the file: a hunk that goes leaves the reader where they are in it. */
function fileRows({path, patch}: Diff['files'][number], isFirst: boolean, {columns, glyphs}: Options): readonly LinedRow[] {
	const lines = linesOf(path, patch);
	const head: readonly Row[] = [...(isFirst ? [] : [[]]), [{text: printableLine(path), tone: 'heading', isBold: true}]];
	const body: readonly Row[] =
		patch === '' ? [[{text: 'not a text, or too large to compare', tone: 'muted'}]] : diffRows(patch, {columns, ellipsis: glyphs.ellipsis});
	return [
		...head.map(row => ({row, block: path})),
		...body.map((row, index): LinedRow => {
			const line = lines[index];
			return {row, block: path, ...(line !== undefined && {line})};
		}),
	];
}

function commentRows({text}: ReviewComment, {columns, glyphs}: Options): readonly Row[] {
	const row: Row = [
		{text: `  ${glyphs.bar} you: `, tone: 'person', isBold: true},
		{text: printableLine(text), tone: 'person'},
	];
	return wrapRow(row, columns, {indent: 9});
}

/** A comment whose line went meanwhile stands over the diff, so that it can still be changed, and is still sent. */
function orphanRows(comment: ReviewComment, options: Options): readonly LinedRow[] {
	const {path, line, quoted} = comment;
	const own: ReviewLine = {path, line, quoted, isChange: false, isFirstChange: false, target: `${path} gone ${line} ${quoted}`};
	const where: Row = [{text: printableLine(`${path}:${line} is not in the diff any more: ${quoted}`), tone: 'muted'}];
	return [...wrapRow(where, options.columns), ...commentRows(comment, options)].map(row => ({row, block: own.target, line: own}));
}

function rowsOf({diff, comments}: Pick<State, 'diff' | 'comments'>, options: Options): readonly LinedRow[] {
	if (diff === undefined) {
		return [];
	}

	const make = () => diff.files.flatMap((file, index) => fileRows(file, index === 0, options));
	const rows = memo(diff, `${options.columns} ${options.glyphs.ellipsis}`, make);
	const isShown = (comment: ReviewComment) => rows.some(({line}) => line !== undefined && isSameLine(line, comment));
	const withComments = rows.flatMap((lined): readonly LinedRow[] => {
		const comment = comments.find(other => lined.line !== undefined && isSameLine(other, lined.line));
		return comment === undefined ? [lined] : [lined, ...commentRows(comment, options).map(row => ({...lined, row}))];
	});
	return [...comments.filter(comment => !isShown(comment)).flatMap(comment => orphanRows(comment, options)), ...withComments];
}

/** A task's diff with what a person noted on its lines. */
export function reviewContent(state: State, options: Options): Content {
	const rows = rowsOf(state, options).map(
		({row, block, line}): ContentRow => ({row, block, ...(line !== undefined && {target: line.target})}),
	);
	return {rows, rest: 0};
}

/** The lines that can be chosen, in order. */
export function reviewLines({diff, comments}: Pick<State, 'diff' | 'comments'>, options: Options): readonly ReviewLine[] {
	const lines = rowsOf({...(diff !== undefined && {diff}), comments}, options).flatMap(({line}) => (line === undefined ? [] : [line]));
	return lines.filter((line, index) => lines[index - 1]?.target !== line.target);
}

/** The line that keys act on: the one chosen, else the first that changed. */
export function chosenLine(lines: readonly ReviewLine[], selected: string | undefined): ReviewLine | undefined {
	return lines.find(line => line.target === selected) ?? lines.find(line => line.isChange) ?? lines[0];
}
