import type {ShownCriteria} from './criterion-evidence.ts';
import type {MatrixTest, ReportedTests} from './criterion-tests.ts';
import type {Grade} from './evidence.ts';
import type {MatrixInput} from './matrix.ts';

export type GradedCriterion = {
	readonly grade: Grade;
	readonly isFlaky: boolean;
	readonly at?: string;
	readonly unprovenSince?: string;
	/** The files that are others since. */
	readonly changed: readonly string[];
};

type Known = {
	readonly shown: ShownCriteria;
	readonly reported: ReportedTests;
	readonly newest: MatrixInput['newest'];
	/** Whether the newest run would hold a test of this file. */
	readonly wouldHold: (file: string) => boolean;
	readonly changedFiles: Readonly<Record<string, string>>;
};

/** What the newest run makes of what was known: undefined when it says nothing of this criterion. */
function gradeOfRun(known: Grade, tests: readonly MatrixTest[], {reported, wouldHold}: Known): Grade | undefined {
	const inRun = tests.filter(test => test.id !== undefined && reported.byId.has(test.id));
	if (inRun.some(test => test.status === 'failed')) {
		return 'red';
	}

	if (inRun.some(test => test.status === 'passed' || test.status === 'flaky')) {
		return known === 'proven' ? 'proven' : 'passing';
	}

	// It passed before and is skipped or gone now, which is a new failure too.
	const wasShown = known === 'proven' || known === 'passing';
	return wasShown && tests.some(test => test.id !== undefined && wouldHold(test.file)) ? 'red' : undefined;
}

/** When the tests of a criterion ran: the oldest of their runs counts, which is the one that may not know a change. */
function ranAt(tests: readonly MatrixTest[], {reported, newest}: Known): string | undefined {
	const runs = tests.flatMap(({id}) => (id !== undefined && reported.byId.has(id) ? [newest?.ranAt?.[id] ?? newest?.at ?? ''] : []));
	return runs.sort()[0] ?? newest?.at;
}

/** The grade of one criterion by product.md's table: what the ledger's lines have shown, what the newest run says, and how old that is. */
export function gradeCriterion({id, tests}: {readonly id: string; readonly tests: readonly MatrixTest[]}, known: Known): GradedCriterion {
	const {shown, changedFiles} = known;
	const evidence = shown.criteria.get(id);
	const before = evidence?.grade ?? 'unproven';
	const now = gradeOfRun(before, tests, known);
	const runAt = now === undefined ? undefined : ranAt(tests, known);
	const files = [...(evidence?.files ?? [])].flatMap(path => {
		const since = (Object.hasOwn(changedFiles, path) ? changedFiles[path] : undefined) ?? shown.behindSince(path, id);
		return since === undefined || (runAt !== undefined && Date.parse(since) <= Date.parse(runAt)) ? [] : [{path, since}];
	});
	const grade = now ?? before;
	const since = files.map(file => file.since).sort()[0];
	const at = runAt ?? evidence?.at;
	const isAged = since !== undefined && grade !== 'red';
	return {
		grade: isAged ? 'unproven' : grade,
		isFlaky: tests.some(test => test.status === 'flaky'),
		...(at !== undefined && {at}),
		...(isAged && {unprovenSince: since}),
		changed: isAged ? files.map(file => file.path).sort() : [],
	};
}
