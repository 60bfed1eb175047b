import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {ReviewComment} from '../../source/protocol/review-comment.ts';
import {hunksOf} from '../../source/spec/patch-hunks.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {eventsOf, newestMessage, openToBuild, refusalOf, send, specFolder} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject, type TestSession} from '../support/test-session.ts';

const id = '1.1' as TaskId;
const textOf = (opened: TestSession, path: string) => readFileSync(join(opened.root, path), 'utf8');
const boxes = (opened: TestSession) => textOf(opened, `${specFolder}/tasks.md`).match(/- \[.\]\*? [\d.]+/g);
const shown = (opened: TestSession) => opened.session.store.state().diff?.files ?? [];
const patchOf = (opened: TestSession, path: string) => shown(opened).find(file => file.path === path)?.patch ?? '';
const plan = (...lines: readonly string[]) => ({[`${specFolder}/tasks.md`]: `# P\n\n## Tasks\n\n${lines.join('\n')}\n`});
const builds = calls(
	['read', {path: 'src/sum.js'}],
	['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
	['write', {path: 'src/multiply.js', content: multiplyCode}],
	['edit', {path: 'src/sum.js', old_text: 'return a + b;', new_text: 'return b + a;'}],
);

async function built(): Promise<TestSession> {
	const opened = await openToBuild({script: [builds, says('Done.')]});
	await send(opened, {type: 'run-tasks', tasks: 'all'}, {type: 'show-diff', task: id});
	return opened;
}

const edits = (before: string, after: string) => [
	calls(['read', {path: 'src/sum.js'}], ['edit', {path: 'src/sum.js', old_text: before, new_text: after}]),
	says('Done.'),
];

test('the diff of a task leaves out what a later task changed in the same file', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First', '- [ ] 2. Second')});
	opened.fake.script(...edits('a + b', 'b + a'), ...edits('b + a', 'b + a + 0'));
	await send(opened, {type: 'run-tasks', tasks: 'all'}, {type: 'command', text: '/diff 1'});
	expect(shown(opened).map(file => file.path)).toEqual(['src/sum.js']);
	expect(patchOf(opened, 'src/sum.js')).toContain('-\treturn a + b;\n+\treturn b + a;\n');
	await send(opened, {type: 'command', text: '/diff 2'});
	expect(patchOf(opened, 'src/sum.js')).toContain('-\treturn b + a;\n+\treturn b + a + 0;\n');
});

test('the diff of a task covers all its attempts', async () => {
	await using opened = await openToBuild({files: plan('- [ ] 1. First')});
	opened.fake.script(...edits('a + b', 'a - b'), says('No.'), says('No.'), ...edits('a - b', 'b + a'));
	await send(opened, {type: 'command', text: '/start 1'}, {type: 'command', text: '/start 1'}, {type: 'show-diff', task: '1' as TaskId});
	expect(boxes(opened)).toEqual(['- [x] 1.']);
	expect(patchOf(opened, 'src/sum.js')).toContain('-\treturn a + b;\n+\treturn b + a;\n');
});

const comment: ReviewComment = {path: 'src/multiply.js', line: 2, quoted: '+\treturn a * b;', text: 'Say why the order matters'};

test('comments are one message with path, line and quoted line, and the tests judge the repair', async () => {
	await using opened = await built();
	expect(boxes(opened)).toContain('- [x] 1.1');
	await send(opened, {type: 'comment-line', task: id, comment});
	opened.fake.script(
		calls(['read', {path: 'src/multiply.js'}], ['edit', {path: 'src/multiply.js', old_text: 'a * b;', new_text: 'b * a;'}]),
		says('Done.'),
	);
	const before = opened.fake.requests.length;
	await send(opened, {type: 'review-task', task: id, comments: [comment]});
	opened.fake.assertDone();
	const first = JSON.stringify(opened.fake.requests[before]?.body.messages.at(-1));
	expect(first).toContain('src/multiply.js, line 2');
	expect(first).toContain(String.raw`+\treturn a * b;`);
	expect(first).toContain('Say why the order matters');
	const ledger = opened.session.store.state().spec?.ledger ?? [];
	expect(
		ledger.flatMap(line => (line.type === 'tick' && line.task === id ? [line.marker] : line.type === 'task' ? [line.outcome] : [])),
	).toEqual(['done', '-', 'done']);
	expect(boxes(opened)).toContain('- [x] 1.1');
	expect(opened.session.store.state().comments).toEqual([]);
	expect(eventsOf(opened, 'task.finished').at(-1)).toMatchObject({outcome: 'done', grade: 'passing'});
});

test('a repair that breaks the tests leaves the task open', async () => {
	await using opened = await built();
	const breaks = calls(['read', {path: 'src/multiply.js'}], ['edit', {path: 'src/multiply.js', old_text: 'a * b;', new_text: 'a + b;'}]);
	opened.fake.script(breaks, says('Done.'), says('No.'), says('No.'));
	await send(opened, {type: 'review-task', task: id, comments: [comment]});
	expect(boxes(opened)).toContain('- [-] 1.1');
});

test('comments that were not sent are there in the next session, outside the repository', async () => {
	await using opened = await built();
	const other = {...comment, line: 1, quoted: '+export function multiply(a, b) {', text: 'Name them'};
	await send(opened, {type: 'comment-line', task: id, comment}, {type: 'comment-line', task: id, comment: other});
	await send(opened, {type: 'comment-line', task: id, comment: {...other, text: ''}});
	await using again = await opened.reopen();
	await send(again, {type: 'open-spec', name: 'products'}, {type: 'show-diff', task: id});
	expect(again.session.store.state().comments).toEqual([comment]);
});

test('a refused review keeps its comments and the tick', async () => {
	await using opened = await built();
	await send(opened, {type: 'comment-line', task: id, comment});
	writeFileSync(join(opened.root, specFolder, 'tasks.md'), `${textOf(opened, `${specFolder}/tasks.md`)}\n- [ ] 2. More\n`);
	expect(await refusalOf(opened, {type: 'review-task', task: id, comments: [comment]})).toContain('was changed after its approval');
	expect(boxes(opened)).toContain('- [x] 1.1');
	expect(opened.session.store.state().comments).toEqual([comment]);
	expect(newestMessage(opened.fake)).not.toContain('Say why');
});

const hunkOf = (opened: TestSession, path: string, index = 0) => hunksOf(patchOf(opened, path))[index]?.text ?? '';

test('a hunk is taken back alone, the proof still shows the task, and a bare undo brings it back', async () => {
	await using opened = await built();
	await send(opened, {type: 'revert-hunk', task: id, path: 'src/sum.js', hunk: hunkOf(opened, 'src/sum.js')});
	expect(textOf(opened, 'src/sum.js')).toBe(nodeProject['src/sum.js']);
	expect(textOf(opened, 'src/multiply.js')).toBe(multiplyCode);
	expect(boxes(opened)).toContain('- [x] 1.1');
	expect(eventsOf(opened, 'tests.finished').at(-1)?.report.counts).toMatchObject({failed: 0});
	expect(shown(opened).map(file => file.path)).not.toContain('src/sum.js');
	expect(await refusalOf(opened, {type: 'drop'})).toBe('There is no free turn to keep or drop');
	await send(opened, {type: 'undo'});
	expect(textOf(opened, 'src/sum.js')).toContain('return b + a;');
	expect(boxes(opened)).toContain('- [x] 1.1');
});

test('a task that its tests show no more is open again when a hunk is taken back', async () => {
	await using opened = await built();
	await send(opened, {type: 'revert-hunk', task: id, path: 'src/multiply.js', hunk: hunkOf(opened, 'src/multiply.js')});
	expect(existsSync(join(opened.root, 'src/multiply.js'))).toBe(false);
	expect(boxes(opened)).toEqual(['- [ ] 1.', '- [-] 1.1']);
	expect(opened.session.store.state().spec?.ledger.some(line => line.type === 'tick' && line.task === id && line.marker === '-')).toBe(
		true,
	);
	expect(eventsOf(opened, 'noticed').map(({text}) => text)).toContainEqual(expect.stringContaining('Task 1.1 is open again: '));
	await send(opened, {type: 'undo'});
	expect(textOf(opened, 'src/multiply.js')).toBe(multiplyCode);
});

test('a task whose test is taken back is shown no more', async () => {
	await using opened = await built();
	await send(opened, {type: 'revert-hunk', task: id, path: 'test/multiply.test.js', hunk: hunkOf(opened, 'test/multiply.test.js')});
	expect(boxes(opened)).toContain('- [-] 1.1');
});

test('a hunk that the file no longer holds is left alone', async () => {
	await using opened = await built();
	const hunk = hunkOf(opened, 'src/sum.js');
	writeFileSync(join(opened.root, 'src/sum.js'), 'by hand\n');
	expect(await refusalOf(opened, {type: 'revert-hunk', task: id, path: 'src/sum.js', hunk})).toBe(
		'src/sum.js no longer holds what the diff shows, so nothing was taken back',
	);
	expect(textOf(opened, 'src/sum.js')).toBe('by hand\n');
});

test('a task is undone whole after a hunk of it was taken back, and nothing is asked', async () => {
	await using opened = await built();
	await send(opened, {type: 'revert-hunk', task: id, path: 'src/sum.js', hunk: hunkOf(opened, 'src/sum.js')}, {type: 'undo', task: id});
	expect(eventsOf(opened, 'asked')).toEqual([]);
	expect(textOf(opened, 'src/sum.js')).toBe(nodeProject['src/sum.js']);
	expect(existsSync(join(opened.root, 'src/multiply.js'))).toBe(false);
	expect(boxes(opened)).toEqual(['- [ ] 1.', '- [ ] 1.1']);
});
