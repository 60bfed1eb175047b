import {type Line, splitLines} from './lines.ts';
import {headingOf, indentOf} from './markdown.ts';
import type {Problem} from './problem.ts';
import {namedValueIn, referencesIn} from './reference-lines.ts';
import {headingKind, type Marker, type TaskLine, taskOnHeading, taskOnLine} from './task-line.ts';
import {type Section, sectionsOf} from './task-section.ts';
import {indentOfTask, type PlacedTask, parentsOf} from './task-tree.ts';

export type {Marker} from './task-line.ts';

/** The printed number, `2.1#2` for its repeat, `t7` for the seventh task of the file when it has no number. */
export type TaskId = string & {readonly brand: 'TaskId'};

export type Task = {
	readonly id: TaskId;
	/** As printed: `2.1`. */
	readonly number?: string;
	readonly title: string;
	/** 1-based line of the box. */
	readonly line: number;
	/** Offset of the marker in the text; absent where a heading is the task, or the box holds a mark that is not ours to change. */
	readonly markerOffset?: number;
	readonly marker: Marker;
	/** Starred, hinted at in the title, or below such a task. */
	readonly isOptional: boolean;
	readonly depth: number;
	readonly parent?: TaskId;
	readonly children: readonly TaskId[];
	readonly isLeaf: boolean;
	/** The heading above, when there is one. */
	readonly section?: string;
	/** As written: `1.1`, `2.1-2.4`, `All requirements`. */
	readonly references: readonly string[];
	/** What will show that the task is done: the line `_Proof: …_` or `_Tests: …_`. */
	readonly proof?: string;
	/** Task numbers from a line `_Depends: …_`. */
	readonly dependsOn: readonly string[];
	/** The lines below the box that belong to the task, without the children. */
	readonly detail: string;
	/** Title and details without marker, number and trailing space; its SHA-256 is the task's `textHash`. */
	readonly text: string;
};

export type ParsedTasks = {readonly title?: string; readonly tasks: readonly Task[]; readonly problems: readonly Problem[]};

/** Reads tasks.md. Any text parses; what looks odd is listed as a problem. */
export function parseTasks(text: string): ParsedTasks {
	const lines = splitLines(text);
	const sections = sectionsOf(lines);
	const boxed = boxTasks(lines, sections);
	const found = boxed.length > 0 ? boxed : headingTasks(lines, sections);
	const placed = found.map(task => place(task, lines, sections));
	const tasks = assemble(placed, lines, sections);
	const title = lines.map(headingOf).find(heading => heading?.level === 1)?.title;
	return {...(title !== undefined && {title}), tasks, problems: problemsOf(found, tasks)};
}

function boxTasks(lines: readonly Line[], sections: readonly Section[]): readonly TaskLine[] {
	const tasks: TaskLine[] = [];
	let hasNumbers = false;
	for (const [index, line] of lines.entries()) {
		const task = taskOnLine(line);
		const holds = sections[index]?.holds;
		const isCheck = holds === 'criteria' || (holds === 'checklist' && hasNumbers && task?.number === undefined);
		if (task !== undefined && !isCheck) {
			tasks.push(task);
			hasNumbers ||= task.number !== undefined;
		}
	}

	return tasks;
}

function headingTasks(lines: readonly Line[], sections: readonly Section[]): readonly TaskLine[] {
	const candidates = lines.flatMap((line, index) => {
		const heading = headingOf(line);
		const kind = heading === undefined || sections[index]?.holds !== 'tasks' ? 'other' : headingKind(heading);
		return heading === undefined || kind === 'other' ? [] : [{kind, level: heading.level, task: taskOnHeading(line, heading)}];
	});
	const namedLevel = Math.min(...candidates.filter(({kind}) => kind === 'named').map(({level}) => level));
	const hasNames = Number.isFinite(namedLevel);
	return candidates
		.filter(({kind, level, task}) => !hasNames || kind === 'named' || (level > namedLevel && task.number?.includes('.') === true))
		.map(({task}) => task);
}

function place(task: TaskLine, lines: readonly Line[], sections: readonly Section[]): PlacedTask {
	const text = lines[task.line - 1]?.text ?? '';
	const isHeading = text.trimStart().startsWith('#');
	return {...task, indent: indentOfTask(text), section: isHeading ? 0 : (sections[task.line - 1]?.ordinal ?? 0)};
}

function idsOf(tasks: readonly TaskLine[]): readonly TaskId[] {
	const seen = new Map<string, number>();
	return tasks.map((task, index) => {
		const name = task.number ?? `t${index + 1}`;
		const count = (seen.get(name) ?? 0) + 1;
		seen.set(name, count);
		// The only door where a text becomes a task id.
		return (count === 1 ? name : `${name}#${count}`) as TaskId;
	});
}

function detailLines(
	task: PlacedTask,
	next: PlacedTask | undefined,
	lines: readonly Line[],
	sections: readonly Section[],
): readonly string[] {
	const detail: string[] = [];
	const section = sections[task.line - 1]?.ordinal;
	for (const [index, line] of lines.slice(task.line, (next?.line ?? lines.length + 1) - 1).entries()) {
		const isRule = !line.isFenced && /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line.text);
		if (isRule || sections[task.line + index]?.ordinal !== section) {
			break;
		}

		detail.push(line.text.trimEnd());
	}

	return trimBlank(detail, task.indent);
}

function trimBlank(detail: readonly string[], indent: number): readonly string[] {
	const first = detail.findIndex(line => line !== '');
	const last = detail.findLastIndex(line => line !== '');
	return first === -1
		? []
		: detail.slice(first, last + 1).map(line => (indentOf(line) >= indent ? line.replace(new RegExp(`^ {0,${indent}}`), '') : line));
}

const doneStatus = /^(?:completed?|done|finished|✅.*|已完成|完成|完了|erledigt|готово)/iu;

function withStatus(task: PlacedTask, detail: readonly string[]): Marker {
	const isHeading = task.markerOffset === undefined && !task.hasUnknownMarker;
	const status =
		isHeading && task.marker === ' '
			? detail.map(line => namedValueIn(line, ['status', '状态', 'ステータス'])).find(value => value !== undefined)
			: undefined;
	return status !== undefined && doneStatus.test(status) ? 'x' : task.marker;
}

function assemble(placed: readonly PlacedTask[], lines: readonly Line[], sections: readonly Section[]): readonly Task[] {
	const ids = idsOf(placed);
	const parents = parentsOf(placed);
	const children: TaskId[][] = placed.map(() => []);
	const tasks: Task[] = [];
	for (const [index, id] of ids.entries()) {
		children[parents[index] ?? -1]?.push(id);
	}

	for (const [index, task] of placed.entries()) {
		const parent = tasks[parents[index] ?? -1];
		const own = children[index] ?? [];
		const section = sections[task.line - 1]?.title;
		const detail = detailLines(task, placed[index + 1], lines, sections);
		const proof = detail.map(line => namedValueIn(line, ['proof', 'tests?'])).find(value => value !== undefined);
		tasks.push({
			id: ids[index] ?? ('' as TaskId),
			...(task.number !== undefined && {number: task.number}),
			title: task.title,
			line: task.line,
			...(task.markerOffset !== undefined && {markerOffset: task.markerOffset}),
			marker: withStatus(task, detail),
			isOptional: task.isOptional || parent?.isOptional === true,
			depth: parent === undefined ? 0 : parent.depth + 1,
			...(parent !== undefined && {parent: parent.id}),
			children: own,
			isLeaf: own.length === 0,
			...(section !== undefined && {section}),
			references: detail.flatMap(referencesIn),
			...(proof !== undefined && {proof}),
			dependsOn: detail.flatMap(line => dependenciesIn(line)),
			detail: detail.join('\n'),
			text: [task.title, ...detail].join('\n'),
		});
	}

	return tasks;
}

function dependenciesIn(line: string): readonly string[] {
	const value = namedValueIn(line, ['depends(?: on)?', 'dependencies', '依赖', '依存']) ?? '';
	return value.match(/(?<![\w.])[A-Za-z]{0,3}\d+[a-z]?(?:\.\d+[a-z]?)*/gu) ?? [];
}

function problemsOf(found: readonly TaskLine[], tasks: readonly Task[]): readonly Problem[] {
	const problems: Problem[] = [];
	for (const [index, task] of tasks.entries()) {
		if (task.id.includes('#')) {
			const message = `Task number ${task.number ?? task.id} is used again; here it is called ${task.id}`;
			problems.push({line: task.line, code: 'duplicate-task-number', message, severity: 'warning'});
		}

		if (found[index]?.hasUnknownMarker === true) {
			const message = 'This box holds none of the markers " ", "-", "x", "~", so it is not changed';
			problems.push({line: task.line, code: 'unknown-marker', message, severity: 'warning'});
		}
	}

	return problems;
}
