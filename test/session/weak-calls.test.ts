import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {eventsOf, openToBuild, send, specFolder} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {askFreely, ends, finished, openEditing, results, startSpec} from '../support/free-turn.ts';
import {multiplyCode, multiplyTest} from '../support/test-session.ts';

const missing = ['edit', {path: 'src/sum.js', old_text: 'nowhere', new_text: 'x'}] as const;

describe('names from elsewhere', () => {
	test('a tool of another program is answered with the one here and its fields', async () => {
		await using opened = await openEditing({
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
		await askFreely(opened);
		expect(results(opened)).toEqual([
			'There is no tool called "Bash" here. Use run, which takes: command, timeout_s (optional).',
			'There is no tool called "read_file" here. Use read, which takes: path, offset (optional), limit (optional).',
			'There is no tool called "str_replace_editor" here. Use edit, which takes: path, old_text, new_text.',
			'There is no tool called "functions.write" here. Use write, which takes: path, content.',
			'There is no tool called "TodoWrite" here. No list of steps is kept here: go on with the work itself.',
			'There is no tool called "attempt_completion" here. Use end_turn, which takes: message.',
			'There is no tool called "fly" here. The tools are: ask, edit, edit_document, end_turn, list, package, read, run, search, write.',
		]);
	});

	test('where nothing does the same, that is said', async () => {
		await using opened = await openEditing({script: [calls(['bash', {command: 'ls'}], ['write_to_file', {}]), says('I see.')]});
		await startSpec(opened);
		expect(results(opened)).toEqual([
			'There is no tool called "bash" here, and nothing in this stage does that. The tools are: ask, edit_document, end_turn, list, package, read, search, write_document.',
			'There is no tool called "write_to_file" here. Use write_document, which takes: document, content.',
		]);
	});

	test('a field of another program is taken where it is certain; else, as one that is left out, it is answered with its name here', async () => {
		await using opened = await openEditing({
			script: [
				calls(
					['edit', {file_path: 'src/sum.js', old_string: 'a', new_string: 'b', replace_all: true}],
					['run', {command: 'ls', timeout: 5}],
					['write', {path: 'a.txt', text: 'x'}],
					['write', {}],
				),
				says('I see.'),
			],
		});
		await askFreely(opened);
		expect(results(opened)).toEqual([
			'The input of edit is not right: "replace_all" is not known here. It takes: path, old_text, new_text.',
			'The input of run is not right: "timeout" is called "timeout_s" here. It takes: command, timeout_s (optional).',
			'Created a.txt: 1 lines added, 0 removed.',
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
		await using opened = await openEditing({script: [readSum, failing, readSum, failing, failing, readSum, failing, failing]});
		await askFreely(opened);
		expect(ends(opened)).toEqual([sameCall]);
		opened.fake.script(says('I try something else.'));
		await askFreely(opened, 'What else is there?');
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
		await using opened = await openEditing({script: failing});
		await askFreely(opened);
		expect(ends(opened)).toEqual([sameCall]);
	});

	test('two that take turns stop it after eight', async () => {
		const turns = Array.from({length: 8}, (_, index) => calls(['read', {path: index % 2 === 0 ? 'gone.js' : 'lost.js'}]));
		await using opened = await openEditing({script: turns});
		await askFreely(opened);
		expect(ends(opened)).toMatchObject([
			{outcome: 'looping', message: 'Stopped: the model sent the same few calls 8 times in a row, to no effect'},
		]);
	});

	test('looks that tell what they told before are advised against at the third time and stop it after eight', async () => {
		const turns = Array.from({length: 9}, () => calls(['list', {}]));
		await using opened = await openEditing({script: turns});
		await askFreely(opened);
		expect(ends(opened)).toMatchObject([
			{outcome: 'looping', message: 'Stopped: the model sent the same few calls 8 times in a row, to no effect'},
		]);
		opened.fake.script(says('I go on.'));
		await askFreely(opened, 'Go on');
		expect(results(opened).map(result => /told the same (\d) times/.exec(result)?.[1])).toEqual([
			undefined,
			undefined,
			'3',
			'4',
			'5',
			'6',
			'7',
			'8',
			'9',
		]);
	});

	test('a change in between, eight different ones, and one answer full of them go on', async () => {
		const change = (to: string, from: string) => calls(['edit', {path: 'src/sum.js', old_text: from, new_text: to}]);
		const different = Array.from({length: 9}, (_, index) => calls(['read', {path: `gone-${index}.js`}]));
		const failing = calls(missing);
		await using opened = await openEditing({
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
		await askFreely(opened);
		expect(ends(opened)).toEqual([finished]);
	});

	test('a task that is stopped so is not ticked, and earns its tick later', async () => {
		const failing = calls(['read', {path: 'gone.js'}]);
		await using opened = await openToBuild({script: [failing, failing, failing, failing, failing]});
		await send(opened, {type: 'start-task', task: '1.1' as never});
		opened.fake.assertDone();
		expect(eventsOf(opened, 'task.finished')).toMatchObject([
			{outcome: 'interrupted', why: 'the model kept sending the same calls to no effect'},
		]);
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
