import type {CriterionLink} from '../spec/criterion-links.ts';
import {criterionIdsInTestName} from '../spec/criterion-names.ts';
import type {NamedCriteria, ShownCriteria} from './criterion-evidence.ts';
import type {TestCase, TestReport} from './test-report.ts';

export type TestStatus = 'passed' | 'failed' | 'skipped' | 'flaky' | 'unknown';

/** A test that stands for a criterion: by its name, by a comment at it, or because the ledger says so. */
export type MatrixTest = {
	/** File + full name + ordinal among equals; absent for one that was only found in the source. */
	readonly id?: string;
	readonly name: string;
	readonly file: string;
	/** 1-based, where the id of the criterion stands. */
	readonly line?: number;
	readonly status: TestStatus;
};

const tags = /\s*\[(?:[^[\]\n]{1,120} )?\d+(?:\.\d+)+[a-z]?(?:,\s*\d+(?:\.\d+)+[a-z]?)*\]/gi;

/** The parts of a test's full name without the ids in them, as a name in the source is found again. */
function partsOf(name: string): readonly string[] {
	const whole = name.replace(tags, '').trim();
	// A subtest of Go: `calc.TestAdd/adds_two_[1.1]`.
	const subtests = whole.split('/').slice(1);
	const parts = [whole, ...whole.split(/ > |::/).map(part => part.trim()), ...subtests.map(part => part.replace(/_$/, ''))];
	// A parametrised test of pytest is one function in the source: `test_take[Ann-2]`.
	return [...parts, ...parts.map(part => part.replace(/\[.*\]$/s, ''))];
}

function partOfId(id: string): Pick<TestCase, 'file' | 'name'> {
	const at = id.indexOf(' > ');
	return at === -1 ? {file: '', name: id} : {file: id.slice(0, at), name: id.slice(at + 3)};
}

/** What a runner fills in the name of a parametrised test: `%s` and `$name` of vitest and jest, `${name}` of a template. */
const filledIn = /%[sdifjop#$]|\$\{[^{}\n]*\}|\$[A-Za-z#][\w.#]*/g;
const maxTemplate = 300;

/** Matches the names that a name with places to fill in may get; undefined where there are none. */
function templateOf(name: string): RegExp | undefined {
	const parts = name.length > maxTemplate ? [name] : name.split(filledIn);
	const literal = parts.map(part => part.replaceAll('%%', '%').replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
	return parts.length === 1 || parts.join('').trim() === '' ? undefined : new RegExp(`^${literal.join('.*')}$`, 's');
}

/** The links of one criterion, found by file and name of a test; what no test takes is left over. */
function createLinks(links: readonly CriterionLink[]) {
	const byPlace = new Map<string, CriterionLink>();
	const templates: {readonly file: string; readonly pattern: RegExp; readonly link: CriterionLink}[] = [];
	const taken = new Set<CriterionLink>();
	for (const link of links) {
		const plain = link.name.replace(tags, '').trim();
		for (const spelled of new Set([plain, plain.replaceAll(' ', '_')])) {
			// Some runners do not tell the file of a test: there its name alone has to do.
			for (const place of [`${link.file}\n${spelled}`, `\n${spelled}`]) {
				byPlace.set(place, byPlace.get(place) ?? link);
			}
		}

		const pattern = templateOf(plain);
		templates.push(...(pattern === undefined ? [] : [{file: link.file, pattern, link}]));
	}

	const filesTaken = new Set<string>();
	return {
		take({file, name}: Pick<TestCase, 'file' | 'name'>): number | undefined {
			const parts = partsOf(name);
			const exact = parts.map(part => byPlace.get(`${file}\n${part}`)).find(found => found !== undefined);
			const link = exact ?? templates.find(one => one.file === file && parts.some(part => one.pattern.test(part)))?.link;
			filesTaken.add(file);
			if (link !== undefined) {
				taken.add(link);
			}

			return link?.line;
		},
		/** A comment that belongs to no test says nothing new of a file whose tests are known. */
		left: () => links.filter(link => !taken.has(link) && !(link.name === '' && filesTaken.has(link.file))),
	};
}

/** The tests of a report, by their id and by the criteria that their names carry. */
export type ReportedTests = {
	readonly byId: ReadonlyMap<string, TestCase>;
	readonly byCriterion: ReadonlyMap<string, readonly TestCase[]>;
	/** Ids of tests that failed, and passed when they were run again alone. */
	readonly flaky: ReadonlySet<string>;
};

type Newest = {readonly report: TestReport; readonly flaky?: readonly string[]};

/** Sorts the tests of a report by what they name; the ids of criteria are in lower case. */
export function reportedTests(newest: Newest | undefined, {spec, isOnly}: NamedCriteria): ReportedTests {
	const byCriterion = new Map<string, TestCase[]>();
	const tests = newest?.report.tests ?? [];
	for (const test of tests) {
		for (const id of criterionIdsInTestName(test.name, spec, isOnly)) {
			const own = byCriterion.get(id);
			if (own === undefined) {
				byCriterion.set(id, [test]);
			} else {
				own.push(test);
			}
		}
	}

	return {byId: new Map(tests.map(test => [test.id, test])), byCriterion, flaky: new Set(newest?.flaky)};
}

export type TestsOfCriterion = {
	readonly id: string;
	readonly links: readonly CriterionLink[];
	readonly reported: ReportedTests;
	readonly shown: ShownCriteria;
};

/** The tests of one criterion with their last status: from the report, else as the ledger saw them, else only found in the source. */
export function testsOfCriterion({id, links, reported, shown}: TestsOfCriterion): readonly MatrixTest[] {
	const evidence = shown.criteria.get(id);
	const passed = evidence?.tests ?? [];
	const failed = new Set(evidence?.red ?? []);
	const named = (reported.byCriterion.get(id.toLowerCase()) ?? []).filter(test => !shown.isRenumbered(test.id, id));
	const ids = new Set([...named.map(test => test.id), ...passed, ...failed]);
	const own = createLinks(links);
	const known = [...ids].map((test): MatrixTest => {
		const now = reported.byId.get(test);
		const {file, name} = now ?? partOfId(test);
		const line = own.take({file, name});
		const before = failed.has(test) ? 'failed' : passed.includes(test) ? 'passed' : 'unknown';
		const status = now?.status ?? before;
		const wasFlaky = shown.flaky.has(test) && now?.status !== 'failed';
		const isFlaky = status !== 'skipped' && (reported.flaky.has(test) || wasFlaky);
		return {id: test, name, file, ...(line !== undefined && {line}), status: isFlaky ? 'flaky' : status};
	});
	return [...known, ...own.left().map(({name, file, line}): MatrixTest => ({name, file, line, status: 'unknown'}))];
}
