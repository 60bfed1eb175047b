import {z} from 'zod';
import {isSpecPath} from '../protocol/protected-paths.ts';
import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {changeFile, mayReadAgain} from './change-file.ts';
import {defineTool, text} from './define-tool.ts';
import {explainMissing} from './explain-missing.ts';
import {explainPlan} from './explain-plan.ts';
import {explainLeftOut} from './left-out.ts';
import {locate} from './locate.ts';
import {failed, written} from './outcome.ts';
import {planEdit} from './plan-edit.ts';
import {explainFile, readNow} from './text-of.ts';

const schema = z.strictObject({
	path: text('The file.'),
	old_text: text('The text to replace, with its indentation. It must occur once: include lines around it when it occurs more often.').min(
		1,
	),
	new_text: text('The text to put there, taken literally.'),
});

type Input = z.infer<typeof schema>;

async function run({path, old_text, new_text}: Input, context: ToolContext): Promise<ToolOutcome> {
	const place = await locate(context.root, path);
	if (place.kind === 'refused') {
		return failed(place.why);
	}

	const {absolute, shown, isInside} = place;
	if (isSpecPath(shown)) {
		return failed(
			`${shown} belongs to the spec, which edit does not change. The documents are written in their own stages; say what should change there.`,
		);
	}

	const file = await readNow(absolute);
	if (file.kind !== 'text') {
		return file.kind === 'missing' ? explainMissing(place, context) : explainFile(shown, file);
	}

	const known = context.seen.get(absolute);
	if (known !== undefined && known.digest !== file.digest) {
		return failed(`${shown} changed since you read it. Read it again, then edit what is there now.`);
	}

	// Whoever names a text exactly knows it, by a search or from before a restart, and an exact edit loses nobody's bytes.
	if (known === undefined && !file.text.includes(old_text)) {
		return failed(`You have not read ${shown} yet, and it does not hold old_text exactly. Read it, then edit it.`);
	}

	const plan = planEdit({text: file.text, find: old_text, replacement: new_text});
	if (plan.kind !== 'ready') {
		mayReadAgain(absolute, context);
		return failed(explainPlan(plan, shown, file.text, old_text));
	}

	if (plan.text === file.text) {
		return failed(`old_text and new_text are the same, so ${shown} stays as it is.`);
	}

	const leftOut = explainLeftOut(file.text, new_text, 'new_text');
	if (leftOut !== undefined) {
		return failed(leftOut);
	}

	const outcome = await changeFile({absolute, isInside, text: plan.text, expected: file.digest}, context);
	switch (outcome.kind) {
		case 'written': {
			return written({path: shown, before: file.text, after: plan.text, verb: 'Edited'});
		}

		case 'changed': {
			return failed(`${shown} changed while you were editing it, and those changes stay. Read it again, then edit what is there now.`);
		}

		case 'failed': {
			return failed(`${shown} could not be written: ${outcome.why}. It is as it was.`);
		}

		default: {
			return outcome satisfies never;
		}
	}
}

/** Replaces one exact text in a file that the model has read. */
export const edit = defineTool<Input>({
	name: 'edit',
	description: 'Replaces one exact text in a file; everything else in it stays as it is.',
	schema,
	action: ({path}) => ({kind: 'write', path}),
	title: ({path}) => path,
	run,
});
