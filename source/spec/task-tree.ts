import {indentOf} from './markdown.ts';
import type {TaskLine} from './task-line.ts';

/** A task line with what its place in the document says. */
export type PlacedTask = TaskLine & {
	readonly indent: number;
	/** Ordinal of the section; indents of different sections are not compared. */
	readonly section: number;
};

function numberPrefix(number: string): string | undefined {
	const dot = number.lastIndexOf('.');
	return dot === -1 ? undefined : number.slice(0, dot);
}

/** The index of each task's parent: by its number first (children are often not indented), then by its indent. */
export function parentsOf(tasks: readonly PlacedTask[]): readonly (number | undefined)[] {
	const newest = new Map<string, number>();
	let outer: readonly number[] = [];
	return tasks.map((task, index) => {
		outer = outer.filter(at => tasks[at]?.section === task.section && (tasks[at]?.indent ?? 0) < task.indent);
		const parent = parentByNumber(task, newest) ?? outer.at(-1);
		outer = [...outer, index];
		if (task.number !== undefined) {
			newest.set(task.number, index);
		}

		return parent;
	});
}

function parentByNumber(task: PlacedTask, newest: ReadonlyMap<string, number>): number | undefined {
	for (let prefix = numberPrefix(task.number ?? ''); prefix !== undefined; prefix = numberPrefix(prefix)) {
		const found = newest.get(prefix);
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
}

/** How deep a line stands, for a task of a heading by its level. */
export function indentOfTask(text: string): number {
	const marks = /^\s{0,3}(#{1,6})\s/.exec(text)?.[1];
	return marks === undefined ? indentOf(text) : marks.length;
}
