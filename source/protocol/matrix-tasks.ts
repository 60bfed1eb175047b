import type {Requirement} from '../spec/requirements.ts';
import {isDone, isHeadingOnly} from '../spec/task-progress.ts';
import type {Marker, Task, TaskId} from '../spec/tasks.ts';
import {expandReferences, unknownReferences} from '../spec/trace.ts';
import {type CountedLines, taskKeys} from './counted-lines.ts';
import {currentIds} from './criterion-evidence.ts';
import type {Grade} from './evidence.ts';
import type {LedgerEntry, TaskEntry} from './ledger-entry.ts';
import type {TestReport} from './test-report.ts';

export type MatrixTask = {
	readonly id: TaskId;
	/** As printed, else its id. */
	readonly number: string;
	readonly title: string;
	readonly marker: Marker;
	readonly isDone: boolean;
	/** The criteria it names that exist. */
	readonly criteria: readonly string[];
	/** That of its weakest criterion; without criteria what its newest attempt or the newest run shows. */
	readonly grade: Grade;
	/** A person accepted it without proof, and it is not open again. */
	readonly isByHand: boolean;
};

type Traceable = {
	readonly requirements: readonly Requirement[];
	readonly criterionHashes: Readonly<Record<string, string>>;
	readonly tasks: readonly Task[];
	readonly textHashes: Readonly<Record<string, string>>;
	readonly ledger: readonly LedgerEntry[];
};

type TaskName = {readonly task: string; readonly textHash: string};

export type TracedTasks = {
	/** The criteria that references name; each reference is read once. */
	readonly expand: (references: readonly string[]) => readonly string[];
	readonly byCriterion: ReadonlyMap<string, readonly TaskId[]>;
	/** The criteria of the task that a line is about, as it is now, else as its last attempt knew it. */
	readonly criteriaOf: (line: TaskName) => readonly string[];
	/** Its printed number now, else the one of that time. */
	readonly numberOf: (line: TaskName) => string;
};

/** Ties tasks, criteria and lines of the ledger together; a task is known again by its words, whatever its number. */
export function tracedTasks({requirements, criterionHashes, tasks, textHashes, ledger}: Traceable): TracedTasks {
	const read = new Map<string, readonly string[]>();
	for (const {criteria} of requirements) {
		for (const {id} of criteria) {
			read.set(id, [id]);
		}
	}

	const expandOne = (reference: string) => {
		const known = read.get(reference) ?? expandReferences([reference], requirements);
		read.set(reference, known);
		return known;
	};

	const expand = (references: readonly string[]) => [...new Set(references.flatMap(expandOne))];
	const byCriterion = new Map<string, TaskId[]>();
	for (const task of tasks) {
		for (const id of expand(task.references)) {
			byCriterion.set(id, [...(byCriterion.get(id) ?? []), task.id]);
		}
	}

	const keyOf = taskKeys(textHashes);
	const byKey = new Map(tasks.map(task => [keyOf({task: task.id, textHash: textHashes[task.id] ?? ''}), task]));
	const attempts = new Map(ledger.filter((entry): entry is TaskEntry => entry.type === 'task').map(entry => [keyOf(entry), entry]));
	const idsOf = currentIds(criterionHashes);
	const ofKey = new Map<string, readonly string[]>();
	const find = (key: string) => {
		const task = byKey.get(key);
		const attempt = attempts.get(key);
		const named = attempt?.evidence ?? attempt?.criteria.map(criterion => ({criterion})) ?? [];
		return task === undefined ? [...new Set(named.flatMap(idsOf))] : expand(task.references);
	};

	return {
		expand,
		byCriterion,
		criteriaOf(line) {
			const key = keyOf(line);
			const known = ofKey.get(key) ?? find(key);
			ofKey.set(key, known);
			return known;
		},
		numberOf: line => byKey.get(keyOf(line))?.number ?? line.task,
	};
}

const byStrength: readonly Grade[] = ['proven', 'passing', 'green', 'unproven', 'red'];

function weakest(grades: readonly Grade[]): Grade {
	return byStrength.findLast(grade => grades.includes(grade)) ?? 'unproven';
}

/** A task without criteria rests on a run without a failure of its own time. */
function gradeOfRun(known: TaskEntry | undefined, report: TestReport | undefined): Grade | undefined {
	if (report === undefined || report.scope !== 'all' || report.problem !== undefined || report.detail !== 'named') {
		return undefined;
	}

	const hadFailures = (known?.after?.failed ?? 0) > 0;
	if (report.counts.failed > 0) {
		return hadFailures ? undefined : known === undefined ? 'unproven' : 'red';
	}

	return report.counts.passed > 0 ? 'green' : undefined;
}

type Known = {readonly counted: CountedLines; readonly traced: TracedTasks; readonly grades: ReadonlyMap<string, Grade>};

/** The tasks that hold work or name criteria, each as strong as its weakest criterion. */
export function matrixTasks(
	{requirements, tasks, textHashes, newest}: Traceable & {readonly newest?: {readonly report: TestReport}},
	{counted, traced, grades}: Known,
): readonly MatrixTask[] {
	const keyOf = taskKeys(textHashes);
	return tasks
		.filter(task => task.references.length > 0 || !isHeadingOnly(tasks, task))
		.map((task): MatrixTask => {
			const line = counted.newest.get(keyOf({task: task.id, textHash: textHashes[task.id] ?? ''}));
			const criteria = traced.expand(task.references);
			const attempt = line?.type === 'task' ? line : undefined;
			const alone = gradeOfRun(attempt, newest?.report) ?? (attempt?.outcome === 'interrupted' ? 'unproven' : (line?.grade ?? 'unproven'));
			// A reference to a criterion that is not there is shown by nothing.
			const unread = task.references.filter(reference => !grades.has(reference));
			const hasUnknown = unread.length > 0 && unknownReferences({references: unread}, requirements).length > 0;
			const carried = [...criteria.map(id => grades.get(id) ?? 'unproven'), ...(hasUnknown ? (['unproven'] as const) : [])];
			return {
				id: task.id,
				number: task.number ?? task.id,
				title: task.title,
				marker: task.marker,
				isDone: isDone(task),
				criteria,
				grade: carried.length === 0 ? alone : weakest(carried),
				isByHand: line?.type === 'accept',
			};
		});
}

/** What each criterion cost: the cost of a task with all its attempts, shared evenly over its criteria. Unknown prices make it absent. */
export function costsByCriterion(ledger: readonly LedgerEntry[], traced: TracedTasks): ReadonlyMap<string, number> {
	const costs = new Map<string, number>();
	const unknown = new Set<string>();
	for (const entry of ledger) {
		const ids = entry.type === 'task' ? traced.criteriaOf(entry) : [];
		for (const id of ids) {
			if (entry.type === 'task' && entry.costUsd !== undefined) {
				costs.set(id, (costs.get(id) ?? 0) + entry.costUsd / ids.length);
			} else {
				unknown.add(id);
			}
		}
	}

	return new Map([...costs].filter(([id]) => !unknown.has(id)));
}
