import {join} from 'node:path';
import {isSameLine, type ReviewComment} from '../protocol/review-comment.ts';
import type {TaskId} from '../spec/tasks.ts';
import {changeComments, readComments} from '../workspace/review-file.ts';
import {workspaceKey} from '../workspace/state-directory.ts';
import {requireSpec} from './handle/require.ts';
import type {Services} from './services.ts';

// In the user's state, never in the repository: notes on a diff are nobody else's business until they are sent.
function fileOf({options, root}: Services): string {
	return join(options.directories.state, workspaceKey(root), 'reviews.json');
}

function keyOf(spec: string, textHash: string): string {
	return `${spec} ${textHash}`;
}

/** The comments on a task's diff that were not sent. */
export async function readReview(services: Services, spec: string, textHash: string): Promise<readonly ReviewComment[]> {
	return readComments(fileOf(services), keyOf(spec, textHash));
}

async function change(services: Services, task: TaskId, to: (comments: readonly ReviewComment[]) => readonly ReviewComment[]) {
	const spec = requireSpec(services);
	const comments = await changeComments(fileOf(services), keyOf(spec.name, spec.textHashes[task] ?? ''), to);
	services.append({type: 'review.changed', task, comments});
}

/** Keeps a comment in place of an earlier one on the same line; an empty text takes that away. */
export async function keepComment(services: Services, task: TaskId, comment: ReviewComment): Promise<void> {
	await change(services, task, comments => {
		const others = comments.filter(other => !isSameLine(other, comment));
		return comment.text.trim() === '' ? others : [...others, {...comment, text: comment.text.trim()}];
	});
}

/** Forgets comments that were sent; what was noted or changed meanwhile stays. */
export async function forgetComments(services: Services, task: TaskId, sent: readonly ReviewComment[]): Promise<void> {
	const isSent = (comment: ReviewComment) => sent.some(other => isSameLine(other, comment) && other.text === comment.text);
	await change(services, task, comments => comments.filter(comment => !isSent(comment)));
}
