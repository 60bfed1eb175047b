import type {Event} from '../../source/protocol/event.ts';
import type {CallId, ConversationId} from '../../source/protocol/ids.ts';
import type {DocumentStage, LedgerEntry} from '../../source/protocol/ledger-entry.ts';
import {noUsage, type Usage} from '../../source/protocol/message.ts';
import type {SpecSummary} from '../../source/protocol/spec-summary.ts';
import {countTests, type TestCase, type TestReport} from '../../source/protocol/test-report.ts';
import {unifiedDiff} from '../../source/spec/changed-lines.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {noon} from './stage.tsx';

export const minute = 60_000;

export const requirementsText = `# Requirements Document

## Introduction

Long tasks finish while nobody looks. The to-do tool tells the person when a task is completed, on every platform,
and never lets a missing notifier cost the task itself.

## Glossary

- **Notifier**: the program of the platform that shows a message outside the terminal
- **Completion**: the moment the tool has written "done" to its file

## Requirements

### Requirement 1: Tell the person

**User Story:** As a person with long lists, I want a message when a task completes, so that I can look away.

#### Acceptance Criteria

1. WHEN a task is completed, THE Todo_Tool SHALL show its title through the platform's notifier
2. WHEN several tasks are completed by one command, THE Todo_Tool SHALL show one message with their number
3. WHERE the setting \`notify\` is off, THE Todo_Tool SHALL show none

### Requirement 2: Never lose a task

**User Story:** As a person, I want the list to be right even when a message fails, so that I can rely on it.

#### Acceptance Criteria

1. IF no notifier is found, THEN THE Todo_Tool SHALL write one line to standard error and exit 0
2. IF the notifier takes longer than 2 s, THEN THE Todo_Tool SHALL go on without it

## Assumptions

A1. A message without sound is enough; with sound the Windows notifier needs another call.
A2. One message per command, not per task, is what a person wants when many complete.
`;

export const designText = `# Design Document

## Overview

One small port, \`notify(title, body)\`, with one adapter for each platform. The command writes the list first and
notifies afterwards, so a failing notifier can never cost a task (Req 2.1, 2.2).

## Existing code

- \`src/cli.js\`: \`main\`, reads the command and prints
- \`src/tasks.js\`: \`complete\`, marks tasks and saves
- \`src/store.js\`: \`save\`, writes the file

## Components

| Part | File | Does |
|---|---|---|
| Port | \`src/notify.js\` | chooses the adapter, limits it to 2 s |
| Linux | \`src/notify-linux.js\` | \`notify-send\` |
| macOS | \`src/notify-macos.js\` | \`osascript\` |
| Windows | \`src/notify-windows.js\` | PowerShell toast |

\`\`\`js
export async function notify({title, body}, {run, platform, limitMs = 2000}) {
	const command = commandFor(platform, title, body);
	return command === undefined ? {shown: false} : run(command, limitMs);
}
\`\`\`

## Correctness properties

1. For every outcome of the notifier the saved list is the same. **Validates: 2.1, 2.2**

## Testing strategy

Fake notifiers on PATH record what they were given; one test for each criterion, named after it.
`;

export const editedText = requirementsText.replace('longer than 2 s', 'longer than 5 s');
export const editedLine = editedText.split('\n').findIndex(line => line.includes('5 s')) + 1;

export function tasksText(markers: Readonly<Record<string, string>> = {}): string {
	const box = (id: string) => `[${markers[id] ?? ' '}]`;
	return `# Implementation Plan

- ${box('1')} 1. Notifier port
  - ${box('1.1')} 1.1 Choose the adapter and limit it to 2 s
    - New file src/notify.js with notify()
    - _Requirements: 1.2_
  - ${box('1.2')} 1.2 Adapters for Linux, macOS and Windows
    - _Requirements: 1.1_
- ${box('2')} 2. Completion
  - ${box('2.1')} 2.1 Notify after the list is saved
    - _Requirements: 1.1, 2.1_
  - ${box('2.2')} 2.2 Setting that turns messages off
    - _Requirements: 1.3_
  - ${box('2.3')}* 2.3 Sound on request
- ${box('3')} 3. Final checkpoint: the whole suite is green
`;
}

export const conversation = 'c1' as ConversationId;

const usage: Usage = {input: 1200, output: 3100, cacheRead: 61_000, cacheWrite5m: 2400, cacheWrite1h: 21_000};

export function opened(
	options: {readonly trust?: 'asked' | 'trusted' | 'read-only'; readonly isEmpty?: boolean; readonly hasTests?: boolean} = {},
): readonly Event[] {
	return [
		{
			type: 'workspace.opened',
			root: '/home/ada/todo',
			name: 'todo',
			branch: 'main',
			hasGit: true,
			isEmpty: options.isEmpty ?? false,
			checksOff: [],
			trust: options.trust ?? 'trusted',
		},
		...(options.hasTests === false
			? []
			: [
					{
						type: 'test-command.found',
						testCommand: {command: 'npm test', runner: 'node-test', resolvesTo: 'node --test', isApproved: true},
					} as const,
				]),
	];
}

export const withModel: Event = {type: 'model.chosen', model: 'claude-opus-5-5', isRecorded: false, contextTokens: 200_000};
export const withRecordedModel: Event = {type: 'model.chosen', model: 'recorded', isRecorded: true, contextTokens: 200_000};

export function summary(name: string, change: Partial<SpecSummary> = {}): SpecSummary {
	return {
		name,
		path: `.kiro/specs/${name}`,
		stage: 'requirements',
		tasks: {total: 0, done: 0, optional: 0},
		approvals: {requirements: 'none', design: 'none', tasks: 'none'},
		problems: [],
		unfinished: [],
		withoutEvidence: [],
		documents: ['requirements'],
		...change,
	};
}

export function specOpened(stage: Extract<Event, {type: 'spec.opened'}>['stage']): Event {
	return {type: 'spec.opened', name: 'notify-when-done', path: '.kiro/specs/notify-when-done', isOnly: true, stage};
}

/** A digest that can be told by eye: the first letter of the document again and again, then its version. */
export function digestOf(artifact: DocumentStage, version: number): string {
	return `${artifact === 'requirements' ? '9f2c18ab' : artifact === 'design' ? '4be01d77' : '7a3390cc'}${`${version}`.repeat(56)}`;
}

export function document(
	artifact: DocumentStage,
	text: string,
	options: {
		readonly by?: 'agent' | 'person' | 'program' | 'disk';
		readonly changedLines?: readonly number[];
		readonly version?: number;
	} = {},
): Event {
	const digest = digestOf(artifact, options.version ?? 1);
	const hashes = ['1', '1.1', '1.2', '2', '2.1', '2.2', '2.3', '3'].map(id => [id, `hash ${id}`]);
	return {
		type: 'artifact.changed',
		artifact,
		text,
		digest,
		approvalDigest: artifact === 'tasks' ? digestOf('tasks', 1) : digest,
		...(artifact === 'tasks' && {textHashes: Object.fromEntries(hashes)}),
		by: options.by ?? 'agent',
		changedLines: options.changedLines ?? [],
	};
}

export function approved(stage: DocumentStage, version = 1): Event {
	const entry: LedgerEntry = {
		v: 1,
		id: `a-${stage}`,
		at: '2026-11-20T11:40:00Z',
		by: 'Ada',
		type: 'approval',
		stage,
		sha256: digestOf(stage, version),
		parts: {},
	};
	return {type: 'ledger.appended', entry};
}

export function conversing(
	stage: Extract<Event, {type: 'conversation.opened'}>['stage'],
	options: {readonly task?: string; readonly id?: string} = {},
): Event {
	return {
		type: 'conversation.opened',
		conversation: (options.id ?? conversation) as ConversationId,
		stage,
		route: 'feature',
		model: 'claude-opus-5-5',
		spec: 'notify-when-done',
		...(options.task !== undefined && {task: options.task as TaskId}),
		system: [],
		pinned: [],
		pinnedTexts: {},
	};
}

export function asked(text: string, id: string = conversation): Event {
	return {type: 'message.sent', conversation: id as ConversationId, message: {role: 'user', content: [{type: 'text', text}]}, shown: text};
}

export function started(ago: number, id: string = conversation): Event {
	return {type: 'turn.started', conversation: id as ConversationId, at: noon - ago};
}

export function wrote(text: string, id: string = conversation): Event {
	return {type: 'text.streamed', conversation: id as ConversationId, delta: text};
}

export function thought(text: string, id: string = conversation): Event {
	return {type: 'thinking.streamed', conversation: id as ConversationId, delta: text};
}

export function called(
	call: string,
	name: string,
	title: string,
	lines: readonly string[],
	options: {readonly summary?: string; readonly ok?: boolean; readonly id?: string} = {},
): readonly Event[] {
	const to = (options.id ?? conversation) as ConversationId;
	return [
		{type: 'call.requested', conversation: to, call: call as CallId, name, title},
		{
			type: 'call.finished',
			conversation: to,
			call: call as CallId,
			ok: options.ok ?? true,
			display: {kind: 'lines', lines, summary: options.summary ?? `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`},
		},
	];
}

export function answered(costUsd: number, id: string = conversation): Event {
	return {
		type: 'answer.finished',
		conversation: id as ConversationId,
		message: {role: 'assistant', content: [{type: 'text', text: 'x'}]},
		stop: 'end_turn',
		usage,
		model: 'claude-opus-5-5',
		costUsd,
	};
}

export function ended(id: string = conversation): Event {
	return {type: 'turn.finished', conversation: id as ConversationId, outcome: 'finished', at: noon - 2 * minute};
}

function testCase(name: string, status: TestCase['status'], change: Partial<TestCase> = {}): TestCase {
	return {id: `test/notify.test.js > ${name}`, file: 'test/notify.test.js', name, status, ...change};
}

export const passing: readonly TestCase[] = [
	testCase('1.2 one message for several tasks', 'passed'),
	testCase('2.2 gives up after 2 s', 'passed'),
	{...testCase('adds a task', 'passed'), id: 'cli > adds', file: 'test/cli.test.js'},
	{...testCase('lists tasks', 'passed'), id: 'cli > lists', file: 'test/cli.test.js'},
	{...testCase('completes a task', 'passed'), id: 'cli > completes', file: 'test/cli.test.js'},
];

export const failing: TestCase = testCase('1.2 one message for several tasks', 'failed', {
	failure: {
		message: 'Expected 1 message, got 3',
		kind: 'assertion',
		inBody: true,
		file: 'test/notify.test.js',
		line: 31,
		detail: "at test/notify.test.js:31:10\n+ actual - expected\n+ ['milk', 'bread', 'tea']\n- ['3 tasks completed']",
	},
});

function report(tests: readonly TestCase[]): TestReport {
	const counts = countTests(tests);
	return {
		runner: 'node-test',
		command: 'npm test',
		scope: 'all',
		detail: 'named',
		tests,
		counts,
		collected: tests.length,
		exitCode: counts.failed > 0 ? 1 : 0,
		durationMs: 1840,
		output: '',
	};
}

export function tested(tests: readonly TestCase[], newFailures: readonly TestCase[], reason: 'baseline' | 'task' = 'task'): Event {
	return {type: 'tests.finished', report: report(tests), reason, comparison: {newFailures, oldFailures: [], fixed: []}};
}

export function taskDone(task: string, change: Partial<Extract<Event, {type: 'task.finished'}>> = {}): Event {
	return {
		type: 'task.finished',
		task: task as TaskId,
		outcome: 'done',
		grade: 'passing',
		why: '[1.2] passing',
		durationMs: 190_000,
		usage: noUsage,
		costUsd: 0.21,
		...change,
	};
}

/** A spec whose three documents are written and approved. */
export function ready(markers: Readonly<Record<string, string>> = {}): readonly Event[] {
	return [
		...opened(),
		withModel,
		{
			type: 'specs.listed',
			specs: [summary('notify-when-done'), summary('undo-last', {stage: 'design', documents: ['requirements', 'design']})],
		},
		specOpened('implement'),
		document('requirements', requirementsText),
		document('design', designText),
		document('tasks', tasksText(markers)),
		approved('requirements'),
		approved('design'),
		approved('tasks'),
	];
}

const notifier = (limit: string, body: string) => `import {platform} from 'node:process';

const ${limit};

export function commandFor(name, title, body) {
	return name === 'darwin' ? osascript(title, body) : notifySend(title, body);
}

/** Shows one message. */
export async function notify({title, body}, {run}) {
${body}
}
`;

/** What task 1.1 changed: two hunks in one file, and a new file. */
export const notifyPatch = unifiedDiff(
	'src/notify.js',
	notifier('limit = 5000', '\treturn run(commandFor(platform, title, body));'),
	notifier(
		'limitMs = 2000',
		'\tconst command = commandFor(platform, title, body);\n\treturn command === undefined ? {shown: false} : run(command, limitMs);',
	),
);

const notifyTestPatch = unifiedDiff(
	'test/notify.test.js',
	'',
	"import test from 'node:test';\n\ntest('gives up after two seconds [1.1]', async t => {\n\tt.mock.timers.enable();\n});\n",
);

/** The diff of task 1.1 with a comment that was not sent yet. */
export const diffShown: Extract<Event, {type: 'diff.shown'}> = {
	type: 'diff.shown',
	title: 'task 1.1 of notify-when-done',
	task: '1.1' as TaskId,
	files: [
		{path: 'src/notify.js', patch: notifyPatch},
		{path: 'test/notify.test.js', patch: notifyTestPatch},
	],
	comments: [
		{
			path: 'src/notify.js',
			line: 12,
			quoted: '+\treturn command === undefined ? {shown: false} : run(command, limitMs);',
			text: 'Say on standard error why nothing was shown, once a session: criterion 2.1 asks for it',
		},
	],
};
