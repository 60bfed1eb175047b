import type {CriterionEvidence, Grade} from '../../source/protocol/evidence.ts';
import type {LedgerEntry, TaskEntry} from '../../source/protocol/ledger-entry.ts';
import type {MatrixInput} from '../../source/protocol/matrix.ts';
import {countTests, type TestCase, type TestReport} from '../../source/protocol/test-report.ts';
import {parseDesign} from '../../source/spec/design.ts';
import {parseRequirements} from '../../source/spec/requirements.ts';
import {parseTasks} from '../../source/spec/tasks.ts';
import {digestOf} from '../../source/workspace/digest.ts';

/** A requirements.md with these criteria of requirement 1, in this order. */
export const requirementsOf = (...criteria: readonly string[]) =>
	`# Requirements Document\n\n## Requirements\n\n### Requirement 1: Sums\n\n#### Acceptance Criteria\n\n${criteria.map((text, index) => `${index + 1}. WHEN ${text}, THE Sums SHALL answer\n`).join('')}`;

export const criterionHash = (text: string) => digestOf(`WHEN ${text}, THE Sums SHALL answer`);

type Documents = {readonly requirements?: string; readonly design?: string; readonly tasks?: string};

/** What the matrix is told from, by documents as they would stand on disk. */
export function matrixInput(
	{requirements = requirementsOf('a'), design = '', tasks = ''}: Documents,
	more: Partial<MatrixInput> = {},
): MatrixInput {
	const parsed = parseRequirements(requirements).requirements;
	const parsedTasks = parseTasks(tasks).tasks;
	return {
		spec: 'sums',
		isOnly: true,
		requirements: parsed,
		criterionHashes: Object.fromEntries(parsed.flatMap(({criteria}) => criteria.map(({id, text}) => [id, digestOf(text)]))),
		tasks: parsedTasks,
		textHashes: Object.fromEntries(parsedTasks.map(task => [task.id, digestOf(task.text)])),
		properties: parseDesign(design).properties,
		ledger: [],
		links: [],
		changedFiles: {},
		...more,
	};
}

/** ISO time of this minute of a day. */
export const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

export const shows = (text: string, grade: Grade, more: Partial<CriterionEvidence> = {}): CriterionEvidence => ({
	criterion: '1.1',
	textHash: criterionHash(text),
	grade,
	tests: ['a.test.js > adds [1.1]'],
	seenRed: [],
	...more,
});

/** The words of a task as `tasksOf` writes it. */
export const taskHash = (title: string, references = '1.1') => digestOf(`${title}\n  - _Requirements: ${references}_`);

/** A tasks.md with these tasks, all for criterion 1.1. */
export const tasksOf = (...tasks: readonly (readonly [marker: string, title: string, references?: string])[]) =>
	`# Plan\n\n## Tasks\n\n${tasks.map(([marker, title, references = '1.1'], index) => `- [${marker}] ${index + 1}. ${title}\n  - _Requirements: ${references}_\n`).join('')}`;

type Draft = Partial<TaskEntry> & {readonly minute?: number};

export const attempt = ({minute = 1, ...more}: Draft = {}): TaskEntry => ({
	v: 1,
	id: `task-${minute}`,
	at: at(minute),
	by: 'Ada',
	type: 'task',
	task: '1',
	textHash: taskHash('Add'),
	outcome: 'done',
	grade: 'passing',
	criteria: ['1.1'],
	command: 'npm test',
	after: {passed: 1, failed: 0, skipped: 0},
	red: [],
	green: ['a.test.js > adds [1.1]'],
	files: [],
	durationMs: 1000,
	...more,
});

type DraftOf<Entry> = Entry extends LedgerEntry ? Omit<Entry, 'v' | 'id' | 'at' | 'by'> & {readonly minute: number} : never;

export const entry = ({minute, ...draft}: DraftOf<LedgerEntry>): LedgerEntry =>
	({v: 1, id: `${draft.type}-${minute}`, at: at(minute), by: 'Ada', ...draft}) as LedgerEntry;

/** `+ passes`, `- fails`, `? is skipped`, one a line. */
export function reportOf(list: string, more: Partial<TestReport> = {}): TestReport {
	const tests = list
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '')
		.map((line): TestCase => {
			const status = line.startsWith('+') ? 'passed' : line.startsWith('-') ? 'failed' : 'skipped';
			return {id: `a.test.js > ${line.slice(2)}`, file: 'a.test.js', name: line.slice(2), status};
		});
	const counts = countTests(tests);
	return {
		runner: 'node',
		command: 'npm test',
		scope: 'all',
		detail: 'named',
		tests,
		counts,
		collected: tests.length,
		exitCode: counts.failed > 0 ? 1 : 0,
		durationMs: 1,
		output: '',
		...more,
	};
}
