import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {openProject} from './project.ts';

const requirements = '.kiro/specs/todo/requirements.md';
const tasks = '.kiro/specs/todo/tasks.md';
const progress = '# Plan\n\n- [x] 1. Set up\n- [-] 2. Store\n  - [x] 2.1 Load\n  - [ ] 2.2 Save\n- [ ]* 3. Polish\n';

describe('write_document', () => {
	test('writes an absent or empty document of this stage, and no other', async () => {
		using project = openProject({documents: ['requirements']});
		const {ok, display} = await project.use('write_document', {document: 'requirements', content: '# Requirements Document'});
		expect([ok, project.bytes(requirements), project.calls]).toEqual([
			true,
			'# Requirements Document\n',
			[`before ${requirements}`, `after ${requirements}`],
		]);
		expect(display).toMatchObject({kind: 'diff', path: requirements, added: 1, removed: 0});
		expect((await project.use('write_document', {document: 'design', content: 'x'})).forModel).toBe(
			'design is not written in this stage. This stage writes requirements. Say what should change there instead.',
		);
	});

	test.each([
		['design', '# Requirements export: design\n'],
		['design', '# Tasks of a worker pool\n'],
		['requirements', '# Bugfix Requirements Document\n'],
		['tasks', '# Implementation Plan: Requirements\n'],
	] as const)('takes for %s what only speaks of another document: %s', async (document, content) => {
		using project = openProject({documents: [document]});
		expect((await project.use('write_document', {document, content})).ok).toBe(true);
	});

	test('never writes over text that is there', async () => {
		using project = openProject({documents: ['requirements'], files: {[requirements]: 'A person wrote this\n'}});
		const {ok, forModel} = await project.use('write_document', {document: 'requirements', content: 'x'});
		expect([ok, project.bytes(requirements)]).toEqual([false, 'A person wrote this\n']);
		expect(forModel).toContain('with edit_document');
	});

	test('begins every task as [ ]', async () => {
		using project = openProject({documents: ['tasks']});
		const ticked = await project.use('write_document', {document: 'tasks', content: '- [ ] 1. a\n- [x] 2. b\n'});
		expect([ticked.ok, ticked.forModel]).toEqual([
			false,
			'Task 2 would be marked [x]. Only the program marks tasks, on evidence: write every box as [ ].',
		]);
		expect((await project.use('write_document', {document: 'tasks', content: '- [ ] 1. a\n```\n- [x] shown\n```\n'})).ok).toBe(true);
	});
});

describe('edit_document', () => {
	test('needs no reading first, because the document is pinned', async () => {
		using project = openProject({documents: ['requirements'], files: {[requirements]: '1. WHEN a\r\n2. WHEN b\r\n'}});
		const {ok, forModel} = await project.use('edit_document', {
			document: 'requirements',
			old_text: 'WHEN b\n',
			new_text: 'WHEN b $&\n3. WHEN c\n',
		});
		expect([ok, project.bytes(requirements)]).toEqual([true, '1. WHEN a\r\n2. WHEN b $&\r\n3. WHEN c\r\n']);
		expect(forModel).toBe(`Edited ${requirements}: 2 lines added, 1 removed.`);
	});

	test('is made on the bytes of a person who edited elsewhere, and says so', async () => {
		using project = openProject({documents: ['requirements'], files: {[requirements]: 'one\ntwo\n'}});
		await project.use('read', {path: requirements});
		project.put(requirements, 'one\ntwo\nby hand\n');
		const {ok, forModel} = await project.use('edit_document', {document: 'requirements', old_text: 'one', new_text: '1'});
		expect([ok, project.bytes(requirements)]).toEqual([true, '1\ntwo\nby hand\n']);
		expect(forModel).toContain('It had changed elsewhere since you last read it; those changes are kept.');
	});

	test('leaves the lines that a person changed, and tells the model to read', async () => {
		using project = openProject({documents: ['requirements'], files: {[requirements]: 'one\ntwo\n'}});
		await project.use('read', {path: requirements});
		project.put(requirements, 'one by hand\ntwo\n');
		const {ok, forModel} = await project.use('edit_document', {document: 'requirements', old_text: 'one\n', new_text: '1\n'});
		expect([ok, project.bytes(requirements)]).toEqual([false, 'one by hand\ntwo\n']);
		expect(forModel).toContain('A person changed');
	});

	test('keeps an edit that a person saves in the very moment of the write', async () => {
		let isFirst = true;
		using project = openProject({
			documents: ['requirements'],
			files: {[requirements]: 'one\ntwo\n'},
			beforeWrite(path) {
				if (isFirst) {
					isFirst = false;
					writeFileSync(path, `${readFileSync(path, 'utf8')}by hand\n`);
				}
			},
		});
		const {ok} = await project.use('edit_document', {document: 'requirements', old_text: 'one', new_text: '1'});
		expect([ok, project.bytes(requirements)]).toEqual([true, '1\ntwo\nby hand\n']);
	});

	test('carries the markers over that the model is not told, and adds none', async () => {
		using project = openProject({documents: ['tasks'], files: {[tasks]: progress}});
		const {ok} = await project.use('edit_document', {
			document: 'tasks',
			old_text: '- [ ] 2. Store\n  - [ ] 2.1 Load\n',
			new_text: '- [ ] 2. Store on disk\n  - [ ] 2.1 Load\n  - [ ] 2.3 Check\n',
		});
		expect([ok, project.bytes(tasks)]).toEqual([
			true,
			'# Plan\n\n- [x] 1. Set up\n- [-] 2. Store on disk\n  - [x] 2.1 Load\n  - [ ] 2.3 Check\n  - [ ] 2.2 Save\n- [ ]* 3. Polish\n',
		]);
	});

	test('refuses to tick, to start and to add a ticked task', async () => {
		using project = openProject({documents: ['tasks'], files: {[tasks]: progress}});
		const answers = await Promise.all([
			project.use('edit_document', {document: 'tasks', old_text: '- [ ] 2.2 Save', new_text: '- [x] 2.2 Save'}),
			project.use('edit_document', {document: 'tasks', old_text: '[ ] 2.2', new_text: '[-] 2.2'}),
			project.use('edit_document', {document: 'tasks', old_text: '- [ ]* 3. Polish', new_text: '- [ ]* 3. Polish\n- [x] 4. More'}),
			project.use('edit_document', {document: 'tasks', old_text: '- [x] 2.1 Load', new_text: '- [~] 2.1 Load'}),
		]);
		expect(answers.map(({ok}) => ok)).toEqual([false, false, false, false]);
		expect(project.bytes(tasks)).toBe(progress);
		expect((await project.use('edit_document', {document: 'tasks', old_text: '- [x] 2.1 Load', new_text: '- [x] 2.1 Load it'})).ok).toBe(
			true,
		);
		expect(readFileSync(join(project.root, tasks), 'utf8')).toContain('- [x] 2.1 Load it\n');
	});
});
