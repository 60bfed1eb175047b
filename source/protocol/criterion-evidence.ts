import {criterionIdsInTestName} from '../spec/criterion-names.ts';
import type {CountedLines} from './counted-lines.ts';
import type {CriterionEvidence, Grade, RevertedEvidence, SurvivingMutant} from './evidence.ts';
import {behindSince, followFiles, hasRun} from './evidence-files.ts';
import type {CheckEntry, TaskEntry} from './ledger-entry.ts';

/** What the lines that count have shown of one criterion. */
type ShownCriterion = {
	grade: Grade;
	/** When it was shown last; ISO 8601. */
	at: string;
	/** Ids of the tests that showed it last. */
	tests: readonly string[];
	/** Ids of tests that failed last, when it is red. */
	red: readonly string[];
	/** Ids of tests of it that were seen red (`tests.seen-red`). */
	readonly seenRed: Set<string>;
	/** Paths of the files its evidence is about. */
	readonly files: Set<string>;
	revert?: RevertedEvidence & {readonly at: string};
	survivors: readonly SurvivingMutant[];
};

export type ShownCriteria = {
	readonly criteria: ReadonlyMap<string, ShownCriterion>;
	/** Since when a file is not the one that a criterion was shown with, by what the ledger itself knows. */
	readonly behindSince: (path: string, criterion: string) => string | undefined;
	/** Whether the test names this id for a criterion that has another number now. */
	readonly isRenumbered: (test: string, id: string) => boolean;
	readonly flaky: ReadonlySet<string>;
};

export type NamedCriteria = {
	readonly spec: string;
	readonly isOnly: boolean;
	/** SHA-256 of each criterion's text, by its id now. */
	readonly criterionHashes: Readonly<Record<string, string>>;
};

type Named = {readonly criterion: string; readonly textHash?: string};
type Said = Omit<CriterionEvidence, 'textHash'> & {readonly textHash?: string; readonly red: readonly string[]};

/** Finds the criterion a line speaks of by its words, so that renumbering loses nothing; lines that kept no words go by the number. */
export function currentIds(criterionHashes: NamedCriteria['criterionHashes']): (named: Named) => readonly string[] {
	const byHash = new Map<string, string[]>();
	const byId = new Map(Object.entries(criterionHashes).map(([id, hash]) => [id, {hash, ids: [id]}]));
	for (const [id, hash] of Object.entries(criterionHashes)) {
		byHash.set(hash, [...(byHash.get(hash) ?? []), id]);
	}

	return ({criterion, textHash}) => {
		const now = byId.get(criterion);
		return now !== undefined && (textHash === undefined || now.hash === textHash) ? now.ids : (byHash.get(textHash ?? '') ?? []);
	};
}

/** What an attempt says of each criterion; lines of before this was kept say it of all their criteria together. */
function saidBy(line: TaskEntry, {spec, isOnly}: NamedCriteria): readonly Said[] {
	const naming = (ids: readonly string[], criterion: string) =>
		ids.filter(id => criterionIdsInTestName(id, spec, isOnly).includes(criterion.toLowerCase()));
	if (line.evidence !== undefined) {
		return line.evidence.map(({criterion, textHash, grade, tests, seenRed}) => ({
			criterion,
			textHash,
			grade,
			tests,
			seenRed,
			red: grade === 'red' ? naming(line.red, criterion) : [],
		}));
	}

	return line.criteria.map(criterion => ({
		criterion,
		grade: line.grade,
		tests: line.criteria.length === 1 ? line.green : naming(line.green, criterion),
		seenRed: [],
		red: line.grade === 'red' ? naming(line.red, criterion) : [],
	}));
}

function blank(at: string): ShownCriterion {
	return {grade: 'unproven', at, tests: [], red: [], seenRed: new Set(), files: new Set(), survivors: []};
}

/** An attempt that broke off says nothing; one that failed says only what is red; no test at all hides no older evidence. */
function takes({outcome}: TaskEntry, {grade}: Said, known: ShownCriterion | undefined): boolean {
	return outcome !== 'interrupted' && (grade === 'red' || (outcome !== 'failed' && (grade !== 'unproven' || known === undefined)));
}

function showOne(known: ShownCriterion | undefined, line: TaskEntry, said: Said): ShownCriterion | undefined {
	if (!takes(line, said, known) && known === undefined) {
		return undefined;
	}

	// Changed in place: a ledger may hold ten thousand of these.
	const next = known ?? blank(line.at);
	if (takes(line, said, known)) {
		take(next, line.at, said);
	}

	for (const test of said.seenRed) {
		next.seenRed.add(test);
	}

	for (const {path} of hasRun(line) ? line.files : []) {
		next.files.add(path);
	}

	return next;
}

function take(shown: ShownCriterion, at: string, {grade, tests, red}: Said) {
	shown.grade = grade;
	shown.at = at;
	shown.red = red;
	shown.tests = grade === 'red' && tests.length === 0 ? shown.tests : tests;
}

function showLine(shown: Map<string, ShownCriterion>, line: TaskEntry, said: readonly Said[], idsOf: (named: Named) => readonly string[]) {
	for (const each of said) {
		for (const id of idsOf(each)) {
			const next = showOne(shown.get(id), line, each);
			if (next !== undefined) {
				shown.set(id, next);
			}
		}
	}
}

/** Its tests passed again after a change: a red one is passing, a better one stays what it was. */
function showCheck(shown: Map<string, ShownCriterion>, line: CheckEntry, ids: readonly string[]) {
	for (const id of ids) {
		const known = shown.get(id) ?? blank(line.at);
		const grade = known.grade === 'proven' ? 'proven' : 'passing';
		shown.set(id, {...known, grade, at: line.at, red: []});
	}
}

function showProofs(shown: Map<string, ShownCriterion>, proofs: CountedLines['proofs'], idsOf: (named: Named) => readonly string[]) {
	for (const {at, evidence, survivors} of proofs) {
		for (const reverted of evidence) {
			for (const id of idsOf(reverted)) {
				const known = shown.get(id);
				if (known !== undefined) {
					shown.set(id, {...known, revert: {...reverted, at}, survivors});
				}
			}
		}
	}
}

/** Proven is what passes, and whose tests were all seen red, or all fail where the task's code is taken back. */
function proveByTests(shown: Map<string, ShownCriterion>) {
	for (const one of shown.values()) {
		const wasRed = one.tests.length > 0 && one.tests.every(test => one.seenRed.has(test));
		if (one.grade === 'passing' && (wasRed || one.revert?.outcome === 'fails')) {
			one.grade = 'proven';
		}
	}
}

function flakyIn(lines: CountedLines['lines']): ReadonlySet<string> {
	const flaky = new Set<string>();
	for (const {green, flaky: now = []} of lines.filter(line => line.type === 'task')) {
		for (const id of green) {
			flaky.delete(id);
		}

		for (const id of now) {
			flaky.add(id);
		}
	}

	return flaky;
}

function noteRenumbered(renumbered: Set<string>, said: readonly Said[], idsOf: (named: Named) => readonly string[]) {
	for (const each of said) {
		const ids = idsOf(each);
		for (const test of ids.length > 0 && !ids.includes(each.criterion) ? each.tests : []) {
			renumbered.add(`${each.criterion} ${test}`);
		}
	}
}

/** Folds the lines that count, in the order of time, into what each criterion has shown. */
export function shownCriteria({lines, proofs}: CountedLines, names: NamedCriteria): ShownCriteria {
	const idsOf = currentIds(names.criterionHashes);
	const shown = new Map<string, ShownCriterion>();
	const renumbered = new Set<string>();
	for (const line of lines) {
		if (line.type === 'check') {
			showCheck(shown, line, line.criteria.flatMap(idsOf));
			continue;
		}

		const said = saidBy(line, names);
		showLine(shown, line, said, idsOf);
		noteRenumbered(renumbered, said, idsOf);
	}

	showProofs(shown, proofs, idsOf);
	proveByTests(shown);
	const files = followFiles(lines, idsOf);
	return {
		criteria: shown,
		behindSince: (path, criterion) => behindSince(files.get(path), criterion),
		isRenumbered: (test, id) => renumbered.has(`${id} ${test}`),
		flaky: flakyIn(lines),
	};
}
