import type {TestFailure} from '../protocol/test-report.ts';
import {plain, shortened} from './failure.ts';
import {nameIn} from './report-lines.ts';
import {type FoundTest, standsFor} from './runner.ts';
import {readTap, type TapDocument, type TapPoint} from './tap-document.ts';
import {tapFailure} from './tap-failure.ts';

type Around = {readonly file: string; readonly suites: readonly string[]};

/** `node --test` and tap make a test of each file. */
const fileName = /^(?:\S+\/)?\S+\.(?:[cm]?[jt]sx?|t|bats|sh)$/;

function statusOf({isOk, directive}: TapPoint): FoundTest['status'] {
	return directive === undefined ? (isOk ? 'passed' : 'failed') : 'skipped';
}

type Told = {
	readonly name: string;
	readonly status: FoundTest['status'];
	readonly failed?: TapPoint | undefined;
	readonly durationMs?: number;
};

function testOf({name, status, failed, durationMs}: Told, {file, suites}: Around): FoundTest {
	return {
		file,
		name: nameIn(suites, name),
		...(suites.length > 0 && {suites}),
		status,
		...(durationMs !== undefined && {durationMs}),
		...(status === 'failed' && failed !== undefined && {failure: {...(file !== '' && {file}), ...tapFailure(failed)}}),
	};
}

/** A point without subtests inside: a test by itself, or one that holds nothing but its assertions. */
function single(point: TapPoint, around: Around): FoundTest {
	const {durationMs} = point;
	const failed = point.children?.points.find(child => statusOf(child) === 'failed') ?? point;
	// `bats` says so when a file's own set-up fails, a syntax error in it included.
	const isFile = point.name === 'setup_file failed';
	const test = testOf(
		{name: point.name === '' ? 'unnamed' : point.name, status: statusOf(point), failed, ...(durationMs !== undefined && {durationMs})},
		around,
	);
	return isFile && test.failure !== undefined
		? {...test, failure: {...test.failure, message: point.comments[0] ?? 'The file does not load', kind: 'not-collected', inBody: false}}
		: test;
}

function brokenFile(point: TapPoint): FoundTest {
	const text = plain(point.noise.join('\n'));
	const message = /^\w*Error\b.*$/m.exec(text)?.[0] ?? 'No test of it ran';
	const failure: TestFailure = {
		message,
		kind: 'not-collected',
		inBody: false,
		file: point.name,
		...(text !== '' && {detail: shortened(text)}),
	};
	return {file: point.name, name: standsFor.fileLoads, status: 'failed', failure};
}

/** tap tells a test that ran out of time a second time when its file ends, without what is in it. */
function withoutRepeated(points: readonly TapPoint[]): readonly TapPoint[] {
	const told = new Set<string>();
	return points.filter(point => {
		const key = `${point.durationMs} ${point.name}`;
		const isRepeated = point.durationMs !== undefined && point.children === undefined && told.has(key);
		told.add(key);
		return !isRepeated;
	});
}

function testsOfPoint(point: TapPoint, around: Around): readonly FoundTest[] {
	const {children, name} = point;
	const isFile = around.suites.length === 0 && around.file === '' && fileName.test(name);
	const inside = children?.points ?? [];
	if (isFile && inside.length === 0) {
		return point.isOk ? [] : [brokenFile(point)];
	}

	const holdsTests = isFile || inside.some(child => child.isAnnounced || child.children !== undefined);
	if (!holdsTests) {
		return [single(point, around)];
	}

	const within = isFile ? {file: name, suites: []} : {file: around.file, suites: [...around.suites, name]};
	const tests = withoutRepeated(inside).flatMap(child => testsOfPoint(child, within));
	const isAlone = statusOf(point) === 'failed' && !tests.some(test => test.status === 'failed');
	return isAlone ? [...tests, single(point, around)] : tests;
}

/** The points of tape below one `# name`: one test, however many assertions it makes. */
function testsOfGroups(points: readonly TapPoint[]): readonly FoundTest[] {
	const groups = new Map<number, {readonly name: string; readonly points: TapPoint[]}>();
	for (const point of points) {
		const {at = 0, name = point.name} = point.group ?? {};
		const group = groups.get(at) ?? {name, points: []};
		group.points.push(point);
		groups.set(at, group);
	}

	return [...groups.values()].map(group => {
		const failed = group.points.find(point => statusOf(point) === 'failed');
		const isSkipped = group.points.every(point => statusOf(point) === 'skipped');
		return testOf(
			{name: group.name, status: failed !== undefined ? 'failed' : isSkipped ? 'skipped' : 'passed', failed},
			{file: '', suites: []},
		);
	});
}

/** A document that gives up, promises more points than it has, or has none at all and no plan that says so. */
function brokenDocument({file, points, plan, bailOut, noise}: TapDocument): readonly FoundTest[] {
	if (bailOut === undefined && plan !== undefined && (plan === points.length || (plan === 0 && points.length === 0))) {
		return [];
	}

	const text = plain(noise.join('\n'));
	const error = /^(?:\w*Error\b.*|.* at \S+ line \d+[.,].*)$/m.exec(text)?.[0];
	const count = plan === undefined ? 'It ended without a plan' : `${points.length} of ${plan} planned tests ran`;
	const isLoaded = points.length > 0;
	return [
		{
			file,
			name: isLoaded || file === '' ? standsFor.runEnds : standsFor.fileLoads,
			status: 'failed',
			failure: {
				message: bailOut === undefined ? (error ?? count) : `It gave up: ${bailOut}`,
				kind: isLoaded || bailOut !== undefined ? 'error' : 'not-collected',
				inBody: false,
				...(file !== '' && {file}),
				...(text !== '' && {detail: shortened(text)}),
			},
		},
	];
}

/** Reads TAP 13 and 14 (testanything.org) as tape, tap, bats, `prove -v` and `node --test-reporter=tap` print it. */
export function parseTap(report: string): readonly FoundTest[] | undefined {
	const documents = readTap(plain(report));
	return documents?.flatMap(document => {
		const {file, points} = document;
		const isGrouped = points.some(point => point.group !== undefined);
		const tests = isGrouped ? testsOfGroups(points) : withoutRepeated(points).flatMap(point => testsOfPoint(point, {file, suites: []}));
		return [...tests, ...brokenDocument(document)];
	});
}
