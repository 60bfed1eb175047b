import type {Event} from '../../source/protocol/event.ts';
import type {CriterionEvidence, Grade} from '../../source/protocol/evidence.ts';
import type {LedgerEntry} from '../../source/protocol/ledger-entry.ts';
import {countTests, type TestCase} from '../../source/protocol/test-report.ts';
import {noon} from './stage.tsx';
import * as story from './story.ts';

const hour = 60 * story.minute;
const day = 24 * hour;
const ago = (milliseconds: number) => new Date(noon - milliseconds).toISOString();

const requirements = `${story.requirementsText.split('\n## Assumptions')[0]}3. WHILE the screen is locked, THE Todo_Tool SHALL keep its messages until it is unlocked\n`;

const tasks = `# Implementation Plan

- [x] 1. Notifier port
  - [x] 1.1 Choose the adapter and limit it to 2 s
    - _Requirements: 1.2_
  - [x] 1.2 Adapters for Linux, macOS and Windows
    - _Requirements: 2.2_
- [-] 2. Completion
  - [x] 2.1 Notify after the list is saved
    - _Requirements: 1.1, 2.1_
  - [-] 2.2 Setting that turns messages off
    - _Requirements: 1.3_
  - [x] 2.3 Hold messages while the screen is locked
    - _Requirements: 2.3_
`;

const names: Readonly<Record<string, string>> = {
	'1.1': 'shows the title of a completed task [1.1]',
	'1.2': 'one message for several tasks [1.2]',
	'1.3': 'shows none when the setting is off [1.3]',
	'2.1': 'writes one line when no notifier is found [2.1]',
	'2.2': 'gives up after 2 s [2.2]',
};

const idOf = (criterion: string) => `test/notify.test.js > ${names[criterion]}`;

const evidence = (criterion: string, grade: Grade): CriterionEvidence => ({
	criterion,
	textHash: `text ${criterion}`,
	grade,
	tests: [idOf(criterion)],
	seenRed: grade === 'proven' ? [idOf(criterion)] : [],
});

const attempt = (task: string, at: string, shown: readonly CriterionEvidence[], costUsd: number, path: string): LedgerEntry => ({
	v: 1,
	id: `attempt ${task}`,
	at,
	by: 'Ada',
	type: 'task',
	task,
	textHash: `hash ${task}`,
	outcome: 'done',
	grade: 'passing',
	criteria: shown.map(({criterion}) => criterion),
	command: 'npm test',
	after: {passed: 8, failed: 0, skipped: 0},
	red: [],
	green: shown.flatMap(one => one.tests),
	evidence: shown,
	files: [{path, after: 'bytes'}],
	durationMs: 190_000,
	costUsd,
});

const ledger: readonly LedgerEntry[] = [
	attempt('1.1', ago(5 * day), [evidence('1.2', 'proven')], 0.21, 'src/notify.js'),
	{
		v: 1,
		id: 'proof 1.1',
		at: ago(5 * day),
		by: 'Ada',
		type: 'proof',
		task: '1.1',
		textHash: 'hash 1.1',
		attempt: 'attempt 1.1',
		evidence: [{criterion: '1.2', textHash: 'text 1.2', tests: [idOf('1.2')], outcome: 'fails'}],
		mutants: 5,
		survivors: [{path: 'src/notify.js', line: 12, description: 'line 12: < became <='}],
		durationMs: 9000,
	},
	attempt('1.2', ago(4 * day), [evidence('2.2', 'proven')], 0.42, 'src/notify-linux.js'),
	attempt('2.1', ago(3 * day), [evidence('1.1', 'passing'), evidence('2.1', 'passing')], 0.3, 'src/cli.js'),
	attempt('2.2', ago(2 * day), [evidence('1.3', 'passing')], 0.18, 'src/settings.js'),
	{
		v: 1,
		id: 'hand 2.3',
		at: ago(2 * hour),
		by: 'Ada',
		type: 'accept',
		task: '2.3',
		textHash: 'hash 2.3',
		grade: 'unproven',
		reason: 'only to be seen on a locked screen; tried on two machines',
	},
];

const testOf = (criterion: string, status: TestCase['status']): TestCase => ({
	id: idOf(criterion),
	file: 'test/notify.test.js',
	name: names[criterion] ?? '',
	status,
});

const flaky: TestCase = {...testOf('2.1', 'failed'), failure: {message: 'took 2.4 s', kind: 'timeout', inBody: true}};
const failing: TestCase = {
	...testOf('1.3', 'failed'),
	failure: {message: 'Expected 0 messages, got 1', kind: 'assertion', inBody: true, file: 'test/notify.test.js', line: 58},
};
const tests = [testOf('1.1', 'passed'), testOf('1.2', 'passed'), failing, flaky, testOf('2.2', 'passed')];
const counts = countTests(tests);

/**
 * A spec in which every kind of criterion stands: passing (1.1), unproven since a change (1.2), red (1.3), flaky (2.1), proven (2.2) and by
 * hand (2.3).
 */
export const evidenced: readonly Event[] = [
	...story.ready(),
	{
		type: 'artifact.changed',
		artifact: 'requirements',
		text: requirements,
		digest: story.digestOf('requirements', 1),
		approvalDigest: story.digestOf('requirements', 1),
		criterionHashes: Object.fromEntries(['1.1', '1.2', '1.3', '2.1', '2.2', '2.3'].map(id => [id, `text ${id}`])),
		by: 'disk',
		changedLines: [],
	},
	story.document('tasks', tasks, {by: 'disk'}),
	...ledger.map((entry): Event => ({type: 'ledger.appended', entry})),
	{
		type: 'tests.finished',
		report: {
			runner: 'node-test',
			command: 'npm test',
			scope: 'all',
			detail: 'named',
			tests,
			counts,
			collected: tests.length,
			exitCode: 1,
			durationMs: 1840,
			output: '',
		},
		reason: 'asked',
		comparison: {newFailures: [failing], oldFailures: [], fixed: [], flaky: [flaky]},
		startedAt: noon - 26 * hour,
	},
	{
		type: 'evidence.read',
		links: Object.entries(names).map(([criterion, name], index) => ({
			criterion,
			file: 'test/notify.test.js',
			line: 12 + 14 * index,
			name,
		})),
		changedFiles: {'src/notify.js': ago(20 * hour)},
	},
];
