import {randomUUID} from 'node:crypto';
import {mkdir} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {stoppedError} from '../../source/model/model.ts';
import {createAnthropicModel} from '../../source/model/providers/anthropic.ts';
import type {Event} from '../../source/protocol/event.ts';
import type {SessionOptions} from '../../source/session/services.ts';
import {openSession, type Session} from '../../source/session/session.ts';
import {type FakeAnthropic, type Scripted, startFakeAnthropic} from './fake-anthropic.ts';
import {packageRoot} from './run-cli.ts';
import {type TempFolder, tempFolder} from './temp-folder.ts';

export type TestSession = AsyncDisposable & {
	readonly session: Session;
	readonly fake: FakeAnthropic;
	readonly folder: TempFolder;
	/** Everything that happened since the session opened, without what opening itself told. */
	readonly events: Event[];
	/** The workspace root. */
	readonly root: string;
	readonly write: (path: string, content: string) => Promise<string>;
	readonly reopen: (script?: readonly Scripted[]) => Promise<TestSession>;
};

type TestSessionOptions = {
	readonly script?: readonly Scripted[];
	/** Files of the project, by path. */
	readonly files?: Readonly<Record<string, string>>;
	readonly options?: Partial<SessionOptions>;
	readonly folder?: TempFolder;
};

/** A project whose tests run on Node alone. */
export const nodeProject: Readonly<Record<string, string>> = {
	'package.json': '{"name": "sums", "type": "module", "scripts": {"test": "node --test"}}\n',
	'src/sum.js': 'export function sum(a, b) {\n\treturn a + b;\n}\n',
	'test/sum.test.js':
		"import assert from 'node:assert/strict';\nimport test from 'node:test';\nimport {sum} from '../src/sum.js';\n\ntest('adds two numbers', () => {\n\tassert.equal(sum(1, 2), 3);\n});\n",
};

/** Opens a real session on a temporary project, with the strict fake service on the far side of the wire. */
export async function openTestSession({
	script = [],
	files = nodeProject,
	options = {},
	folder: given,
}: TestSessionOptions = {}): Promise<TestSession> {
	const folder = given ?? (await tempFolder());
	const fake = await startFakeAnthropic(script);
	const root = folder.at('project');
	await mkdir(root, {recursive: true});
	if (given === undefined) {
		for (const [path, content] of Object.entries(files)) {
			await folder.write(`project/${path}`, content);
		}
	}

	const model = createAnthropicModel({
		credential: {kind: 'api-key', from: 'ANTHROPIC_API_KEY', secret: () => fake.key},
		baseUrl: fake.url,
		profile: 'anthropic',
		limits: {idleMs: 2000, noProgressMs: 5000},
		clock: {
			now: () => Date.now(),
			random: () => 0,
			async sleep(_ms, signal) {
				await sleep(1);
				if (signal.aborted) {
					throw stoppedError();
				}
			},
		},
	});
	const session = await openSession({
		root,
		isTrustable: true,
		home: folder.at('home'),
		packageRoot,
		directories: {config: folder.at('kiro/config'), state: folder.at('kiro/state')},
		env: {PATH: process.env.PATH ?? '', HOME: folder.at('home')},
		model,
		isRecorded: false,
		version: '0.0.0',
		modelId: 'claude-sonnet-5-5',
		trust: 'granted',
		rules: [],
		commandTimeoutMs: 20_000,
		provesTasks: false,
		now: () => Date.now(),
		newId: () => randomUUID(),
		...options,
	});
	const events: Event[] = [];
	session.store.subscribe(event => events.push(event));
	return {
		session,
		fake,
		folder,
		events,
		root,
		write: (path, content) => folder.write(`project/${path}`, content),
		async reopen(more = []) {
			await session.close();
			await fake.close();
			return openTestSession({script: more, options, folder});
		},
		async [Symbol.asyncDispose]() {
			await session.close();
			await fake.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}

/** The text of a small spec whose one task adds a function with one criterion. */
export const smallSpec = {
	requirements: `# Requirements Document

## Requirements

### Requirement 1: Products

#### Acceptance Criteria

1. WHEN two numbers are given, THE Sums SHALL return their product
`,
	design: '# Design Document\n\n## Overview\n\nA function `multiply` in `src/multiply.js` (new).\n',
	tasks: `# Implementation Plan: Products

## Tasks

- [ ] 1. Multiply
  - [ ] 1.1 Write \`multiply\` in \`src/multiply.js\`
    - _Requirements: 1.1_
    - _Proof: \`test/multiply.test.js\`_
`,
} as const;

export const multiplyTest = (expected: number) =>
	`import assert from 'node:assert/strict';\nimport test from 'node:test';\nimport {multiply} from '../src/multiply.js';\n\ntest('multiplies [1.1]', () => {\n\tassert.equal(multiply(2, 3), ${expected});\n});\n`;

export const multiplyCode = 'export function multiply(a, b) {\n\treturn a * b;\n}\n';
