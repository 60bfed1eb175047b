import {spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {calls, says} from '../support/fake-anthropic.ts';
import {type CliRun, cliEnvironment, launcher} from '../support/run-cli.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';
import {nodeProject, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';
import {answerWith, eventsOf, happened, resultsIn, send, specFolder} from './stage.ts';

const files = {...nodeProject, [`${specFolder}/requirements.md`]: smallSpec.requirements};

function conversationsOf(folder: TempFolder): string {
	const state = folder.at('kiro/state');
	const key = readdirSync(state).find(name => existsSync(join(state, name, 'conversations')));
	return join(state, key ?? '', 'conversations');
}

const journalsOf = (folder: TempFolder) =>
	readdirSync(conversationsOf(folder))
		.filter(name => name.endsWith('.jsonl'))
		.map(name => join(conversationsOf(folder), name));

const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1);

/** Two turns about a spec, the first with two calls, told and closed; resolves with the one journal they left. */
async function talked(folder: TempFolder): Promise<string> {
	const opened = await openTestSession({
		files,
		folder,
		script: [calls(['read', {path: 'package.json'}], ['list', {}]), says('I have looked.'), says('A second answer.')],
	});
	for (const [path, content] of Object.entries(files)) {
		await opened.write(path, content);
	}

	await send(opened, {type: 'open-spec', name: 'products'}, {type: 'send', text: 'look around'}, {type: 'send', text: 'and then?'});
	opened.fake.assertDone();
	await opened.session.close();
	await opened.fake.close();
	const [file = '', ...others] = journalsOf(folder);
	expect(others).toEqual([]);
	return file;
}

type Resumed = {readonly opened: TestSession; readonly problems: readonly string[]};

/** Leaves exactly these bytes as the journal, goes on with `continue`, and sends one message to the strict service. */
async function resumed(folder: TempFolder, file: string, text: string): Promise<Resumed> {
	for (const other of journalsOf(folder)) {
		rmSync(other);
	}

	writeFileSync(file, text);
	const opened = await openTestSession({folder, script: [says('Welcome back.')]});
	await send(opened, {type: 'continue'}, {type: 'open-spec', name: 'products'}, {type: 'send', text: 'go on'});
	await opened.session.close();
	await opened.fake.close();
	return {
		opened,
		problems: [...opened.fake.violations, ...(opened.fake.requests.length === 1 ? [] : [`${opened.fake.requests.length} requests`])],
	};
}

test('B02, B06 a conversation that stops after any of its records, or in the middle of one, is resumed with a request the service accepts', async () => {
	await using folder = await tempFolder();
	const file = await talked(folder);
	const lines = linesOf(file);
	const refused: string[] = [];
	for (let count = 1; count <= lines.length; count++) {
		const kept = `${lines.slice(0, count).join('\n')}\n`;
		const torn = `${kept}${(lines[count] ?? '{"n":99,"record":{"type"').slice(0, -9)}`;
		for (const [name, text] of [
			[`cut after line ${count}`, kept],
			[`line ${count + 1} torn`, torn],
		] as const) {
			const {opened, problems} = await resumed(folder, file, text);
			refused.push(...problems.map(problem => `${name}: ${problem}`));
			if (count > 2) {
				expect(JSON.stringify(opened.fake.requests[0]?.body.messages), name).toContain('look around');
			}
		}
	}

	expect(refused).toEqual([]);
});

test('B04 a conversation with any one record unreadable is resumed with a request the service accepts, and its bytes stay', async () => {
	await using folder = await tempFolder();
	const file = await talked(folder);
	const lines = linesOf(file);
	const refused: string[] = [];
	for (const index of [...lines.keys()].slice(1)) {
		const text = `${lines.with(index, '#'.repeat(40)).join('\n')}\n`;
		const {problems} = await resumed(folder, file, text);
		refused.push(...problems.map(problem => `${/"type":"([\w.-]+)"/.exec(lines[index] ?? '')?.[1] ?? 'header'} lost: ${problem}`));
		expect(readFileSync(file, 'utf8').startsWith(text)).toBe(true);
	}

	expect(refused).toEqual([]);
});

test('B06 a command that was running when the program died is answered as interrupted, and is not run again', async () => {
	const opened = await openTestSession({script: [calls(['run', {command: 'echo x >> runs; echo begun; sleep 300'}])]});
	answerWith(opened, () => ({key: 'y'}));
	const turn = opened.session.send({type: 'send', text: 'What does it print?'});
	await happened(opened, 'call.output', ({text}) => text.includes('begun'));
	// What a death at this moment would leave: what is on disk now, and nothing that is written later.
	const [file = ''] = journalsOf(opened.folder);
	const left = readFileSync(file);
	await send(opened, {type: 'interrupt'});
	await turn;
	await opened.session.close();
	writeFileSync(file, left);
	await using again = await opened.reopen([says('It was interrupted.')]);
	await send(again, {type: 'continue'});
	expect(again.session.store.state().conversations[again.session.store.state().current!]?.turn).toMatchObject({
		isRunning: false,
		end: 'interrupted',
	});
	await send(again, {type: 'send', text: 'and?'});
	again.fake.assertDone();
	expect(resultsIn(again.fake.requests[0]!.body)).toMatchObject([{isError: true, text: expect.stringContaining('Interrupted')}]);
	expect(readFileSync(join(again.root, 'runs'), 'utf8')).toBe('x\n');
});

test('B07 a conversation of a newer version is shown, told as read-only, and not a byte of it changes', async () => {
	await using folder = await tempFolder();
	const file = await talked(folder);
	const newer = readFileSync(file, 'utf8').replace(/^\{"schema":1/, '{"schema":2');
	expect(newer).toContain('"schema":2');
	const {opened, problems} = await resumed(folder, file, newer);
	expect(problems).toEqual([]);
	expect(JSON.stringify(opened.fake.requests[0]?.body.messages)).toContain('look around');
	expect(eventsOf(opened, 'noticed').map(({text}) => text)).toContainEqual(expect.stringContaining('newer kiro-tui'));
	expect(readFileSync(file, 'utf8')).toBe(newer);
});

test('B09 a folder that is gone is told in a sentence, not in a stack trace', async () => {
	await using folder = await tempFolder();
	const run = await new Promise<CliRun>(resolve => {
		const child = spawn('/bin/sh', ['-c', 'mkdir gone && cd gone && rmdir ../gone && exec "$0" "$1" status', process.execPath, launcher], {
			cwd: folder.path,
			env: cliEnvironment({home: folder.path}),
		});
		let stdout = '';
		let stderr = '';
		child.stdout.on('data', chunk => {
			stdout += chunk;
		});
		child.stderr.on('data', chunk => {
			stderr += chunk;
		});
		child.on('close', code => resolve({code, stdout, stderr}));
	});
	expect(run.stderr).toMatch(/folder/);
	expect(run.stderr).not.toMatch(/\n\s+at |uv_cwd|node:internal/);
	expect(run.code).toBe(1);
});

test('B10 a second program leaves a conversation alone that the first still works in, and both go on', async () => {
	await using first = await openTestSession({files, script: [calls(['list', {}]), says('Look.')]});
	await send(first, {type: 'open-spec', name: 'products'}, {type: 'send', text: 'look around'});
	const second = await openTestSession({folder: first.folder, script: [says('The second answers.')]});
	first.fake.script(calls(['ask', {question: 'Which one?', options: [{label: 'this'}, {label: 'that'}]}]), says('The first is done.'));
	const turn = first.session.send({type: 'send', text: 'ask me something'});
	const {ask} = await happened(first, 'asked');
	// Opening the spec is enough to reach its conversation: nothing may be repaired in it while its calls are being answered.
	await send(second, {type: 'open-spec', name: 'products'}, {type: 'send', text: 'what about me?'});
	await second.session.close();
	await second.fake.close();
	await send(first, {type: 'answer', ask: ask.id, answer: {key: '1'}});
	await turn;
	await first.session.close();
	const journals = journalsOf(first.folder).map(file => readFileSync(file, 'utf8'));
	expect(journals.some(text => text.includes('ask me something') && text.includes('what about me?'))).toBe(false);
	const third = await openTestSession({folder: first.folder, script: [says('Whole.')]});
	await send(third, {type: 'open-spec', name: 'products'}, {type: 'send', text: 'is it whole?'});
	await third.session.close();
	await third.fake.close();
	third.fake.assertDone();
});
