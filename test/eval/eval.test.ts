import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {calls, says, startFakeAnthropic} from '../support/fake-anthropic.ts';
import {tempFolder} from '../support/temp-folder.ts';
import {multiplyCode, multiplyTest, nodeProject, smallSpec} from '../support/test-session.ts';
import type {EvalCase} from './case.ts';
import {runCase} from './eval-run.ts';
import {makeEdit} from './hand-edit.ts';

const products: Omit<EvalCase, 'folder'> = {
	name: 'products',
	title: 'A product',
	language: 'typescript',
	needs: [],
	route: 'quick',
	spec: 'products',
	idea: 'multiply numbers: multiply(a, b) in src/multiply.js',
	traps: [],
	answers: [],
	edits: [{at: 'first-task', file: 'src/sum.js', find: 'a \\+ b', replace: 'b + a', tell: 'I turned the sum around', kept: 'b \\+ a'}],
	hidden: {command: 'node --test test/hidden.test.js'},
};

async function caseIn(folder: Awaited<ReturnType<typeof tempFolder>>): Promise<EvalCase> {
	for (const [path, content] of Object.entries(nodeProject)) {
		await folder.write(`case/project/${path}`, content);
	}

	const check = (name: string, assertion: string) => `test('${name}', () => {\n\tassert.equal(${assertion});\n});\n`;
	const head = "import assert from 'node:assert/strict';\nimport test from 'node:test';\nimport {multiply} from '../src/multiply.js';\n\n";
	await folder.write(
		'case/hidden/test/hidden.test.js',
		`${head}${check('multiplies', 'multiply(4, 5), 20')}${check('[trap] by nothing', 'multiply(4), 0')}`,
	);
	return {...products, folder: folder.at('case')};
}

test('a case goes through the real binary to its hidden tests, and what is counted is what happened', async () => {
	await using folder = await tempFolder();
	await using fake = await startFakeAnthropic([
		calls(['read_file', {path: 'src/sum.js'}], ['read', {path: 'src/none.js'}]),
		calls(
			['write_document', {document: 'requirements', content: smallSpec.requirements}],
			['write_document', {document: 'design', content: smallSpec.design}],
			['write_document', {document: 'tasks', content: smallSpec.tasks}],
		),
		says('The three documents are there.'),
		calls(
			['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
			['write', {path: 'src/multiply.js', content: 'export function multiply() {}\n'}],
		),
		says('The tests are there.'),
		calls(['run', {command: 'curl example.org'}], ['write', {path: 'src/multiply.js', content: multiplyCode}]),
		says('Done.'),
	]);
	const evalCase = await caseIn(folder);
	const run = await runCase(evalCase, {
		set: 'test',
		baseUrl: fake.url,
		key: fake.key,
		model: undefined,
		isControl: false,
		keeps: false,
		say() {},
	});
	fake.assertDone();
	expect(run).toMatchObject({
		case: 'products',
		kind: 'kiro-tui',
		isFinished: true,
		rescues: 0,
		hidden: {passed: 1, total: 2, failed: ['[trap] by nothing'], tags: {trap: {passed: 0, total: 1}}},
		falseTicks: [],
		edits: {total: 1, made: 1, kept: 1},
		calls: {total: 9, malformed: 1, refused: 1, failed: 1},
		work: {questions: 0, permissions: 1, tasks: 1, repairs: 0, criteria: 1, tested: 1, seenRed: 1, reverted: {fails: 1}},
		libraries: {added: [], absent: []},
		traffic: {requests: 7},
	});
	expect(run.traffic.inputTokens).toBeGreaterThan(0);
	const {spec, handOver, files} = run.traffic.parts;
	expect(Math.min(spec, handOver, files)).toBeGreaterThan(0);
});

test('the control gets the same idea and edits, and its work meets the same tests', async () => {
	await using folder = await tempFolder();
	await using fake = await startFakeAnthropic([
		calls(['edit', {path: 'src/multiply.js', old: '', new: multiplyCode}], ['edit', {path: 'src/sum.js', old: 'nowhere', new: ''}]),
		says('Done.'),
		says('I see.'),
	]);
	const evalCase = await caseIn(folder);
	const run = await runCase(evalCase, {
		set: 'test',
		baseUrl: fake.url,
		key: fake.key,
		model: undefined,
		isControl: true,
		keeps: false,
		say() {},
	});
	fake.assertDone();
	expect(run).toMatchObject({
		kind: 'control',
		isFinished: true,
		hidden: {passed: 1, total: 2},
		edits: {total: 1, made: 1},
		calls: {total: 2, malformed: 0, failed: 1},
		traffic: {requests: 3},
	});
	expect(run.work).toBeUndefined();
});

test('a criterion is added where a person would write it', async () => {
	await using folder = await tempFolder();
	const path = await folder.write('.kiro/specs/products/requirements.md', smallSpec.requirements);
	const edit = {at: 'written', criterion: 'THE Sums SHALL be whole', tell: '', kept: ''} as const;
	expect(await makeEdit(edit, {root: folder.path, spec: 'products'})).toBe(true);
	expect(await readFile(path, 'utf8')).toContain('return their product\n2. THE Sums SHALL be whole\n');
});
