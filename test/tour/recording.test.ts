import {execFile} from 'node:child_process';
import {cp, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {checkSpec} from '../../source/spec/problems.ts';
import {handEdit} from '../../source/tour/recording/requirements.ts';
import {recording} from '../../source/tour/recording.ts';
import {packageRoot} from '../support/run-cli.ts';

type Input = {readonly path?: string; readonly content?: string; readonly old_text?: string; readonly new_text?: string};

async function copySample(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'kiro-tui-sample-'));
	onTestFinished(() => rm(folder, {recursive: true}));
	await cp(join(packageRoot, 'source/tour/sample'), folder, {recursive: true});
	return folder;
}

/** The names of the tests that fail, and how many pass. PATH holds nothing that could show a notification. */
async function runTests(root: string): Promise<{readonly passed: number; readonly failed: readonly string[]}> {
	const output = await new Promise<string>(resolve => {
		const options = {cwd: root, env: {PATH: dirname(process.execPath)}};
		execFile(process.execPath, ['--test', '--test-reporter=tap'], options, (_, stdout) => resolve(stdout));
	});
	return {
		passed: Number(/^# pass (\d+)$/m.exec(output)?.[1]),
		failed: [...output.matchAll(/^\s*not ok \d+ - (.+)$/gm)].map(match => match[1] ?? '').sort(),
	};
}

function recordedCalls(conversation: string, answers = recording.filter(answer => answer.for === conversation)) {
	return answers.flatMap(({blocks}) =>
		blocks.flatMap(block => (block.type === 'tool_use' ? [{name: block.name, input: block.input as Input}] : [])),
	);
}

function replaceOnce(text: string, find: string, replacement: string): string {
	expect(text.split(find), `exactly one place for ${find}`).toHaveLength(2);
	return text.replace(find, () => replacement);
}

/** Does by hand what the tools do with the recorded calls. */
async function apply(root: string, calls: ReturnType<typeof recordedCalls>) {
	for (const {name, input} of calls) {
		const file = join(root, input.path ?? '');
		if (name === 'write') {
			await mkdir(dirname(file), {recursive: true});
			await writeFile(file, input.content ?? '', {flag: 'wx'});
		} else if (name === 'edit') {
			await writeFile(file, replaceOnce(await readFile(file, 'utf8'), input.old_text ?? '', input.new_text ?? ''));
		}
	}
}

test('the sample project passes its own tests', async () => {
	expect(await runTests(await copySample())).toEqual({passed: 9, failed: []});
});

test('the recorded code is red where the tour says so, and all green at the end', async () => {
	const root = await copySample();
	const [first, ...repair] = recording.filter(answer => answer.for === 'implement 1.1');
	const calls = recordedCalls('implement 1.1', [first!]);
	const red = calls.findIndex(({name}) => name === 'expect_red');
	await apply(root, calls.slice(0, red));
	expect(await runTests(root)).toMatchObject({passed: 9, failed: {length: 4}});
	await apply(root, calls.slice(red));
	expect(await runTests(root)).toEqual({passed: 12, failed: ['macOS shows it with osascript [1.2]']});
	await apply(root, recordedCalls('implement 1.1', repair));
	await apply(root, recordedCalls('implement 1.2'));
	await apply(root, recordedCalls('implement 2.1'));
	expect(await runTests(root)).toEqual({passed: 21, failed: []});
	await apply(root, recordedCalls('vibe'));
	expect(await runTests(root)).toEqual({passed: 22, failed: []});
});

test('the recorded documents are what the prompts ask for: every criterion traced, one assumption open', () => {
	const written = (document: string) => {
		const calls = recordedCalls(document);
		const [whole] = calls.filter(call => call.name === 'write_document').map(call => call.input.content ?? '');
		return {whole: whole ?? '', edits: calls.filter(call => call.name === 'edit_document')};
	};
	const {whole, edits} = written('requirements');
	let requirements = replaceOnce(whole, `${handEdit.after}\n`, `${handEdit.after}\n${handEdit.line}\n`);
	for (const {input} of edits) {
		requirements = replaceOnce(requirements, input.old_text ?? '', input.new_text ?? '');
	}

	const problems = checkSpec({requirements, design: written('design').whole, tasks: written('tasks').whole});
	expect(problems.map(({file, code, message}) => ({file, code, message}))).toEqual([
		{file: 'requirements', code: 'unconfirmed-assumption', message: 'Assumption A1 is not confirmed'},
	]);
});
