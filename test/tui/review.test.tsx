import {afterEach, expect, test} from 'vitest';
import type {Event} from '../../source/protocol/event.ts';
import {hunksOf} from '../../source/spec/patch-hunks.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {scenes} from '../scenes/index.ts';
import {openStage, type Stage} from '../scenes/stage.tsx';
import * as story from '../scenes/story.ts';

const task = '1.1' as TaskId;
const events: readonly Event[] = scenes.find(scene => scene.name === 'task-done')?.events ?? [];

let stage: Stage;
afterEach(() => stage.close());

async function open(size = {columns: 80, rows: 24}): Promise<void> {
	stage = await openStage(events, size);
	await stage.pass(900);
	await stage.tell(story.diffShown);
}

/** The one line that is marked as chosen. */
function chosen(): string {
	const rows = stage.frame().split('\n').slice(1, -4);
	return rows.filter(row => row.startsWith('›')).join('\n');
}

test.each([
	{columns: 60, rows: 15},
	{columns: 200, rows: 60},
])('one line is marked, and always on screen, at $columns by $rows', async size => {
	await open(size);
	expect(chosen()).toBe('›- const limit = 5000;');
	const seen = new Set([chosen()]);
	for (let count = 0; count < 30; count++) {
		await stage.press('j');
		expect(chosen()).not.toBe('');
		seen.add(chosen());
	}

	expect(chosen()).toBe('›+ });');
	expect(seen.has('›+    t.mock.timers.enable();')).toBe(true);
	await stage.press('g');
	expect(chosen()).toBe("›  import {platform} from 'node:process';");
	expect(stage.frame()).toContain('src/notify.js');
});

test('the keys of hunks, pages and edges choose a line', async () => {
	await open({columns: 60, rows: 15});
	await stage.press('}');
	expect(chosen()).toBe('›-    return run(commandFor(platform, title, body));');
	await stage.press('}');
	expect(chosen()).toBe("›+ import test from 'node:test';");
	await stage.press('{', '{');
	expect(chosen()).toBe('›- const limit = 5000;');
	await stage.press('pagedown');
	expect(chosen()).not.toBe('›- const limit = 5000;');
	await stage.press('pageup', 'G');
	expect(chosen()).toBe('›+ });');
});

test('c writes a comment on the chosen line, and on a line that has one changes it; an empty one takes it away', async () => {
	await open();
	await stage.press('c');
	expect(stage.frame()).toContain('comment on line 3:');
	await stage.press('Name the unit', 'enter');
	const comment = {path: 'src/notify.js', line: 3, quoted: '-const limit = 5000;', text: 'Name the unit'};
	expect(stage.sent).toEqual([{type: 'comment-line', task, comment}]);
	await stage.tell({type: 'review.changed', task, comments: [comment]});
	expect(stage.frame()).toMatch(/›- const limit = 5000;\n +▏ you: Name the unit\n/);
	await stage.press('c');
	expect(stage.frame()).toMatch(/comment on line 3: *Name the unit/);
	await stage.press('ctrl+u', 'enter');
	expect(stage.sent.at(-1)).toEqual({type: 'comment-line', task, comment: {...comment, text: ''}});
});

test('of a comment that is longer than its row the end is in sight', async () => {
	await open();
	await stage.press('c', 'a word, '.repeat(20), 'and the end');
	expect(stage.frame()).toContain('and the end');
});

test('r sends all comments as one repair and closes the diff; without one it says so', async () => {
	await open();
	expect(stage.frame()).toContain('r send 1');
	await stage.press('r');
	expect(stage.sent).toEqual([{type: 'review-task', task, comments: story.diffShown.comments}]);
	expect(stage.frame()).not.toContain('Changes: task 1.1');
	await stage.tell({type: 'diff.shown', title: 'task 1.1', task, files: [{path: 'src/notify.js', patch: story.notifyPatch}]});
	await stage.press('r');
	expect(stage.sent).toHaveLength(1);
	expect(stage.frame()).toContain('No comment to send yet');
});

test('x asks with the hunk shown; only y takes it back, and Esc leaves the question before the diff', async () => {
	await open();
	const hunk = hunksOf(story.notifyPatch)[0]?.text ?? '';
	await stage.press('x');
	expect(stage.frame()).toMatch(/Take back this hunk of src\/notify\.js\?[\s\S]*-const limit = 5000;/);
	await stage.press('escape');
	expect(stage.frame()).toContain('Changes: task 1.1');
	expect(stage.frame()).not.toContain('Take back this hunk');
	await stage.press('x', 'n', 'x', 'enter');
	expect(stage.sent).toEqual([]);
	await stage.press('y');
	expect(stage.sent).toEqual([{type: 'revert-hunk', task, path: 'src/notify.js', hunk}]);
	expect(stage.frame()).toContain('Changes: task 1.1');
});

test('a diff that is a hunk shorter leaves the reader where they are; one without the file at the top begins anew', async () => {
	await open({columns: 60, rows: 15});
	await stage.press('G', 'k');
	const [first, second] = story.diffShown.files;
	await stage.tell({...story.diffShown, files: [{path: first?.path ?? '', patch: ''}, ...(second === undefined ? [] : [second])]});
	expect(chosen()).toBe('›+    t.mock.timers.enable();');
	await stage.tell({...story.diffShown, files: second === undefined ? [] : [second], comments: []});
	expect(stage.frame().split('\n')[2]).toBe(' test/notify.test.js');
});

test('m asks the session for a commit, whose question is answered without Tab', async () => {
	await open();
	await stage.press('m');
	expect(stage.sent).toEqual([{type: 'commit-task', task}]);
	const options = [
		{key: 'y', label: 'commit'},
		{key: 'n', label: 'no'},
	];
	await stage.tell({type: 'asked', ask: {id: 'c', kind: 'commit', title: 'Commit?', lines: ['Limit'], options, takesText: false}});
	await stage.pass(400);
	await stage.press('y');
	await stage.pass(400);
	expect(stage.sent.at(-1)).toEqual({type: 'answer', ask: 'c', answer: {key: 'y'}});
});

test('a comment whose line went stands over the diff', async () => {
	await open();
	const gone = {path: 'src/old.js', line: 7, quoted: '+\u001B[2Jold();', text: 'Why?'};
	await stage.tell({type: 'review.changed', task, comments: [gone]});
	await stage.press('g');
	expect(stage.frame()).toContain('src/old.js:7 is not in the diff any more: +\\x1b[2Jold();');
	await stage.press('c', 'ctrl+u', 'enter');
	expect(stage.sent).toEqual([{type: 'comment-line', task, comment: {...gone, text: ''}}]);
});
