import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {z} from 'zod';
import {ledgerJsonSchema} from '../../source/workspace/ledger-json-schema.ts';
import {ledgerEntrySchema} from '../../source/workspace/ledger-schema.ts';
import {attempt, entry, shows} from '../support/matrix-input.ts';
import {packageRoot} from '../support/run-cli.ts';

const text = readFileSync(join(packageRoot, 'schemas/ledger.schema.json'), 'utf8');
const usage = {input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5};
const full = attempt({
	evidence: [shows('a', 'proven', {seenRed: ['a.test.js > adds [1.1]']})],
	flaky: [],
	repairs: 1,
	caught: [{kind: 'tampering', what: 'a test was skipped'}],
	files: [{path: 'src/a.js', before: 'd0', after: 'd1'}],
	usage,
	costUsd: 0.1,
});

const lines = [
	full,
	attempt(),
	entry({type: 'approval', minute: 1, stage: 'tasks', sha256: 'ab', parts: {'1': 'cd'}}),
	entry({type: 'accept', minute: 2, task: '1', textHash: 'ab', grade: 'green', reason: 'seen'}),
	entry({type: 'tick', minute: 3, task: '1', textHash: 'ab', marker: ' '}),
	entry({type: 'cost', minute: 4, stage: 'design', usage, costUsd: 1}),
	entry({type: 'check', minute: 5, command: 'npm test', criteria: [{criterion: '1.1', textHash: 'ab'}], files: [{path: 'src/a.js'}]}),
	entry({
		type: 'proof',
		attempt: 'line',
		minute: 6,
		task: '1',
		textHash: 'ab',
		evidence: [{criterion: '1.1', textHash: 'ab', tests: ['t'], outcome: 'unknown', why: 'no git'}],
		mutants: 1,
		survivors: [{path: 'src/a.js', line: 2, description: 'line 2: < became <='}],
		durationMs: 3,
	}),
];

test('the schema of the package is the one that the program reads with: npm run schemas', () => {
	expect(text).toBe(ledgerJsonSchema());
});

test('the schema takes every kind of line, and refuses what the program refuses', () => {
	const schema = z.fromJSONSchema(JSON.parse(text));
	for (const line of lines) {
		expect({line, ok: schema.safeParse(line).success}).toEqual({line, ok: true});
	}

	for (const line of [{...full, v: 2}, {...full, grade: 'fine'}, {...full, at: 'now'}, {...full, type: 'other'}, {}]) {
		expect([schema.safeParse(line).success, ledgerEntrySchema.safeParse(line).success]).toEqual([false, false]);
	}
});

test('package.json brings the schemas', () => {
	expect(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')).files).toContain('schemas');
});
