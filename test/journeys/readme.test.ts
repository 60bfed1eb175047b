import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {deriveMatrix} from '../../source/protocol/matrix.ts';
import {answers, call, calls, says, startFakeAnthropic} from '../support/fake-anthropic.ts';
import {matrixInput, tasksOf} from '../support/matrix-input.ts';
import {packageRoot, runCli} from '../support/run-cli.ts';
import {tempFolder} from '../support/temp-folder.ts';
import {multiplyCode, multiplyTest, nodeProject, smallSpec} from '../support/test-session.ts';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
const shellLines = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(match => (match[1] ?? '').trim().split('\n'));
const commands = shellLines.filter(line => line.startsWith('kiro-tui'));

/** Splits a line as a shell does; the README uses plain words and double quotes only. */
const wordsOf = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(match => match[1] ?? match[2] ?? '').slice(1);

/** What each command of the README ends with; only those that show something else than success are listed. */
const expected: Readonly<Record<string, number>> = {
	// Without a terminal it names what works without one.
	'kiro-tui': 2,
	'kiro-tui approve products tasks --trust': 3,
};

test('every kiro-tui line of the README does what it says', {timeout: 120_000}, async () => {
	await using folder = await tempFolder();
	const documents = (['requirements', 'design', 'tasks'] as const).map(document =>
		call('write_document', {document, content: smallSpec[document]}),
	);
	await using fake = await startFakeAnthropic([
		answers(documents),
		says('Look at them.'),
		calls(
			['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
			['write', {path: 'src/multiply.js', content: multiplyCode}],
		),
		says('Done.'),
		says('It is not.'),
	]);
	for (const [path, content] of Object.entries(nodeProject)) {
		await folder.write(`project/${path}`, content);
	}

	let hash = '';
	const codes: Record<string, number | null> = {};
	for (const line of commands) {
		const args = wordsOf(line).map(word => (word === '1a2b3c4d' ? hash : word));
		const run = await runCli(args, {
			cwd: folder.at('project'),
			home: folder.path,
			env: {ANTHROPIC_BASE_URL: fake.url, ANTHROPIC_API_KEY: fake.key, KIRO_TUI_PROFILE: 'anthropic'},
		});
		codes[line] = run.code;
		hash = run.code === 3 ? run.stdout.trim() : hash;
	}

	fake.assertDone();
	expect(codes).toEqual(Object.fromEntries(commands.map(line => [line, expected[line] ?? 0])));
});

test('the README names the two commands of a newcomer, and package.json has them', () => {
	const {scripts} = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
	expect(shellLines).toEqual(expect.arrayContaining(['npm ci && npm run demo', 'npm ci && npm test']));
	expect(scripts).toMatchObject({
		demo: expect.any(String),
		test: expect.any(String),
		predemo: expect.stringContaining('build'),
		pretest: expect.stringContaining('build'),
	});
});

test('the README names every field of the matrix and every type of a ledger line', () => {
	const schema: {readonly oneOf: readonly {readonly properties: {readonly type: {readonly const: string}}}[]} = JSON.parse(
		readFileSync(join(packageRoot, 'schemas/ledger.schema.json'), 'utf8'),
	);
	const {rows, tasks} = deriveMatrix(
		matrixInput({tasks: tasksOf(['x', 'Add'])}, {links: [{criterion: '1.1', file: 'a', line: 1, name: 'a'}]}),
	);
	const fields = [rows[0], rows[0]?.tests[0], tasks[0]].flatMap(each => Object.keys(each ?? {}));
	for (const name of [...fields, ...schema.oneOf.map(line => line.properties.type.const)]) {
		expect(readme).toContain(`\`${name}\``);
	}
});

test('the README says that the project is independent', () => {
	expect(readme).toContain('not affiliated with AWS');
});

test('the picture in the README is a golden frame', () => {
	const [picture] = [...readme.matchAll(/^```text\n(.*?)^```$/gms)].map(match => match[1]);
	expect(picture).toBe(readFileSync(join(packageRoot, 'test/golden/task-red-80x24.txt'), 'utf8'));
});
