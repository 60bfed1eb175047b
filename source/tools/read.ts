import {z} from 'zod';
import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {defineTool, text} from './define-tool.ts';
import {explainMissing} from './explain-missing.ts';
import {locate} from './locate.ts';
import {failed} from './outcome.ts';
import {explainFile, readNow, type Text} from './text-of.ts';

const defaultLines = 1000;
const maxCharacters = 48_000;
const maxLineLength = 2000;
/** Showing a shorter text again costs about as much as saying that it is known. */
const minRepeated = 1000;

const schema = z.strictObject({
	path: text('The file.'),
	offset: z.int().min(1).max(10_000_000).optional().describe('The first line, counted from 1.'),
	limit: z.int().min(1).max(4000).optional().describe(`How many lines; ${defaultLines} when left out.`),
});

type Input = z.infer<typeof schema>;

function cut(line: string): string {
	return line.length > maxLineLength
		? `${line.slice(0, maxLineLength)} [… ${line.length - maxLineLength} more characters in this line: search shows the part around a match]`
		: line;
}

/** As many lines as fit, always one at least. */
function fitting(lines: readonly string[]): readonly string[] {
	let length = 0;
	const end = lines.findIndex(line => {
		length += line.length + 1;
		return length > maxCharacters;
	});
	return end === -1 ? lines : lines.slice(0, Math.max(end, 1));
}

function shownPart(shown: string, file: Text, {offset = 1, limit = defaultLines}: Input): ToolOutcome {
	const content = file.text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
	const lines = content.split('\n');
	const total = content === '' ? 0 : content.endsWith('\n') ? lines.length - 1 : lines.length;
	if (total === 0) {
		return {ok: true, forModel: `${shown} is empty.`, display: {kind: 'lines', lines: [], summary: 'empty'}};
	}

	if (offset > total) {
		return failed(`${shown} has ${total} lines, so there is no line ${offset}.`);
	}

	const part = fitting(lines.slice(offset - 1, Math.min(offset - 1 + limit, total)).map(cut));
	const last = offset - 1 + part.length;
	const range = offset === 1 && last === total ? `${total} lines` : `lines ${offset}–${last} of ${total}`;
	const rest = last < total ? [`[${total - last} more lines: read again with offset ${last + 1}]`] : [];
	return {
		ok: true,
		// Without line numbers, so that what is copied from here into old_text is the text of the file.
		forModel: [`${shown} (${range})`, part.join('\n'), ...rest].join('\n'),
		display: {kind: 'lines', lines: part, summary: range},
	};
}

/** The text stands in the conversation already; a read with an offset is the way to have it again all the same. */
function unchanged(shown: string): ToolOutcome {
	return {
		ok: true,
		forModel: `${shown} is unchanged since you read it: its text stands in this conversation already. To see a part of it again, read with offset and limit.`,
		display: {kind: 'lines', lines: [], summary: 'unchanged since it was read'},
	};
}

async function run(input: Input, context: ToolContext): Promise<ToolOutcome> {
	const place = await locate(context.root, input.path);
	if (place.kind === 'refused') {
		return failed(place.why);
	}

	const file = await readNow(place.absolute);
	if (file.kind !== 'text') {
		return file.kind === 'missing' ? explainMissing(place, context) : explainFile(place.shown, file);
	}

	const known = context.seen.get(place.absolute);
	const wasShown = known?.digest === file.digest && known.isShown;
	const isPlain = input.offset === undefined && input.limit === undefined;
	if (wasShown && isPlain && file.text.length >= minRepeated) {
		return unchanged(place.shown);
	}

	// After an abort the result may be told without this text.
	context.seen.set(place.absolute, {digest: file.digest, isShown: wasShown || (isPlain && !context.signal.aborted)});
	return shownPart(place.shown, file, input);
}

/** Reads a text file, whole or in part, and remembers which bytes the model has seen. */
export const read = defineTool<Input>({
	name: 'read',
	description: 'Reads a text file.',
	schema,
	action: ({path}) => ({kind: 'read', path}),
	title: ({path, offset}) => (offset === undefined ? path : `${path}:${offset}`),
	run,
});
