import {z} from 'zod';
import {isSpecPath} from '../protocol/protected-paths.ts';
import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {changeFile} from './change-file.ts';
import {defineTool, text} from './define-tool.ts';
import {explainLeftOut} from './left-out.ts';
import {type Located, locate} from './locate.ts';
import {type Changed, failed, written} from './outcome.ts';
import {namedLineEnds, unfenced} from './plain-content.ts';
import {explainFile, readNow, type Text} from './text-of.ts';

const schema = z.strictObject({
	path: text('The file; missing folders are made.'),
	content: text('Its whole content.'),
});

type Input = z.infer<typeof schema>;

/** The content in the manner of the file it replaces: its byte order mark, and its line ends when they are all `\r\n`. */
function inMannerOf(file: Text, content: string): string {
	const plain = content.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
	const isReturned = /\r\n/.test(file.text) && !/(?<!\r)\n/.test(file.text);
	return (file.hasBom ? '\uFEFF' : '') + (isReturned ? plain.replaceAll('\n', '\r\n') : content.replace(/^\uFEFF/, ''));
}

/** Shorter files are written whole about as fast as edited. */
const minLines = 20;

/** Told when most of what was sent was there already. */
function rewriteNote({added, removed}: Changed, lines: number): string | undefined {
	const changed = Math.max(added, removed);
	return lines >= minLines && changed * 5 <= lines
		? `Only ${changed} of ${lines} lines differ: to change a part use edit, which needs only that part.`
		: undefined;
}

/** Told when the line breaks of what was sent seem to have been escaped; a line of JSON may hold as many. */
function escapedNote(content: string): string | undefined {
	const named = namedLineEnds(content);
	return named === undefined
		? undefined
		: String.raw`It is one line that holds the characters \n ${named} times: if line breaks were meant, write it again with real ones.`;
}

/** In these a fence may stand around everything. */
const prose = /\.(?:md|mdx|markdown|txt|rst|adoc|snap)$/i;

type Place = Extract<Located, {kind: 'found'}>;

type Target = {readonly shown: string; readonly before: string; readonly after: string; readonly replaced: Text | undefined};

/** What a write would do to the bytes on disk now; a refusal when it must not. */
async function target(sent: string, {absolute, shown}: Place, context: ToolContext): Promise<Target | ToolOutcome> {
	const content = prose.test(shown) ? sent : unfenced(sent);
	const file = await readNow(absolute);
	if (file.kind === 'missing') {
		return {shown, before: '', after: content, replaced: undefined};
	}

	if (file.kind !== 'text') {
		return explainFile(shown, file);
	}

	if (context.seen.get(absolute)?.digest !== file.digest) {
		const why = context.seen.has(absolute) ? 'it changed since you read it' : 'you have not read it yet';
		return failed(`${shown} exists, and ${why}. Read it first; use edit to change a part of it.`);
	}

	const after = inMannerOf(file, content);
	const leftOut = explainLeftOut(file.text, content, 'content');
	if (leftOut !== undefined || file.text === after) {
		return failed(leftOut ?? `${shown} has exactly this content already.`);
	}

	return {shown, before: file.text, after, replaced: file};
}

async function run(input: Input, context: ToolContext): Promise<ToolOutcome> {
	const place = await locate(context.root, input.path);
	if (place.kind === 'refused') {
		return failed(place.why);
	}

	const {absolute, shown, isInside} = place;
	if (isSpecPath(shown)) {
		return failed(
			`${shown} belongs to the spec, which write does not change. The documents are written in their own stages; say what should change there.`,
		);
	}

	const found = await target(input.content, place, context);
	if ('ok' in found) {
		return found;
	}

	const {before, after, replaced} = found;
	const outcome = await changeFile({absolute, isInside, text: after, expected: replaced?.digest}, context);
	switch (outcome.kind) {
		case 'written': {
			return replaced === undefined
				? written({path: shown, before, after, verb: 'Created', noteFor: () => escapedNote(after)})
				: written({path: shown, before, after, verb: 'Replaced', noteFor: (...changed) => escapedNote(after) ?? rewriteNote(...changed)});
		}

		case 'changed': {
			return failed(`${shown} changed while you were writing it, and those changes stay. Read it, then decide again.`);
		}

		case 'failed': {
			return failed(`${shown} could not be written: ${outcome.why}. Nothing was changed.`);
		}

		default: {
			return outcome satisfies never;
		}
	}
}

/** Creates a file, or replaces one that the model has read. */
export const write = defineTool<Input>({
	name: 'write',
	description: 'Creates a file, or replaces the whole of one that you have read. A part of a file is changed with edit.',
	schema,
	action: ({path}) => ({kind: 'write', path}),
	title: ({path}) => path,
	run,
});
