import {fill} from '../../model/prompts.ts';
import type {ReviewComment} from '../../protocol/review-comment.ts';
import {UserError} from '../../protocol/user-error.ts';
import {isDone} from '../../spec/task-progress.ts';
import type {TaskId} from '../../spec/tasks.ts';
import {reopenTask} from '../reopen-task.ts';
import {forgetComments} from '../review-comments.ts';
import type {Services} from '../services.ts';
import type {TurnMessage} from '../take-turn.ts';
import type {TaskOutcome} from '../task-attempt.ts';
import {requireSpec, requireTask} from './require.ts';
import {goOnWithTask, prepareRun} from './run-tasks.ts';

function messageOf({prompts}: Services, number: string, comments: readonly ReviewComment[]): TurnMessage {
	const told = comments.map(({path, line, quoted, text}) => `${path}, line ${line}:\n\n    ${quoted}\n\n${text}`);
	const shown = comments.map(({path, line, text}) => `${path}:${line}  ${text}`);
	const count = `${comments.length} ${comments.length === 1 ? 'comment' : 'comments'}`;
	return {
		text: fill(prompts.notices.review ?? '', {comments: told.join('\n\n')}),
		shown: [`Review of task ${number}, ${count}`, ...shown].join('\n'),
	};
}

/** Sends comments on a task's diff to its conversation as one repair; the tests decide afterwards, as after any attempt. */
export async function reviewTask(services: Services, id: TaskId, comments: readonly ReviewComment[]): Promise<TaskOutcome> {
	if (comments.length === 0) {
		throw new UserError('There is no comment to send', {nextStep: 'Write one on a line of the diff: c'});
	}

	await prepareRun(services);
	const task = requireTask(requireSpec(services), id);
	const marked = {id: task.id, textHash: requireSpec(services).textHashes[task.id] ?? ''};
	if (isDone(task)) {
		await reopenTask(services, marked);
	}

	const message = messageOf(services, task.number ?? task.id, comments);
	let forgotten: Promise<void> = Promise.resolve();
	const stop = services.store.subscribe(event => {
		// Until the message is in the conversation the comments are all there is of it.
		if (event.type === 'message.sent' && message.shown !== undefined && event.shown?.startsWith(message.shown) === true) {
			forgotten = forgetComments(services, task.id, comments);
		}
	});
	try {
		return await goOnWithTask(services, requireTask(requireSpec(services), task.id), message);
	} finally {
		stop();
		await forgotten;
	}
}
