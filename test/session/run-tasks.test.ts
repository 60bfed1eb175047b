import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {TaskId} from '../../source/spec/tasks.ts';
import {eventsOf, openToBuild, projectWithSpec, refusalOf, send, specFolder} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {tempFolder} from '../support/temp-folder.ts';
import type {TestSession} from '../support/test-session.ts';

const tasksFile = (opened: TestSession) => join(opened.root, specFolder, 'tasks.md');
const boxes = (opened: TestSession) => readFileSync(tasksFile(opened), 'utf8').match(/- \[.\]\*? [\d.]+/g);
const finished = (opened: TestSession) => eventsOf(opened, 'task.finished').map(({task, outcome}) => `${task} ${outcome}`);
const plan = (...lines: readonly string[]) => ({[`${specFolder}/tasks.md`]: `# P\n\n## Tasks\n\n${lines.join('\n')}\n`});

function change(opened: TestSession, find: string, replacement: string) {
	const text = readFileSync(tasksFile(opened), 'utf8');
	expect(text).toContain(find);
	writeFileSync(tasksFile(opened), text.replace(find, replacement));
}

test('checkpoints with the same words are run once each, and each ticks its own box', async () => {
	const checkpoint = 'Checkpoint - Ensure all tests pass';
	await using opened = await openToBuild({files: plan(`- [ ] 1. ${checkpoint}`, `- [ ] 2. ${checkpoint}`)});
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	expect(finished(opened)).toEqual(['1 done', '2 done']);
	expect(boxes(opened)).toEqual(['- [x] 1.', '- [x] 2.']);
});

test('a task that a person ticks while the one before runs is left alone', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First', '- [ ] 2. Second', '- [ ] 3. Third')});
	opened.fake.script(() => {
		change(opened, '[ ] 2.', '[x] 2.');
		return says('Done 1.');
	}, says('Done 3.'));
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	opened.fake.assertDone();
	expect(finished(opened)).toEqual(['1 done', '3 done']);
});

test('a second run while one is at work is refused and leaves the queue of the first', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First', '- [ ] 2. Second')});
	let second: Promise<string | undefined> = Promise.resolve('');
	opened.fake.script(() => {
		second = refusalOf(opened, {type: 'run-tasks', tasks: 'all'});
		return says('Done 1.');
	}, says('Done 2.'));
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	expect(await second).toBe('The run is still running');
	expect(eventsOf(opened, 'run.queued').map(({tasks}) => tasks.length)).toEqual([2, 2, 1, 0, 0]);
});

test('a task whose whole run came later has its cost in the ledger once', async () => {
	const folder = await tempFolder();
	const files = {
		...projectWithSpec,
		...plan('- [ ] 1. First'),
		'test/first.test.js': "import test from 'node:test';\nimport '../src/sum.js';\ntest('first', () => {});\n",
	};
	for (const [path, content] of Object.entries(files)) {
		await folder.write(`project/${path}`, content);
	}

	await folder.write('kiro/config/settings.json', '{"tests": {"fullUnderMs": 0}}\n');
	await using opened = await openToBuild({folder});
	opened.fake.script(
		calls(['read', {path: 'src/sum.js'}], ['edit', {path: 'src/sum.js', old_text: 'return a + b;', new_text: 'return b + a;'}]),
		says('Done.'),
	);
	await send(opened, {type: 'command', text: '/start 1'});
	const spent = (opened.session.store.state().spec?.ledger ?? []).flatMap(line => (line.type === 'task' ? [line.usage?.output] : []));
	expect(spent).toEqual([14, 0]);
	expect(eventsOf(opened, 'task.finished').at(-1)?.usage.output).toBe(14);
});

test('a new conversation over the spec pins it as it is on disk, also in a task', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First'), script: [says('Done.')]});
	await send(opened, {type: 'command', text: '/start 1'}, {type: 'enter-stage', stage: 'implement'});
	const file = join(opened.root, specFolder, 'design.md');
	writeFileSync(file, readFileSync(file, 'utf8').replace('A function', 'A better function'));
	await send(opened, {type: 'repin'});
	const {conversations, current} = opened.session.store.state();
	expect(conversations[current ?? '']?.pinned.join('\n')).toContain('A better function');
});

test('of a long spec a task is told the outline, and whole what is its own', async () => {
	const chapter = (number: number) =>
		`### Requirement ${number}: Part ${number}\n\n#### Acceptance Criteria\n\n1. WHEN part ${number} is asked for, THE Sums SHALL return it ${'and more '.repeat(300)}to its very end\n\n`;
	const chapters = Array.from({length: 20}, (_, index) => chapter(index + 1)).join('');
	await using opened = await openToBuild({
		files: {
			...plan('- [ ] 1. Seventh\n  - _Requirements: 7.1_'),
			[`${specFolder}/requirements.md`]: `# Requirements Document\n\n## Requirements\n\n${chapters}`,
			[`${specFolder}/design.md`]: '# Design Document\n\n## Sevens\n\nHow 7.1 is met.\n\n## Eights\n\nHow 8.1 is met.\n',
		},
		script: [says('Not yet.'), says('Not yet.'), says('Not yet.')],
	});
	await send(opened, {type: 'command', text: '/start 1'});
	const [conversation] = Object.values(opened.session.store.state().conversations).filter(({task}) => task !== undefined);
	const pinned = conversation?.pinned.join('\n') ?? '';
	expect(pinned).toContain('7.1 WHEN part 7 is asked for');
	expect(pinned).not.toContain('to its very end');
	const opening = JSON.stringify(conversation?.messages[0]);
	expect(opening.match(/Requirement \d+: Part \d+/g)).toEqual(['Requirement 7: Part 7']);
	expect(opening).toContain('How 7.1 is met.');
	expect(opening).not.toContain('How 8.1 is met.');
});

const writes = (path: string, content: string) => [calls(['write', {path, content}]), says('Done.')];

test('bare undo goes back a step each time', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First', '- [ ] 2. Second')});
	opened.fake.script(...writes('src/one.js', '1;\n'), ...writes('src/two.js', '2;\n'));
	await send(opened, {type: 'run-tasks', tasks: 'all'}, {type: 'undo'}, {type: 'undo'});
	expect(eventsOf(opened, 'checkpoint.restored').map(({restored}) => restored)).toEqual([['src/two.js'], ['src/one.js']]);
	expect(boxes(opened)).toEqual(['- [ ] 1.', '- [ ] 2.']);
});

test('undo in one spec never takes back a task of another', async () => {
	const other = '.kiro/specs/other';
	await using opened = await openToBuild({
		files: {...plan('- [ ] 1. First'), [`${other}/tasks.md`]: '# O\n\n## Tasks\n\n- [ ] 1. Else\n'},
	});
	opened.fake.script(...writes('src/one.js', '1;\n'));
	await send(opened, {type: 'run-tasks', tasks: 'all'}, {type: 'open-spec', name: 'other'});
	expect(await refusalOf(opened, {type: 'undo', task: '1' as TaskId})).toContain('has no checkpoint here');
	await send(opened, {type: 'open-spec', name: 'products'}, {type: 'undo', task: '1' as TaskId});
	expect(eventsOf(opened, 'checkpoint.restored')).toMatchObject([{restored: ['src/one.js']}]);
});

test('a task is undone by its words, whatever number it has by now', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First', '- [ ] 2. Second')});
	opened.fake.script(...writes('src/one.js', '1;\n'), ...writes('src/two.js', '2;\n'));
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	change(opened, '- [x] 1. First\n- [x] 2. Second', '- [ ] 1. New\n- [x] 2. First\n- [x] 3. Second');
	await using again = await opened.reopen();
	await send(again, {type: 'open-spec', name: 'products'}, {type: 'undo', task: '2' as TaskId});
	expect(eventsOf(again, 'checkpoint.restored')).toMatchObject([{restored: ['src/one.js']}]);
	expect(boxes(again)).toEqual(['- [ ] 1.', '- [ ] 2.', '- [x] 3.']);
});

test('nothing else begins while an undo waits for its answer', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First')});
	opened.fake.script(...writes('src/one.js', '1;\n'));
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	writeFileSync(join(opened.root, 'src/one.js'), 'by hand\n');
	let refused: Promise<string | undefined> = Promise.resolve('');
	opened.session.store.subscribe(event => {
		if (event.type === 'asked') {
			queueMicrotask(async () => {
				refused = refusalOf(opened, {type: 'run-tests'});
				await refused;
				await opened.session.send({type: 'interrupt'});
			});
		}
	});
	expect(await refusalOf(opened, {type: 'undo'})).toBe('Nothing was undone');
	expect(await refused).toBe('Undo is still running');
	expect(readFileSync(join(opened.root, 'src/one.js'), 'utf8')).toBe('by hand\n');
});

const chain = plan('- [ ] 1. First', '- [ ] 2. Second', '- [ ] 3. Third', '- [ ] 4. Fourth');

test.each([
	['/run 2 to 3', ['2 done', '3 done']],
	['/run to 2', ['1 done', '2 done']],
	['/run 3', ['3 done', '4 done']],
])('%s runs these tasks and no others', async (text, done) => {
	await using opened = await openToBuild({files: chain, script: [says('Done.'), says('Done.')]});
	await send(opened, {type: 'command', text});
	expect(finished(opened)).toEqual(done);
});

test('only what failed is run again', async () => {
	await using opened = await openToBuild({
		files: {
			...chain,
			'test/late.test.js':
				"import test from 'node:test';\nimport {existsSync} from 'node:fs';\ntest('late', t => { if (existsSync('broken')) { throw new Error('broken'); } });\n",
		},
	});
	opened.fake.script(calls(['write', {path: 'broken', content: 'x'}]), says('Done 1.'), says('Done 1.'), says('Done 1.'));
	await send(opened, {type: 'command', text: '/start 1'});
	opened.fake.script(calls(['run', {command: 'rm broken'}]), says('Done 1.'));
	opened.session.store.subscribe(event => {
		if (event.type === 'asked') {
			queueMicrotask(() => void opened.session.send({type: 'answer', ask: event.ask.id, answer: {key: 'y'}}));
		}
	});
	await send(opened, {type: 'command', text: '/run failed'});
	expect(finished(opened)).toEqual(['1 failed', '1 done']);
	expect(await refusalOf(opened, {type: 'command', text: '/run failed'})).toBe('No open task has failed');
	await send(opened, {type: 'command', text: '/attempts 1'});
	const listed = eventsOf(opened, 'noticed').at(-1)?.text.split('\n') ?? [];
	expect(listed.filter(line => /^\d/.test(line))).toEqual([expect.stringContaining('failed, red'), expect.stringContaining('done, green')]);
	await send(opened, {type: 'command', text: '/attempts 1 1'});
	expect(opened.session.store.state().conversations[opened.session.store.state().current ?? '']?.task).toBe('1');
});

test('the queue of a run can be changed while it is at work', async () => {
	await using opened = await openToBuild({files: chain});
	opened.fake.script(
		() => {
			void opened.session.send({type: 'change-queue', task: '2' as TaskId});
			void opened.session.send({type: 'command', text: '/queue 3'});
			void opened.session.send({type: 'command', text: '/queue 3'});
			return says('Done 1.');
		},
		says('Done 4.'),
		says('Done 3.'),
	);
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	expect(finished(opened)).toEqual(['1 done', '4 done', '3 done']);
	expect(await refusalOf(opened, {type: 'change-queue', task: '2' as TaskId})).toBe('No run of several tasks is at work');
});

test('a done task can be started again, and its evidence is that of the newest attempt', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First'), script: [says('Done.'), says('Done again.')]});
	await send(opened, {type: 'command', text: '/start 1'}, {type: 'command', text: '/start 1'});
	expect(finished(opened)).toEqual(['1 done', '1 done']);
	expect(boxes(opened)).toEqual(['- [x] 1.']);
});

test('a message after an interrupted task goes on with it, and the tests tick it', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First')});
	opened.fake.script(
		() => {
			queueMicrotask(() => void opened.session.send({type: 'interrupt'}));
			return calls(['run', {command: 'sleep 30'}]);
		},
		calls(['write', {path: 'src/one.js', content: '1;\n'}]),
		says('Done.'),
	);
	await opened.session.send({type: 'command', text: '/start 1'});
	await send(opened, {type: 'send', text: 'go on, with one'});
	opened.fake.assertDone();
	expect(finished(opened)).toEqual(['1 interrupted', '1 done']);
	expect(boxes(opened)).toEqual(['- [x] 1.']);
	await send(opened, {type: 'command', text: '/undo 1'});
	expect(eventsOf(opened, 'asked').map(({ask}) => ask.kind)).not.toContain('undo');
	expect(boxes(opened)).toEqual(['- [ ] 1.']);
});

test('Esc at the question about later edits undoes nothing; after an undo the tests are run again', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First')});
	opened.fake.script(
		calls(['write', {path: 'src/one.js', content: '1;\n'}], ['write', {path: 'src/two.js', content: '2;\n'}]),
		says('Done.'),
	);
	await send(opened, {type: 'run-tasks', tasks: 'all'});
	writeFileSync(join(opened.root, 'src/one.js'), 'by hand\n');
	let key = 'escape';
	opened.session.store.subscribe(event => {
		if (event.type === 'asked') {
			queueMicrotask(() => void opened.session.send({type: 'answer', ask: event.ask.id, answer: {key}}));
		}
	});
	expect(await refusalOf(opened, {type: 'undo'})).toBe('Nothing was undone');
	expect(readFileSync(join(opened.root, 'src/two.js'), 'utf8')).toBe('2;\n');
	key = 'n';
	await send(opened, {type: 'undo'});
	expect(readFileSync(join(opened.root, 'src/one.js'), 'utf8')).toBe('by hand\n');
	expect(eventsOf(opened, 'checkpoint.restored').map(({restored}) => restored)).toEqual([['src/two.js']]);
	expect(eventsOf(opened, 'tests.started').at(-1)?.reason).toBe('vibe');
	expect(opened.session.store.state().run.results).toEqual({});
});
