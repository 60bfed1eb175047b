import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type FinishedTestRun, parseTestRun} from '../../source/test-runners/index.ts';

const runners = ['vitest', 'jest', 'node-test', 'pytest', 'unittest', 'go-test', 'cargo-test', 'junit', 'tap', 'exit-code'] as const;
const recorded = join(import.meta.dirname, 'recorded');

function runOf(runner: string, text: string): FinishedTestRun {
	const base = {scope: 'all', root: '/project', outcome: 'exited', exitCode: 1, durationMs: 1, plan: {shown: 'x'}} as const;
	const read = async () => text;
	return {...base, fact: {runner}, read, list: async () => ['a_test.go'], output: text, ...(runner !== 'exit-code' && {report: text})};
}

/** Lines that the parsers look for, in any order, cut anywhere. */
const lines: readonly string[] = readdirSync(recorded, {recursive: true, encoding: 'utf8'})
	.filter(path => /all\./.test(path))
	.flatMap(path => readFileSync(join(recorded, path), 'utf8').split('\n').slice(0, 120));

const value = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.constant({}), fc.constant([null, 1, 'a', {status: 'failed'}]));
const keys = [
	'type',
	'name',
	'suites',
	'state',
	'error',
	'nesting',
	'file',
	'failure',
	'Action',
	'Package',
	'Test',
	'Output',
	'testResults',
];
const record = fc.dictionary(fc.constantFrom(...keys), value).map(found => JSON.stringify(found));

describe('any text', () => {
	test.each(runners)('%s: is a report or none, and never an error', async runner => {
		const piece = fc.oneof(fc.constantFrom(...lines), fc.string({unit: 'grapheme'}), fc.string({unit: 'binary'}), record);
		const texts = fc
			.tuple(fc.array(piece, {maxLength: 30}), fc.nat(400))
			.map(([parts, cut]) => parts.join('\n').slice(cut % 7 === 0 ? cut : 0));
		await fc.assert(
			fc.asyncProperty(texts, async text => {
				const {tests, counts} = await parseTestRun(runOf(runner, text));
				expect(counts.passed + counts.failed + counts.skipped).toBe(tests.length);
				expect(new Set(tests.map(({id}) => id)).size).toBe(tests.length);
				expect(tests.every(({status, failure}) => (status === 'failed') === (failure !== undefined))).toBe(true);
			}),
			{numRuns: 150},
		);
	});
});
