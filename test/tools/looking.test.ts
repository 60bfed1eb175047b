import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {toolsFor} from '../../source/tools/index.ts';
import {openProject} from './project.ts';

describe('the table of tools', () => {
	test('gives each stage what it may do, sorted by name', () => {
		const names = (stage: Parameters<typeof toolsFor>[0]) =>
			toolsFor(stage)
				.map(tool => tool.name)
				.join(' ');
		const documents = 'ask edit_document end_turn list package read search write_document';
		expect([names('requirements'), names('design'), names('tasks')]).toEqual([documents, documents, documents]);
		expect(names('implement')).toBe('ask edit end_turn expect_red list read run search write');
		expect(names('vibe')).toBe('ask edit edit_document end_turn list package read run search write');
	});

	test('tells the model strict schemas, and refuses other input with a sentence it can act on', () => {
		const [edit] = toolsFor('implement').filter(tool => tool.name === 'edit');
		expect(edit!.inputSchema).toMatchObject({type: 'object', required: ['path', 'old_text', 'new_text'], additionalProperties: false});
		expect(edit!.parse({path: 'a', old_text: 1, extra: 'x'})).toEqual({
			ok: false,
			message: '"old_text" must be of type string; "new_text" is missing; "extra" is not known here. It takes: path, old_text, new_text.',
		});
		expect(edit!.parse({path: 'a\0b', old_text: '', new_text: ''})).toEqual({
			ok: false,
			message: '"path" holds a NUL character; "old_text" must not be empty. It takes: path, old_text, new_text.',
		});
		expect(edit!.parse('a')).toMatchObject({ok: false});
		expect(edit!.parse({path: 'a', old_text: 'b', new_text: 'c', description: 'why'})).toEqual({
			ok: true,
			input: {path: 'a', old_text: 'b', new_text: 'c'},
		});
		expect(edit!.action({path: 'a', old_text: 'b', new_text: 'c'})).toEqual({kind: 'write', path: 'a'});
	});
});

describe('read', () => {
	test('shows text as it can be copied into an edit, and where the rest is', async () => {
		using project = openProject({files: {'a.txt': '\uFEFFone\r\ntwo\r\nthree\r\n'}});
		expect((await project.use('read', {path: 'a.txt'})).forModel).toBe('a.txt (3 lines)\none\ntwo\nthree');
		expect((await project.use('read', {path: 'a.txt', offset: 2, limit: 1})).forModel).toBe(
			'a.txt (lines 2–2 of 3)\ntwo\n[1 more lines: read again with offset 3]',
		);
		expect((await project.use('read', {path: 'a.txt', offset: 9})).forModel).toBe('a.txt has 3 lines, so there is no line 9.');
	});

	test('is bounded for long files and long lines', async () => {
		using project = openProject({files: {'long.txt': 'x'.repeat(3_000_000), 'many.txt': `${'y'.repeat(99)}\n`.repeat(20_000)}});
		const long = await project.use('read', {path: 'long.txt'});
		const many = await project.use('read', {path: 'many.txt', limit: 4000});
		expect([long.forModel.length < 3000, many.forModel.length < 50_000]).toEqual([true, true]);
		expect(long.forModel).toContain('[… 2998000 more characters in this line: search shows the part around a match]');
		expect(many.forModel).toMatch(/\[19520 more lines: read again with offset 481\]$/);
	});

	test('says what it does not show: folders, pictures, what is absent', async () => {
		using project = openProject({files: {'src/a.txt': '', 'a.png': new Uint8Array([137, 80, 0])}});
		const answers = await Promise.all(['src', 'a.png', 'b.txt', 'src/a.txt'].map(path => project.use('read', {path})));
		expect(answers.map(({forModel}) => forModel)).toEqual([
			'src is not opened: it is a folder. Use list to see what is in it.',
			'a.png is an image, and images are not shown here.',
			'b.txt does not exist. Use list or search to find the right path.',
			'src/a.txt is empty.',
		]);
	});
});

describe('list and search', () => {
	const files = {
		'.gitignore': 'dist\n',
		'dist/a.js': 'needle',
		'src/a.ts': 'one\nneedle (1)\nthree\n',
		'src/b.ts': 'x',
		'.env': 'KEY=needle',
		'README.md': '# hi',
	};

	test('list what git does not ignore, by folder and glob', async () => {
		using project = openProject({files});
		mkdirSync(join(project.root, 'empty'));
		expect((await project.use('list', {})).forModel.split('\n')).toEqual(['.env', '.gitignore', 'README.md', 'src/a.ts', 'src/b.ts']);
		expect((await project.use('list', {path: 'src', glob: '*a*'})).forModel).toBe('src/a.ts');
		expect((await project.use('list', {path: 'empty'})).forModel).toBe(
			'There are no files in empty (files that git ignores are not listed).',
		);
		expect((await project.use('list', {path: 'gone'})).forModel).toBe('gone does not exist. Use list or search to find the right path.');
		expect((await project.use('list', {path: '..'})).ok).toBe(false);
	});

	test('sum up by folder what is too much to show', async () => {
		const many = Object.fromEntries(Array.from({length: 400}, (_, index) => [`src/deep/${index}.ts`, '']));
		using project = openProject({files: {...many, 'a.txt': ''}});
		expect((await project.use('list', {})).forModel).toBe(
			'a.txt\nsrc/ (400 files)\n[401 files; give a folder as path, or a glob, to see them]',
		);
	});

	test('find lines with what stands around them, and never the content of files with secrets', async () => {
		using project = openProject({files});
		expect((await project.use('search', {pattern: 'needle'})).forModel).toBe('src/a.ts\n2: needle (1)');
		expect((await project.use('search', {pattern: 'NEEDLE (1)', literal: true, ignore_case: true, context: 1})).forModel).toBe(
			'src/a.ts\n1- one\n2: needle (1)\n3- three',
		);
		expect((await project.use('search', {pattern: 'absent', path: 'src'})).forModel).toBe('No line matches "absent" in src.');
		expect((await project.use('search', {pattern: '(', path: 'src'})).forModel).toContain('Set literal to true');
	});
});

describe('run and ask', () => {
	test('run gives output and exit code, live and without colours', async () => {
		const live: string[] = [];
		using project = openProject({onOutput: text => live.push(text)});
		const {ok, forModel, display} = await project.use('run', {command: "printf '\\033[31mred\\033[0m\\n'; echo err >&2; exit 3"});
		expect([ok, forModel.split('\n').sort(), live.join('').includes('red')]).toEqual([false, ['[exit code 3]', 'err', 'red'], true]);
		expect(display).toMatchObject({kind: 'lines', summary: expect.stringMatching(/^exit code 3 · /)});
	});

	test('run tells that tests failed although their output went through tail; what head cut short has not failed', async () => {
		using project = openProject({files: {'check.sh': 'echo 1 failed\nexit 1\n'}});
		const ends = [
			'bash check.sh | tail -5',
			'bash check.sh 2>&1 | grep failed',
			'bash -c "seq 1 1000000" | head -1',
			'grep absent check.sh | tail -1',
		];
		const results = await Promise.all(ends.map(command => project.use('run', {command})));
		expect(results.map(({ok}) => ok)).toEqual([false, false, true, true]);
		expect(results.map(({forModel}) => forModel)).toEqual([
			'1 failed\n[exit code 1]',
			'1 failed\n[exit code 1]',
			'1\n[exit code 0]',
			'(no output)\n[exit code 0]',
		]);
	});

	test('run keeps the head and the tail of long output', async () => {
		using project = openProject();
		const {ok, forModel} = await project.use('run', {command: 'echo first; seq 1 20000; echo last'});
		expect([ok, forModel.startsWith('first\n1\n'), forModel.endsWith('last\n[exit code 0]'), forModel.length < 17_000]).toEqual([
			true,
			true,
			true,
			true,
		]);
		expect(forModel).toMatch(/\[… \d+ characters left out/);
	});

	test('run stops what does not end, never later than the settings allow', async () => {
		using project = openProject({commandTimeoutMs: 300});
		const {ok, forModel} = await project.use('run', {command: 'echo started; sleep 60', timeout_s: 50});
		expect([ok, forModel]).toEqual([false, 'started\n[stopped after 0.3 s without ending; it must end by itself and wait for no input]']);
	});

	test('ask hands back the answer, chosen or in own words', async () => {
		using project = openProject({answer: 'Only on Linux'});
		const {forModel} = await project.use('ask', {question: 'Where?', options: [{label: 'Everywhere', effect: 'three notifiers'}]});
		expect(forModel).toBe('The answer: Only on Linux');
		const six = Array(6).fill({label: 'x'});
		expect((await project.use('ask', {question: 'Where?', options: six})).forModel).toBe(
			'"options" must not be over 5 entries. It takes: question, options (optional).',
		);
	});
});
