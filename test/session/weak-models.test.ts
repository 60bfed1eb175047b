import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {eventsOf, newestMessage, openToBuild, resultsIn, send, specFolder} from '../faults/stage.ts';
import {answers, call, calls, says, text, thinks} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject, openTestSession as open, smallSpec, type TestSession} from '../support/test-session.ts';

/** A session in which edits go unasked. */
const openTestSession: typeof open = ({options, ...rest} = {}) => open({...rest, options: {mode: 'auto-edit', ...options}});

/** What every call of a conversation was answered with, as the newest request tells it. */
function results(opened: TestSession): readonly string[] {
	return resultsIn(opened.fake.requests.at(-1)?.body ?? {messages: []}).map(result => result.text);
}

function ends(opened: TestSession) {
	return eventsOf(opened, 'turn.finished').map(({outcome, message, nextStep}) => ({outcome, message, nextStep}));
}

const finished = {outcome: 'finished', message: undefined, nextStep: undefined};
const missing = ['edit', {path: 'src/sum.js', old_text: 'nowhere', new_text: 'x'}] as const;

/** One free turn; every reply of the script is asked for. */
async function free(opened: TestSession, ask = 'What is this?') {
	await send(opened, {type: 'send', text: ask});
	opened.fake.assertDone();
}

describe('an answer that ends the turn with nothing', () => {
	test.each([
		['thinking alone', thinks('Hm, what to do?')],
		['no block at all', answers([])],
		['white space', answers([text('\n\n')])],
	])('%s is told once, and the turn goes on', async (_, reply) => {
		await using opened = await openTestSession({script: [reply, calls(['read', {path: 'src/sum.js'}]), says('It adds.')]});
		await free(opened);
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('neither words nor a call');
		expect(ends(opened)).toEqual([finished]);
	});

	test('a second time it ends the turn, the person sees it, and the next message is accepted', async () => {
		await using opened = await openTestSession({script: [thinks('Hm'), thinks('Hm again')]});
		await free(opened);
		expect(ends(opened)).toEqual([
			{
				outcome: 'empty',
				message: 'The model ended its turn without words and without a call, also when it was asked again',
				nextStep: 'Say what to do instead, or choose another model with /model',
			},
		]);
		opened.fake.script(says('Here I am.'));
		await free(opened, 'And now?');
	});

	test('a task that ends so is not ticked', async () => {
		await using opened = await openToBuild({script: [thinks('Hm'), thinks('Hm again')]});
		await send(opened, {type: 'start-task', task: '1.1' as never});
		opened.fake.assertDone();
		expect(eventsOf(opened, 'task.finished')).toMatchObject([
			{outcome: 'interrupted', why: 'the model ended its turn without words and without a call'},
		]);
	});
});

describe('a call written as text', () => {
	test('is never run and is told once in a turn', async () => {
		const written = '```json\n{"name": "write", "arguments": {"path": "a.txt", "content": "x"}}\n```';
		await using opened = await openTestSession({script: [says(written), calls(['list', {}]), says(written)]});
		await free(opened);
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('a call to `write` written as text');
		expect(results(opened)[0]).not.toContain('a.txt');
		expect(ends(opened)).toEqual([finished]);
	});

	test('one that is only announced is asked for', async () => {
		await using opened = await openTestSession({
			script: [says('Let me look at the file:'), calls(['read', {path: 'src/sum.js'}]), says('It adds.')],
		});
		await free(opened);
		expect(JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1))).toContain('ends with a colon and no call follows');
	});

	test('what the person said meanwhile goes along', async () => {
		await using opened = await openTestSession();
		let queued: Promise<unknown> = Promise.resolve();
		opened.fake.script(() => {
			queued = opened.session.send({type: 'send', text: 'Why not only look?'});
			return says('<function=run><parameter=command>ls</parameter></function>');
		}, says('I look.'));
		await free(opened);
		await queued;
		expect(newestMessage(opened.fake)).toMatch(/a call to `run` written as text.*Why not only look/);
	});
});

describe('a document in the chat', () => {
	const create = {type: 'create-spec', name: 'products', idea: 'multiply numbers', route: 'feature'} as const;

	test('is told which tool writes it, and is written then', async () => {
		await using opened = await openTestSession({
			script: [
				says(`Here it is:\n\n\`\`\`markdown\n${smallSpec.requirements}\`\`\`\n`),
				calls(['write_document', {document: 'requirements', content: smallSpec.requirements}]),
				says('Look at it.'),
			],
		});
		await send(opened, create);
		opened.fake.assertDone();
		const told = JSON.stringify(opened.fake.requests[1]?.body.messages.at(-1));
		expect(told).toContain('Your answer holds the text of requirements.md, but no file was written');
		expect(told).toContain('`document`: `requirements`');
		expect(readFileSync(join(opened.root, specFolder, 'requirements.md'), 'utf8')).toBe(smallSpec.requirements);
	});

	test.each([
		['a draft with a question behind it', `${smallSpec.requirements}\nShall I write it like this?`],
		['words about it', 'WHEN two numbers are given, a product comes back.\n\n## Next\n\nI would begin with 1.1.'],
	])('%s is left to the person', async (_, answer) => {
		await using opened = await openTestSession({script: [says(answer)]});
		await send(opened, create);
		opened.fake.assertDone();
	});

	test('is left alone once it is on disk', async () => {
		await using opened = await openTestSession({
			script: [calls(['write_document', {document: 'requirements', content: smallSpec.requirements}]), says(smallSpec.requirements)],
		});
		await send(opened, create);
		opened.fake.assertDone();
	});

	test('of another stage is refused with the one that this stage writes', async () => {
		await using opened = await openTestSession({
			script: [calls(['write_document', {document: 'design', content: '# Design Document\n'}]), says('I see.')],
		});
		await send(opened, create);
		opened.fake.assertDone();
		expect(results(opened)).toEqual([
			'design is not written in this stage. This stage writes requirements. Say what should change there instead.',
		]);
	});
});

describe('names from elsewhere', () => {
	test('a tool of another program is answered with the one here and its fields', async () => {
		await using opened = await openTestSession({
			script: [
				calls(
					['Bash', {command: 'ls'}],
					['read_file', {path: 'src/sum.js'}],
					['str_replace_editor', {}],
					['functions.write', {}],
					['TodoWrite', {todos: []}],
					['attempt_completion', {}],
					['fly', {}],
				),
				says('I see.'),
			],
		});
		await free(opened);
		expect(results(opened)).toEqual([
			'There is no tool called "Bash" here. Use run, which takes: command, timeout_s (optional).',
			'There is no tool called "read_file" here. Use read, which takes: path, offset (optional), limit (optional).',
			'There is no tool called "str_replace_editor" here. Use edit, which takes: path, old_text, new_text.',
			'There is no tool called "functions.write" here. Use write, which takes: path, content.',
			'There is no tool called "TodoWrite" here. No list of steps is kept here: go on with the work itself.',
			'There is no tool called "attempt_completion" here. A turn ends with a plain answer without a call.',
			'There is no tool called "fly" here. The tools are: ask, edit, edit_document, list, package, read, run, search, write.',
		]);
	});

	test('where nothing does the same, that is said', async () => {
		await using opened = await openTestSession({script: [calls(['bash', {command: 'ls'}], ['write_to_file', {}]), says('I see.')]});
		await send(opened, {type: 'create-spec', name: 'products', idea: 'multiply numbers', route: 'feature'});
		opened.fake.assertDone();
		expect(results(opened)).toEqual([
			'There is no tool called "bash" here, and nothing in this stage does that. The tools are: ask, edit_document, list, package, read, search, write_document.',
			'There is no tool called "write_to_file" here. Use write_document, which takes: document, content.',
		]);
	});

	test('a field of another program, or one that is left out, is answered with its name here', async () => {
		await using opened = await openTestSession({
			script: [
				calls(
					['edit', {file_path: 'src/sum.js', old_string: 'a', new_string: 'b', replace_all: true}],
					['run', {cmd: 'ls'}],
					['write', {path: 'a.txt', text: 'x'}],
					['write', {}],
				),
				says('I see.'),
			],
		});
		await free(opened);
		expect(results(opened)).toEqual([
			'The input of edit is not right: "file_path" is called "path" here; "old_string" is called "old_text" here; "new_string" is called "new_text" here; "replace_all" is not known here. It takes: path, old_text, new_text.',
			'The input of run is not right: "cmd" is called "command" here. It takes: command, timeout_s (optional).',
			'The input of write is not right: "text" is called "content" here. It takes: path, content.',
			'The input of write is not right: "path" is missing; "content" is missing. It takes: path, content.',
		]);
	});
});

describe('calls that keep failing', () => {
	const readSum = calls(['read', {path: 'src/sum.js'}]);
	const sameCall = {
		outcome: 'looping',
		message: 'Stopped: the model sent the same failing call 5 times',
		nextStep: 'Say what to do instead, or choose another model with /model',
	};

	test('the same one is advised against at the third time and stops the turn at the fifth, whatever is read in between', async () => {
		const failing = calls(missing);
		await using opened = await openTestSession({script: [readSum, failing, readSum, failing, failing, readSum, failing, failing]});
		await free(opened);
		expect(ends(opened)).toEqual([sameCall]);
		opened.fake.script(says('I try something else.'));
		await free(opened, 'What else is there?');
		expect(results(opened).map(result => /failed (\d) times/.exec(result)?.[1])).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
			'3',
			undefined,
			'4',
			'5',
		]);
	});

	test('the same mistake in other words is the same call', async () => {
		const failing = [1, 2, 3, 4, 5].map(number => calls(['write', {content: `attempt ${number}`}]));
		await using opened = await openTestSession({script: failing});
		await free(opened);
		expect(ends(opened)).toEqual([sameCall]);
	});

	test('two that take turns stop it after eight', async () => {
		const turns = Array.from({length: 8}, (_, index) => calls(['read', {path: index % 2 === 0 ? 'gone.js' : 'lost.js'}]));
		await using opened = await openTestSession({script: turns});
		await free(opened);
		expect(ends(opened)).toMatchObject([
			{outcome: 'looping', message: 'Stopped: the model sent 8 failing calls in a row, the same few in turn'},
		]);
	});

	test('a change in between, eight different ones, and one answer full of them go on', async () => {
		const change = (to: string, from: string) => calls(['edit', {path: 'src/sum.js', old_text: from, new_text: to}]);
		const different = Array.from({length: 9}, (_, index) => calls(['read', {path: `gone-${index}.js`}]));
		const failing = calls(missing);
		await using opened = await openTestSession({
			script: [
				...[
					readSum,
					failing,
					failing,
					failing,
					failing,
					change('b + a', 'a + b'),
					failing,
					failing,
					failing,
					failing,
					change('a + b', 'b + a'),
				],
				...different,
				calls(...Array.from({length: 6}, () => missing)),
				says('Enough.'),
			],
		});
		await free(opened);
		expect(ends(opened)).toEqual([finished]);
	});

	test('a task that is stopped so is not ticked, and earns its tick later', async () => {
		const failing = calls(['read', {path: 'gone.js'}]);
		await using opened = await openToBuild({script: [failing, failing, failing, failing, failing]});
		await send(opened, {type: 'start-task', task: '1.1' as never});
		opened.fake.assertDone();
		expect(eventsOf(opened, 'task.finished')).toMatchObject([{outcome: 'interrupted', why: 'the model kept sending calls that fail'}]);
		expect(readFileSync(join(opened.root, specFolder, 'tasks.md'), 'utf8')).toContain('[-] 1.1');
		opened.fake.script(
			calls(
				['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
				['write', {path: 'src/multiply.js', content: multiplyCode}],
			),
			says('Done.'),
		);
		await send(opened, {type: 'start-task', task: '1.1' as never});
		opened.fake.assertDone();
		expect(eventsOf(opened, 'task.finished').at(-1)).toMatchObject({outcome: 'done'});
	});
});

describe('files', () => {
	const long = Array.from({length: 60}, (_, index) => `export const value${index} = ${index};`).join('\n');
	const files = {...nodeProject, 'src/long.js': `${long}\n`};

	test('an invented path is answered with those like it', async () => {
		await using opened = await openTestSession({
			files: {...files, 'lib/secrets.json': '{}', 'out/long.js': '', '.gitignore': 'out\n'},
			script: [
				calls(
					['read', {path: 'lib/sum.js'}],
					['read', {path: 'src/sum.ts'}],
					['edit', {path: 'src/lnog.js', old_text: 'a', new_text: 'b'}],
					['read', {path: 'nothing-like-that.md'}],
					['read', {path: 'src/secrets.ts'}],
					['list', {path: 'source/tests'}],
					['search', {pattern: 'x', path: 'src/summ.js'}],
				),
				says('I see.'),
			],
		});
		await free(opened);
		expect(results(opened)).toEqual([
			'lib/sum.js does not exist. Paths like it: src/sum.js.',
			'src/sum.ts does not exist. Paths like it: src/sum.js.',
			'src/lnog.js does not exist. Paths like it: src/long.js.',
			'nothing-like-that.md does not exist. Use list or search to find the right path.',
			'src/secrets.ts does not exist. Use list or search to find the right path.',
			'source/tests does not exist. Paths like it: test.',
			'src/summ.js does not exist. Paths like it: src/sum.js.',
		]);
	});

	test('a file that is unchanged since it was read is not sent again, but for a part that is asked for', async () => {
		const plain = ['read', {path: 'src/long.js'}] as const;
		await using opened = await openTestSession({
			files,
			script: [calls(plain), calls(plain), calls(['read', {path: 'src/long.js', offset: 60}]), says('I see.')],
		});
		await free(opened);
		expect(results(opened)).toEqual([
			`src/long.js (60 lines)\n${long}`,
			'src/long.js is unchanged since you read it: its text stands in this conversation already. To see a part of it again, read with offset and limit.',
			'src/long.js (lines 60–60 of 60)\nexport const value59 = 59;',
		]);
	});

	test('it is sent again after an edit, after an edit that did not find its text, and after a person changed it', async () => {
		const plain = calls(['read', {path: 'src/long.js'}]);
		await using opened = await openTestSession({files});
		opened.fake.script(
			plain,
			calls(['edit', {path: 'src/long.js', old_text: 'value59 = 59', new_text: 'value59 = 60'}]),
			plain,
			calls(['edit', {path: 'src/long.js', old_text: 'nowhere', new_text: 'x'}]),
			plain,
			says('I see.'),
		);
		await free(opened);
		await opened.write('src/long.js', `${long}\n// mine\n`);
		opened.fake.script(plain, says('I see.'));
		await free(opened, 'What is there now?');
		const edited = `src/long.js (60 lines)\n${long.replace('= 59', '= 60')}`;
		const shown = results(opened).filter(result => result.startsWith('src/long.js ('));
		expect(shown).toEqual([`src/long.js (60 lines)\n${long}`, edited, edited, `src/long.js (61 lines)\n${long}\n// mine`]);
	});

	test('a conversation that was restored is sent it again', async () => {
		const plain = calls(['read', {path: 'src/long.js'}]);
		await using first = await openTestSession({files, script: [plain, says('I see.')]});
		await free(first);
		await using second = await first.reopen([plain, says('I see.')]);
		await send(second, {type: 'continue'}, {type: 'send', text: 'What is this?'});
		second.fake.assertDone();
		expect(results(second)).toEqual([`src/long.js (60 lines)\n${long}`, `src/long.js (60 lines)\n${long}`]);
	});

	test('a write that sends a whole file for a small change is told of edit, and stands', async () => {
		const changed = `${long.replace('= 59', '= 60')}\n`;
		await using opened = await openTestSession({
			files,
			script: [
				calls(['read', {path: 'src/long.js'}], ['write', {path: 'src/long.js', content: changed}]),
				calls(['write', {path: 'src/long.js', content: 'export const value = 1;\n'}]),
				says('Done.'),
			],
		});
		await free(opened);
		expect(results(opened).slice(1)).toEqual([
			'Replaced src/long.js: 1 lines added, 1 removed. Only 1 of 60 lines differ: to change a part use edit, which needs only that part.',
			'Replaced src/long.js: 1 lines added, 60 removed.',
		]);
	});
});

describe('giant output', () => {
	const wide = `${'x'.repeat(50_000)}needle${'y'.repeat(50_000)}`;
	const files = {
		...nodeProject,
		'wide.txt': `${wide}\n`,
		'many.txt': 'needle in a line\n'.repeat(5000),
		...Object.fromEntries(Array.from({length: 700}, (_, index) => [`deep/${index}/a.txt`, ''])),
	};

	test('of every tool is bounded, and says how the rest is seen', async () => {
		const invented = 'z'.repeat(200_000);
		await using opened = await openTestSession({
			files,
			options: {rules: [{effect: 'allow', capability: 'command', match: 'seq *', from: 'user'}]},
			script: [
				calls(
					['read', {path: 'wide.txt'}],
					['read', {path: 'many.txt'}],
					['search', {pattern: 'needle', path: 'wide.txt'}],
					['search', {pattern: 'needle', path: 'many.txt'}],
					['list', {path: 'deep'}],
					['run', {command: 'seq 1 100000'}],
					['search', {pattern: invented, literal: true}],
					[invented.slice(0, 100), {}],
				),
				answers([call('read', {path: 'wide.txt', [invented]: 1})]),
				says('I see.'),
			],
		});
		await free(opened);
		const all = results(opened);
		expect(all.filter(result => result.length > 64_200)).toEqual([]);
		expect(all[0]).toContain('more characters in this line: search shows the part around a match]');
		expect(all[1]).toContain('more lines: read again with offset 1001]');
		expect(all[2]).toMatch(/^wide\.txt\n1: …x{100}needley+…$/);
		expect(all[3]).toContain('narrow it with path, glob or a longer pattern');
		expect(all[4]).toContain('give a folder as path, or a glob, to see them]');
		expect(all[5]).toContain('characters left out: run it with grep, head or tail to see them');
		expect(all[6]).toContain('characters left out: ask for less at once to see them]');
	});
});
