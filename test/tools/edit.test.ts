import {linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openProject} from './project.ts';

describe('edit', () => {
	test('replaces one text and leaves every other byte: mixed line ends, byte order mark, no final newline', async () => {
		using project = openProject({files: {'a.txt': '\uFEFFone\r\ntwo\nthree\r\nfour'}});
		await project.use('read', {path: 'a.txt'});
		const {ok, display} = await project.use('edit', {path: 'a.txt', old_text: 'two\nthree\n', new_text: '2\n3\n'});
		expect(ok).toBe(true);
		expect(readFileSync(join(project.root, 'a.txt'), 'utf8')).toBe('\uFEFFone\r\n2\n3\nfour');
		expect(display).toMatchObject({kind: 'diff', path: 'a.txt', added: 2, removed: 2});
	});

	test('finds text with \\n in a file with \\r\\n, and writes new lines in the manner of the file', async () => {
		using project = openProject({files: {'a.txt': 'one\r\ntwo\r\nthree\r\n'}});
		await project.use('read', {path: 'a.txt'});
		await project.use('edit', {path: 'a.txt', old_text: 'one\ntwo', new_text: 'one\nhalf\ntwo'});
		await project.use('edit', {path: 'a.txt', old_text: 'three', new_text: 'three\nfour'});
		expect(project.bytes('a.txt')).toBe('one\r\nhalf\r\ntwo\r\nthree\r\nfour\r\n');
	});

	test('takes the new text literally, also where it looks like a replacement pattern', async () => {
		using project = openProject({files: {'a.txt': 'x = 1;\n'}});
		await project.use('read', {path: 'a.txt'});
		await project.use('edit', {path: 'a.txt', old_text: '1', new_text: "$& $` $' $1 \\1 $$"});
		expect(project.bytes('a.txt')).toBe("x = $& $` $' $1 \\1 $$;\n");
	});

	test('changes nothing when the text is missing or occurs twice, and says where', async () => {
		using project = openProject({files: {'a.txt': 'same();\n  other(1);\nsame();\n'}});
		await project.use('read', {path: 'a.txt'});
		const twice = await project.use('edit', {path: 'a.txt', old_text: 'same();', new_text: 'x'});
		const missing = await project.use('edit', {path: 'a.txt', old_text: '\tother(1);\n', new_text: 'x'});
		expect([twice.ok, missing.ok, project.bytes('a.txt'), project.calls]).toEqual([false, false, 'same();\n  other(1);\nsame();\n', []]);
		expect(twice.forModel).toContain('on lines 1, 3. Include lines around the one you mean.');
		expect(missing.forModel).toContain('line 2:   other(1);');
	});

	test('takes an exact text of a file that was not read; what is not exact has to be read first', async () => {
		using project = openProject({files: {'a.txt': '\tone();\n'}});
		const guessed = await project.use('edit', {path: 'a.txt', old_text: '    one();', new_text: '\ttwo();'});
		expect(guessed.forModel).toBe('You have not read a.txt yet, and it does not hold old_text exactly. Read it, then edit it.');
		expect((await project.use('edit', {path: 'a.txt', old_text: '\tone();', new_text: '\ttwo();'})).ok).toBe(true);
		expect(project.bytes('a.txt')).toBe('\ttwo();\n');
	});

	test('asks to read a file again when a person changed it since', async () => {
		using project = openProject({files: {'a.txt': 'one\n'}});
		const change = {path: 'a.txt', old_text: 'one', new_text: '1'};
		await project.use('read', {path: 'a.txt'});
		project.put('a.txt', 'one and mine\n');
		expect((await project.use('edit', change)).forModel).toBe(
			'a.txt changed since you read it. Read it again, then edit what is there now.',
		);
		expect(project.bytes('a.txt')).toBe('one and mine\n');
	});

	test('keeps a person’s bytes that arrive while it writes', async () => {
		using project = openProject({files: {'a.txt': 'one\n'}, beforeWrite: path => writeFileSync(path, 'mine\n')});
		await project.use('read', {path: 'a.txt'});
		const {ok, forModel} = await project.use('edit', {path: 'a.txt', old_text: 'one', new_text: '1'});
		expect([ok, project.bytes('a.txt'), project.calls]).toEqual([false, 'mine\n', ['before a.txt']]);
		expect(forModel).toContain('those changes stay');
	});

	test('may follow its own edits without reading again, keeping undo and the watcher informed', async () => {
		using project = openProject();
		await project.use('write', {path: 'src/deep/a.txt', content: 'one\n'});
		await project.use('edit', {path: 'src/deep/a.txt', old_text: 'one', new_text: 'two'});
		const {ok} = await project.use('edit', {path: 'src/deep/a.txt', old_text: 'two', new_text: 'three'});
		expect([ok, project.bytes('src/deep/a.txt'), project.calls]).toEqual([
			true,
			'three\n',
			[
				'before src/deep/a.txt',
				'after src/deep/a.txt',
				'before src/deep/a.txt',
				'after src/deep/a.txt',
				'before src/deep/a.txt',
				'after src/deep/a.txt',
			],
		]);
	});

	test('refuses files that are no UTF-8 text', async () => {
		using project = openProject({
			files: {'a.bin': new Uint8Array([1, 0, 2]), 'b.txt': new Uint8Array([0xff, 0xfe, 65, 0]), 'c.txt': new Uint8Array([0xe9])},
		});
		const answers = await Promise.all(['a.bin', 'b.txt', 'c.txt'].map(path => project.use('edit', {path, old_text: 'A', new_text: 'B'})));
		expect(answers.map(({forModel}) => forModel)).toEqual([
			'a.bin is not opened: it is binary.',
			'b.txt is not opened: it is UTF-16, and only UTF-8 is edited.',
			'c.txt is not opened: it is not UTF-8.',
		]);
	});
});

describe('write', () => {
	test('makes missing folders, and replaces only a file that was read, in its manner', async () => {
		using project = openProject({files: {'a.txt': '\uFEFFone\r\ntwo\r\n'}});
		expect((await project.use('write', {path: 'x/y/z.txt', content: 'z'})).forModel).toBe('Created x/y/z.txt: 1 lines added, 0 removed.');
		const unread = await project.use('write', {path: 'a.txt', content: 'three\n'});
		expect(unread.forModel).toBe('a.txt exists, and you have not read it yet. Read it first; use edit to change a part of it.');
		await project.use('read', {path: 'a.txt'});
		await project.use('write', {path: 'a.txt', content: 'three\nfour\n'});
		expect(readFileSync(join(project.root, 'a.txt'), 'utf8')).toBe('\uFEFFthree\r\nfour\r\n');
	});

	test('never replaces a file that appeared while it wrote', async () => {
		using project = openProject({beforeWrite: path => writeFileSync(path, 'mine\n')});
		const {ok} = await project.use('write', {path: 'a.txt', content: 'its\n'});
		expect([ok, project.bytes('a.txt')]).toEqual([false, 'mine\n']);
	});

	test('and edit leave the specs to the document tools, by whatever name they are reached', async () => {
		using project = openProject({files: {'.kiro/specs/todo/tasks.md': '- [ ] 1. a\n'}});
		symlinkSync('.kiro', join(project.root, 'link'));
		await project.use('read', {path: '.kiro/specs/todo/tasks.md'});
		const answers = await Promise.all([
			project.use('edit', {path: '.kiro/specs/todo/tasks.md', old_text: '[ ]', new_text: '[x]'}),
			project.use('edit', {path: 'link/specs/todo/tasks.md', old_text: '[ ]', new_text: '[x]'}),
			project.use('write', {path: './.kiro/../.kiro/specs/todo/tasks.md', content: 'x'}),
			project.use('write', {path: '.kiro/specs/todo/ledger.jsonl', content: 'x'}),
		]);
		expect(answers.filter(({ok}) => ok)).toEqual([]);
		expect(project.bytes('.kiro/specs/todo/tasks.md')).toBe('- [ ] 1. a\n');
	});

	test('never follows a link out of the workspace that the path does not show', async () => {
		using outside = openProject({files: {'secret.txt': 'secret\n'}});
		using project = openProject();
		symlinkSync(outside.root, join(project.root, 'out'));
		symlinkSync(join(outside.root, 'new.txt'), join(project.root, 'dangling.txt'));
		const answers = await Promise.all([
			project.use('read', {path: 'out/secret.txt'}),
			project.use('write', {path: 'out/new.txt', content: 'x'}),
			project.use('write', {path: 'dangling.txt', content: 'x'}),
		]);
		expect(answers.map(({ok, forModel}) => [ok, forModel.includes('leads out of the workspace through a link')])).toEqual([
			[false, true],
			[false, true],
			[false, true],
		]);
		expect(() => outside.bytes('new.txt')).toThrow();
	});

	test('is stopped by a link that is planted after the path was looked at', async () => {
		using outside = openProject();
		using project = openProject({
			beforeWrite(path) {
				rmSync(join(path, '..'), {recursive: true});
				symlinkSync(outside.root, join(path, '..'));
			},
		});
		mkdirSync(join(project.root, 'src'));
		const {ok} = await project.use('write', {path: 'src/a.txt', content: 'x'});
		expect(ok).toBe(false);
		expect(() => outside.bytes('a.txt')).toThrow();
	});

	test('keeps both names of a hard link on the same bytes', async () => {
		using project = openProject({files: {'a.txt': 'one\n'}});
		linkSync(join(project.root, 'a.txt'), join(project.root, 'b.txt'));
		await project.use('read', {path: 'a.txt'});
		await project.use('edit', {path: 'a.txt', old_text: 'one', new_text: 'two'});
		expect(project.bytes('b.txt')).toBe('two\n');
	});
});
