import {otherSides} from '../spec/bugfix.ts';
import type {CriterionLink} from '../spec/criterion-links.ts';
import type {ParsedDesign} from '../spec/design.ts';
import type {Requirement} from '../spec/requirements.ts';
import type {Task, TaskId} from '../spec/tasks.ts';
import {countedLines} from './counted-lines.ts';
import {type NamedCriteria, type ShownCriteria, shownCriteria} from './criterion-evidence.ts';
import {type MatrixTest, reportedTests, type TestStatus, testsOfCriterion} from './criterion-tests.ts';
import type {Grade, RevertedEvidence, SurvivingMutant} from './evidence.ts';
import {type GradedCriterion, gradeCriterion} from './grade-criterion.ts';
import type {LedgerEntry} from './ledger-entry.ts';
import {costsByCriterion, type MatrixTask, matrixTasks, tracedTasks} from './matrix-tasks.ts';
import type {TestReport} from './test-report.ts';
import {wouldHold} from './would-hold.ts';

export type {MatrixTask} from './matrix-tasks.ts';

/** All that the matrix of a spec is told from. */
export type MatrixInput = NamedCriteria & {
	readonly requirements: readonly Requirement[];
	/** The requirements stand in bugfix.md: a test of what should happen is one of what happens, and the other way round. */
	readonly isBugfix?: boolean;
	readonly tasks: readonly Task[];
	/** SHA-256 of each task's text, by its id. */
	readonly textHashes: Readonly<Record<string, string>>;
	readonly properties: ParsedDesign['properties'];
	/** In the order of time, without lines that do not count. */
	readonly ledger: readonly LedgerEntry[];
	readonly links: readonly CriterionLink[];
	/** The newest run of the tests, and when it was; `ranAt` where a single test ran later, `flaky` those that passed when run again alone. */
	readonly newest?: {
		readonly report: TestReport;
		readonly at: string;
		readonly ranAt?: Readonly<Record<string, string>>;
		readonly flaky?: readonly string[];
	};
	/** Files whose bytes differ from what the evidence is about, and since when; ISO 8601. */
	readonly changedFiles: Readonly<Record<string, string>>;
};

/** A person took a task on without proof. */
type ByHand = {
	readonly task: string;
	readonly by: string;
	readonly at: string;
	readonly reason: string;
	/** What the program had seen of the task then. */
	readonly grade: Grade;
};

export type MatrixRow = {
	readonly criterion: string;
	readonly text: string;
	/** 1-based, in requirements.md or bugfix.md. */
	readonly line: number;
	readonly grade: Grade;
	/** The worst of its tests' last results. */
	readonly lastResult: TestStatus;
	readonly isFlaky: boolean;
	readonly tests: readonly MatrixTest[];
	readonly tasks: readonly MatrixTask[];
	readonly properties: readonly {readonly number: string; readonly title: string; readonly line: number}[];
	/** When it was shown last; absent when it never was. */
	readonly at?: string;
	/** A file of its evidence is another one since then, and its tests have not passed since. */
	readonly unprovenSince?: string;
	readonly changedFiles: readonly string[];
	/** Who accepted one of its tasks without proof, and why; never taken away. */
	readonly byHand: readonly ByHand[];
	/** What its tests said without the task's code. */
	readonly revert?: RevertedEvidence['outcome'];
	readonly survivors: readonly SurvivingMutant[];
	/** Its even share of what its tasks cost, in US dollars; absent when unknown. */
	readonly costUsd?: number;
};

export type Matrix = {
	readonly spec: string;
	readonly rows: readonly MatrixRow[];
	/** The tasks that hold work, in the order of the document. */
	readonly tasks: readonly MatrixTask[];
	readonly byHand: readonly ByHand[];
};

const byWeight: readonly TestStatus[] = ['failed', 'flaky', 'passed', 'skipped', 'unknown'];

function worst(tests: readonly MatrixTest[]): TestStatus {
	return byWeight.find(status => tests.some(test => test.status === status)) ?? 'unknown';
}

function grouped<Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): ReadonlyMap<string, readonly Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		for (const key of new Set(keysOf(item))) {
			const own = groups.get(key);
			if (own === undefined) {
				groups.set(key, [item]);
			} else {
				own.push(item);
			}
		}
	}

	return groups;
}

type Graded = GradedCriterion & Pick<MatrixRow, 'text' | 'line' | 'tests'> & {readonly id: string};

/** Each criterion with its tests and what they have shown, on its own side alone. */
function gradeAll(input: MatrixInput, shown: ShownCriteria): readonly Graded[] {
	const {requirements, ledger, newest, changedFiles} = input;
	const links = grouped(input.links, link => [link.criterion.toLowerCase()]);
	const reported = reportedTests(newest, input);
	const commands = ledger.flatMap(line => (line.type === 'task' || line.type === 'check' ? [line.command] : []));
	const holds = newest === undefined ? () => false : wouldHold(newest.report, commands);
	return requirements.flatMap(requirement =>
		requirement.criteria.map(({id, text, line}) => {
			const tests = testsOfCriterion({id, links: links.get(id.toLowerCase()) ?? [], reported, shown});
			return {id, text, line, tests, ...gradeCriterion({id, tests}, {shown, reported, newest, wouldHold: holds, changedFiles})};
		}),
	);
}

/** In a bugfix, a criterion that no test names is shown by the tests of its other side. */
function withOtherSides(graded: readonly Graded[], {isBugfix, requirements}: MatrixInput): readonly Graded[] {
	const sides = isBugfix === true ? otherSides(requirements) : new Map<string, string>();
	return graded.map(one => {
		const other = one.tests.length > 0 ? undefined : graded.find(({id, tests}) => id === sides.get(one.id) && tests.length > 0);
		return other === undefined ? one : {...other, id: one.id, text: one.text, line: one.line};
	});
}

/** Criterion × tests × last result × grade × age × tasks × cost. Works without a ledger too: then only names and tests tell. */
export function deriveMatrix(input: MatrixInput): Matrix {
	const {spec, ledger} = input;
	const counted = countedLines(ledger, input);
	const shown = shownCriteria(counted, input);
	const traced = tracedTasks(input);
	const byHand = counted.accepted.map(
		(entry): ByHand => ({task: traced.numberOf(entry), by: entry.by, at: entry.at, reason: entry.reason, grade: entry.grade}),
	);
	const accepted = grouped(
		counted.accepted.map((entry, index) => ({entry, hand: byHand[index]})),
		({entry}) => traced.criteriaOf(entry),
	);
	const costs = costsByCriterion(ledger, traced);
	const properties = grouped(input.properties, property => traced.expand(property.validates));
	const graded = withOtherSides(gradeAll(input, shown), input);
	const tasks = matrixTasks(input, {counted, traced, grades: new Map(graded.map(({id, grade}) => [id, grade]))});
	const byTaskId = new Map<TaskId, MatrixTask>(tasks.map(task => [task.id, task]));
	const rows = graded.map(({id, text, line, tests, grade, isFlaky, at, unprovenSince, changed}): MatrixRow => {
		const evidence = shown.criteria.get(id);
		const costUsd = costs.get(id);
		return {
			criterion: id,
			text,
			line,
			grade,
			lastResult: worst(tests),
			isFlaky,
			tests,
			tasks: (traced.byCriterion.get(id) ?? []).flatMap(task => byTaskId.get(task) ?? []),
			properties: (properties.get(id) ?? []).map(({number, title, line: place}) => ({number, title, line: place})),
			...(at !== undefined && {at}),
			...(unprovenSince !== undefined && {unprovenSince}),
			changedFiles: changed,
			byHand: (accepted.get(id) ?? []).flatMap(({hand}) => hand ?? []),
			...(evidence?.revert !== undefined && {revert: evidence.revert.outcome}),
			survivors: evidence?.survivors ?? [],
			...(costUsd !== undefined && {costUsd}),
		};
	});
	return {spec, rows, tasks, byHand};
}

/** Whether a person has to look at it: nothing that passes names it, it fails, it is flaky, or its evidence is older than its code. */
export function isUnproven({grade, isFlaky}: MatrixRow): boolean {
	return (grade !== 'proven' && grade !== 'passing') || isFlaky;
}

/** The same matrix with only the criteria that are not proven or passing. */
export function onlyUnproven(matrix: Matrix): Matrix {
	return {...matrix, rows: matrix.rows.filter(isUnproven)};
}
