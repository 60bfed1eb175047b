import {z} from 'zod';
import {artifacts, type ToolContext, type ToolOutcome} from '../protocol/tool.ts';
import {changeFile, mayReadAgain} from './change-file.ts';
import {defineTool, text} from './define-tool.ts';
import {explainPlan} from './explain-plan.ts';
import {keepMarkers, withoutMarks} from './keep-markers.ts';
import {explainLeftOut} from './left-out.ts';
import {failed, written} from './outcome.ts';
import {planEdit} from './plan-edit.ts';
import {findDocument} from './stage-document.ts';
import {explainFile, readNow, type Text} from './text-of.ts';

const schema = z.strictObject({
	document: z.enum(artifacts),
	old_text: text('The exact text to replace. It must occur once.').min(1),
	new_text: text('The text to put there, taken literally.'),
});

type Input = z.infer<typeof schema>;

/** How often a change is made again on bytes that a person saved in the same moment. */
const maxTries = 3;

type Planned = {readonly kind: 'ready'; readonly text: string} | {readonly kind: 'refused'; readonly why: string};

function plan(file: Text, shown: string, {document, old_text, new_text}: Input, hasChanged: boolean): Planned {
	const isTasks = document === 'tasks';
	const planned = planEdit({text: file.text, find: old_text, replacement: new_text, ...(isTasks && {blank: withoutMarks})});
	if (planned.kind !== 'ready') {
		const why = hasChanged
			? `A person changed ${shown} since you last read it, and their text stays. old_text is not there once any more: read ${shown}, then change what is there now.`
			: explainPlan(planned, shown, file.text, old_text);
		return {kind: 'refused', why};
	}

	const leftOut = explainLeftOut(file.text, new_text, 'new_text');
	if (leftOut !== undefined) {
		return {kind: 'refused', why: leftOut};
	}

	return isTasks
		? asReady(keepMarkers(file.text, planned.text, planned.start, planned.start + planned.replacement.length))
		: {kind: 'ready', text: planned.text};
}

function asReady(kept: ReturnType<typeof keepMarkers>): Planned {
	return kept.kind === 'kept' ? {kind: 'ready', text: kept.text} : kept;
}

async function attempt(
	input: Input,
	place: {readonly absolute: string; readonly shown: string},
	context: ToolContext,
): Promise<ToolOutcome | 'again'> {
	const {absolute, shown} = place;
	const file = await readNow(absolute);
	if (file.kind !== 'text') {
		return file.kind === 'missing' ? failed(`${shown} does not exist yet. Write it with write_document.`) : explainFile(shown, file);
	}

	const known = context.seen.get(absolute);
	const hasChanged = known !== undefined && known.digest !== file.digest;
	const planned = plan(file, shown, input, hasChanged);
	if (planned.kind === 'refused') {
		mayReadAgain(absolute, context);
		return failed(planned.why);
	}

	if (planned.text === file.text) {
		return failed(`That changes nothing in ${shown}.`);
	}

	const outcome = await changeFile({absolute, isInside: true, text: planned.text, expected: file.digest}, context);
	if (outcome.kind === 'changed') {
		return 'again';
	}

	if (outcome.kind === 'failed') {
		return failed(`${shown} could not be written: ${outcome.why}. It is as it was.`);
	}

	const note = 'It had changed elsewhere since you last read it; those changes are kept.';
	return written({path: shown, before: file.text, after: planned.text, verb: 'Edited', ...(hasChanged && {noteFor: () => note})});
}

async function run(input: Input, context: ToolContext): Promise<ToolOutcome> {
	const found = await findDocument(input.document, context);
	if (found.kind === 'refused') {
		return failed(found.why);
	}

	for (let tries = 0; tries < maxTries; tries++) {
		const outcome = await attempt(input, found, context);
		if (outcome !== 'again') {
			return outcome;
		}
	}

	return failed(`A person is writing in ${found.shown} at this moment, and their text stays. Read it, then try again.`);
}

/** Replaces one exact text in a document of this stage; markers of tasks are the program's and stay. */
export const editDocument = defineTool<Input>({
	name: 'edit_document',
	description:
		'Replaces one exact text in a document of this stage. The text that a message shows you counts as read. The boxes of tasks keep their marks, whatever you write in them.',
	schema,
	action: () => ({kind: 'document'}),
	title: ({document}) => `${document}.md`,
	run,
});
