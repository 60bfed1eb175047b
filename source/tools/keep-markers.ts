import {parseTasks, type Task} from '../spec/tasks.ts';

/** A box with a mark in it, at the start of a list item. */
const box = /^(\s*(?:[-*+•]|\d{1,4}[.)])\s+\\?\[)[-xX~](?=\\?\])/gm;

/** Blanks the marks of boxes, as the model is told tasks.md; every offset stays. */
export function withoutMarks(text: string): string {
	return text.replaceAll(box, (_, before: string) => `${before} `);
}

export type KeptMarkers = {readonly kind: 'kept'; readonly text: string} | {readonly kind: 'refused'; readonly why: string};

/** The task of the old text that a task of the new one continues: the same title, else the same number. */
function counterpartOf(task: Task, before: readonly Task[]): Task | undefined {
	const sameTitle = before.filter(old => old.title === task.title);
	return sameTitle.length === 1
		? sameTitle[0]
		: (sameTitle.find(old => old.number === task.number) ?? before.find(old => old.number !== undefined && old.number === task.number));
}

/**
 * Gives every task that the model wrote anew between `start` and `end` the marker it had. Only the program ticks: a marker that was not there
 * before is refused, and a new task begins as `[ ]`.
 */
export function keepMarkers(before: string, after: string, start: number, end: number): KeptMarkers {
	const old = parseTasks(before).tasks;
	const now = parseTasks(after).tasks;
	let text = after;
	for (const task of now) {
		const {markerOffset} = task;
		const isWritten = markerOffset === undefined || (markerOffset >= start && markerOffset < end);
		const kept = isWritten ? (counterpartOf(task, old)?.marker ?? ' ') : task.marker;
		if (task.marker !== kept && (task.marker !== ' ' || markerOffset === undefined)) {
			return {
				kind: 'refused',
				why: `Task ${task.number ?? task.title} would be marked [${task.marker}]. Only the program marks tasks, on evidence: write every box as [ ].`,
			};
		}

		if (markerOffset !== undefined) {
			text = text.slice(0, markerOffset) + kept + text.slice(markerOffset + 1);
		}
	}

	return {kind: 'kept', text};
}
