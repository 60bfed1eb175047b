import {z} from 'zod';
import {artifacts, type ToolContext, type ToolOutcome} from '../protocol/tool.ts';
import {changeFile} from './change-file.ts';
import {defineTool, text} from './define-tool.ts';
import {keepMarkers} from './keep-markers.ts';
import {failed, written} from './outcome.ts';
import {namedLineEnds, unfenced} from './plain-content.ts';
import {explainOtherDocument, findDocument} from './stage-document.ts';
import {explainFile, readNow} from './text-of.ts';

// `document` stands first, so that the screen knows which one grows before its content streams in.
const schema = z.strictObject({
	document: z.enum(artifacts),
	content: text('The whole Markdown of the document.').min(1),
});

type Input = z.infer<typeof schema>;

async function run({document, content: sent}: Input, context: ToolContext): Promise<ToolOutcome> {
	const content = unfenced(sent);
	if (namedLineEnds(content) !== undefined) {
		return failed(
			String.raw`The content is one line that holds the characters \n in place of line breaks, so nothing was written. Send it with real line breaks.`,
		);
	}

	const found = await findDocument(document, context);
	if (found.kind === 'refused') {
		return failed(found.why);
	}

	const {absolute, shown} = found;
	const file = await readNow(absolute);
	if (file.kind !== 'text' && file.kind !== 'missing') {
		return explainFile(shown, file);
	}

	if (file.kind === 'text' && file.text.replace(/^\uFEFF/, '').trim() !== '') {
		return failed(`${shown} has text already, and a person may have worked on it. Change only the lines that change, with edit_document.`);
	}

	const other = explainOtherDocument(document, content, context);
	if (other !== undefined) {
		return failed(other);
	}

	const after = content.endsWith('\n') ? content : `${content}\n`;
	const marked = document === 'tasks' ? keepMarkers('', after, 0, after.length) : undefined;
	if (marked?.kind === 'refused') {
		return failed(marked.why);
	}

	const outcome = await changeFile(
		{absolute, isInside: true, text: after, expected: file.kind === 'text' ? file.digest : undefined},
		context,
	);
	switch (outcome.kind) {
		case 'written': {
			return written({path: shown, before: '', after, verb: 'Wrote'});
		}

		case 'changed': {
			return failed(`A person wrote ${shown} at the same time, and their text stays. Read it, then change it with edit_document.`);
		}

		case 'failed': {
			return failed(`${shown} could not be written: ${outcome.why}. Nothing was changed.`);
		}

		default: {
			return outcome satisfies never;
		}
	}
}

/** Writes a document of this stage for the first time. */
export const writeDocument = defineTool<Input>({
	name: 'write_document',
	description: 'Writes a document of this stage whole, while it is absent or empty. Afterwards it is changed with edit_document.',
	schema,
	action: () => ({kind: 'document'}),
	title: ({document}) => `${document}.md`,
	run,
});
