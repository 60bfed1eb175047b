import type {LedgerEntry} from '../../source/protocol/ledger-entry.ts';
import {liveMatrix, matrixInputOf} from '../../source/protocol/live-matrix.ts';
import {deriveMatrix} from '../../source/protocol/matrix.ts';
import type {State} from '../../source/protocol/state.ts';
import {createStore} from '../../source/protocol/store.ts';
import {countTests, type TestCase, type TestReport} from '../../source/protocol/test-report.ts';
import {compare, type Row} from './measure.ts';

const criteria = 200;
const tests = 2000;
const lines = 10_000;

const idOf = (index: number) => `${Math.floor(index / 5) + 1}.${(index % 5) + 1}`;
const ids = Array.from({length: criteria}, (_, index) => idOf(index));
const pathOf = (index: number) => `source/part-${index % 300}.ts`;

const requirements = Array.from({length: criteria / 5}, (_, index) => {
	const list = [1, 2, 3, 4, 5].map(number => `${number}. WHEN part ${index} is asked for ${number}, THE Program SHALL answer in time\n`);
	return `### Requirement ${index + 1}: Part ${index}\n\n#### Acceptance Criteria\n\n${list.join('')}`;
}).join('\n');

const tasks = ids.map((id, index) => `- [x] ${index + 1}. Write part ${index}\n  - _Requirements: ${id}_\n`).join('');

function testOf(index: number): TestCase {
	const name = `part ${index} > answers [${ids[index % criteria]}]`;
	return {id: `test/part-${index % 100}.test.ts > ${name}`, file: `test/part-${index % 100}.test.ts`, name, status: 'passed'};
}

const all = Array.from({length: tests}, (_, index) => testOf(index));
const report: TestReport = {
	runner: 'vitest',
	command: 'npm test',
	scope: 'all',
	detail: 'named',
	tests: all,
	counts: countTests(all),
	collected: tests,
	exitCode: 0,
	durationMs: 1,
	output: '',
};

/** Attempts at the tasks in turn, each with what it showed of its criterion by its ten tests. */
function entryOf(index: number): LedgerEntry {
	const at = index % criteria;
	const criterion = ids[at] ?? '';
	const own = Array.from({length: tests / criteria}, (_, turn) => all[at + turn * criteria]?.id ?? '');
	return {
		v: 1,
		id: `e${index}`,
		at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
		by: 'Ada',
		type: 'task',
		task: `${at + 1}`,
		textHash: `task ${at}`,
		outcome: 'done',
		grade: 'passing',
		criteria: [criterion],
		command: 'npm test',
		after: {passed: tests, failed: 0, skipped: 0},
		red: [],
		green: own,
		evidence: [{criterion, textHash: `text ${criterion}`, grade: 'passing', tests: own, seenRed: []}],
		files: [{path: pathOf(index), after: `${index}`}],
		durationMs: 90_000,
		costUsd: 0.2,
	};
}

function openSpec(entries: readonly LedgerEntry[]): State {
	const store = createStore();
	const document = {by: 'disk', changedLines: [], digest: 'd'} as const;
	const criterionHashes = Object.fromEntries(ids.map(id => [id, `text ${id}`]));
	const textHashes = Object.fromEntries(ids.map((_, index) => [`${index + 1}`, `task ${index}`]));
	store.append({type: 'spec.opened', name: 'long', path: '.kiro/specs/long', isOnly: true, stage: 'implement'});
	store.append({type: 'artifact.changed', artifact: 'requirements', text: requirements, criterionHashes, ...document});
	store.append({type: 'artifact.changed', artifact: 'tasks', text: tasks, textHashes, ...document});
	store.append({type: 'ledger.read', entries});
	store.append({type: 'tests.finished', report, reason: 'asked', startedAt: Date.UTC(2026, 0, 2)});
	const links = all.map(({file, name}, index) => ({
		criterion: ids[index % criteria] ?? '',
		file,
		line: index,
		name: name.split(' > ')[1] ?? '',
	}));
	const changedFiles = Object.fromEntries(ids.map((_, index) => [pathOf(index), '2026-02-01T00:00:00.000Z']));
	store.append({type: 'evidence.read', links, changedFiles});
	return store.state();
}

function derive(state: State): number {
	const {
		spec,
		tests: {known},
	} = state;
	const rows = spec === undefined ? [] : deriveMatrix(matrixInputOf(spec, known)).rows;
	if (rows.length !== criteria || rows.some(row => row.tests.length < tests / criteria)) {
		throw new Error(`The matrix has ${rows.length} rows`);
	}

	return rows.length;
}

/** The matrix of a large spec: derived when something changed, and asked for by a frame when nothing did. */
export async function matrixRows(): Promise<readonly Row[]> {
	const entries = Array.from({length: lines}, (_, index) => entryOf(index));
	const short = openSpec(entries.slice(0, criteria));
	const [reportText, ledgerText] = [JSON.stringify(report), entries.map(line => JSON.stringify(line))];
	return [
		await compare({
			name: 'matrix of 200 criteria and 2,000 tests',
			run: () => derive(short),
			floorName: 'JSON.parse of the report',
			floor: () => JSON.parse(reportText),
			clock: 'processor',
			must: 40,
		}),
		await compare({
			name: 'the same matrix for a frame, nothing changed',
			run: () => liveMatrix(short),
			floorName: 'deriving it',
			floor: () => derive(short),
			clock: 'processor',
			must: 0.01,
		}),
		await compare({
			name: 'the same from a ledger of 10,000 lines, state rebuilt',
			run: () => derive(openSpec(entries)),
			floorName: 'JSON.parse of the lines',
			floor: () => ledgerText.map(line => JSON.parse(line)),
			clock: 'processor',
			must: 3,
		}),
	];
}
