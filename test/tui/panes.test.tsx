import {afterEach, describe, expect, test} from 'vitest';
import type {Event} from '../../source/protocol/event.ts';
import {scenes} from '../scenes/index.ts';
import {openStage, type Stage} from '../scenes/stage.tsx';
import * as story from '../scenes/story.ts';

const medium = {columns: 120, rows: 40};
const compact = {columns: 80, rows: 24};

let stage: Stage;
afterEach(() => stage.close());

function eventsOf(name: string): readonly Event[] {
	return scenes.find(scene => scene.name === name)?.events ?? [];
}

async function open(name: string, size = medium, more: readonly Event[] = []): Promise<Stage> {
	stage = await openStage([...eventsOf(name), ...more], size);
	await stage.pass(900);
	return stage;
}

function foot(lines = 4): string {
	return stage.frame().split('\n').slice(-lines).join('\n');
}

describe('the tests pane', () => {
	test('its keys run the tests again, stop them, send a failure to the chat and open its line', async () => {
		await open('task-red', compact);
		await stage.press('ctrl+x', '5', 'r', 'B', 'o', 'f');
		expect(stage.sent).toEqual([{type: 'run-tests'}, {type: 'run-tests'}]);
		expect(stage.opened).toEqual(['editor /home/ada/todo/test/notify.test.js:31']);
		expect(stage.frame()).toMatch(
			/› The test "1\.2 one message for several tasks" fails \(test\/notify\.test\.js:31\):\n +Expected 1 message/,
		);
		await stage.tell(...eventsOf('task-tests').slice(-2));
		await stage.press('ctrl+x', 'x');
		expect(stage.sent.at(-1)).toEqual({type: 'skip-tests'});
	});

	test('shows itself at medium when a run fails, and goes when all pass', async () => {
		await open('task-running');
		expect(stage.frame()).not.toContain('── Tests');
		await stage.tell(story.tested([...story.passing.slice(1), story.failing], [story.failing]));
		expect(stage.frame()).toMatch(/── Tests[\s\S]*✗ 1\.2 one message for several tasks[\s\S]*Expected 1 message, got 3/);
		await stage.tell(story.tested(story.passing, []));
		expect(stage.frame()).not.toContain('── Tests');
	});

	test('names the counterexample of a property, and a reproduction that is red as it should be', async () => {
		await open('task-running');
		const failure = {message: 'Error: Property failed after 2 tests', kind: 'assertion', inBody: true, counterexample: '[[3,1]]'} as const;
		const property = {...story.failing, failure};
		await stage.tell(story.tested([...story.passing.slice(1), property], [property]));
		expect(stage.frame()).toMatch(/── Tests[\s\S]*counterexample: \[\[3,1\]\]/);
		const told = story.tested([...story.passing.slice(1), story.failing], []);
		await stage.tell(
			told.type === 'tests.finished'
				? {...told, comparison: {newFailures: [], oldFailures: [], fixed: [], expected: [story.failing]}}
				: told,
		);
		await stage.press('ctrl+x', '5');
		expect(stage.frame()).toMatch(/✗ expected {2}1\.2 one message/);
	});

	test('says at once on a small screen what is red: in the tab how many, in the chat which', async () => {
		await open('task-running', compact);
		await stage.tell(story.tested([...story.passing.slice(1), story.failing], [story.failing]));
		expect(stage.frame()).toMatch(/5 Tests 1✗[\s\S]*✗ 1\.2 one message for several tasks {2}new/);
	});
});

describe('a diff', () => {
	const patch = '--- a/src/notify.js\n+++ b/src/notify.js\n@@ -1,2 +1,2 @@\n export const limit =\n-\t2000;\n+\t5000;\n';
	const shown: Event = {
		type: 'diff.shown',
		title: 'task 1.1',
		files: [
			{path: 'src/notify.js', patch},
			{path: 'logo.png', patch: ''},
		],
	};

	test('that was asked for covers the panes until Esc, and can be copied', async () => {
		await open('task-done', compact);
		await stage.press('ctrl+x', '3', 'j', 'D');
		expect(stage.sent).toEqual([{type: 'show-diff', task: '1.1'}]);
		await stage.tell(shown);
		expect(stage.frame()).toMatch(
			/Changes: task 1\.1[\s\S]*src\/notify\.js\n @@ -1,2 \+1,2 @@\n {3}export const limit =\n - {4}2000;\n \+ {4}5000;[\s\S]*logo\.png\n not a text/,
		);
		expect(stage.frame()).not.toContain('--- a/');
		await stage.press('y');
		expect(stage.opened).toEqual([`copy ${patch}\n`]);
		await stage.press('escape');
		expect(stage.frame()).not.toContain('Changes: task 1.1');
	});

	test('of a document against its approved text is one key away, and goes with the same key', async () => {
		await open('diff', compact);
		await stage.press('d');
		expect(stage.frame()).toMatch(/- 2\. IF .* longer than 2 s[\s\S]*\+ 2\. IF .* longer than 5 s/);
		await stage.press('escape');
		expect(stage.frame()).toContain('edited by hand  changed after approval');
	});

	test('says plainly when the approved text is not on this machine, or nothing was approved', async () => {
		const events = eventsOf('diff').filter(event => event.type !== 'approval.text-loaded');
		stage = await openStage(events, compact);
		await stage.press('d');
		expect(stage.frame()).toContain('The approved text is not on this machine');
		stage.close();
		await open('requirements-review', compact);
		await stage.press('ctrl+x', '1', 'd');
		expect(foot()).toContain('Requirements was never approved');
	});
});

test('u undoes the chosen task, or the newest work, after saying what that is', async () => {
	await open('task-done', compact, [{type: 'checkpoint.made', checkpoint: 'c1', label: 'vibe: make it blue'}]);
	await stage.press('ctrl+x', 'u');
	expect(stage.frame()).toContain('Undo the newest work: vibe: make it blue?');
	await stage.press('n');
	expect(stage.sent).toEqual([]);
	await stage.press('ctrl+x', 'u', 'y', 'ctrl+x', '3', 'j', 'u', 'y');
	expect(stage.sent).toEqual([{type: 'undo'}, {type: 'undo', task: '1.1'}]);
});

test('a document comes back from the editor with what was changed, marked, and the approval asks again', async () => {
	await open('requirements-review', compact, [story.approved('requirements')]);
	await stage.press('ctrl+x', '1', 'e');
	expect(stage.opened).toEqual(['editor /home/ada/todo/.kiro/specs/notify-when-done/requirements.md:1']);
	await stage.tell(story.document('requirements', story.editedText, {by: 'person', version: 2, changedLines: [story.editedLine]}));
	expect(stage.frame()).toMatch(/edited by hand {2}changed after approval[\s\S]*\+ 32 \| 2\. IF the notifier takes longer than 5 s/);
	expect(foot()).toContain('requirements.md changed after its approval');
});

test('a pane that was entered is offered only the keys that act in it', async () => {
	await open('ready-to-build', compact);
	expect(foot()).toContain('s start 1.1');
	await stage.press('ctrl+x', '2');
	expect(foot()).toContain('s start 1.1');
	await stage.press('s');
	expect(stage.sent).toEqual([{type: 'start-task', task: '1.1'}]);
});

describe('a mention', () => {
	test('lists the files of the project, the best first; Enter and Tab put the path into the text', async () => {
		await open('requirements-review', compact);
		await stage.press('look at @cli');
		expect(stage.frame()).toMatch(/› src\/cli\.js\n {3}test\/cli\.test\.js/);
		await stage.press('down', 'enter');
		expect(foot()).toContain('› look at test/cli.test.js');
		await stage.press('and @tasks', 'tab', 'enter');
		expect(stage.sent).toEqual([{type: 'send', text: 'look at test/cli.test.js and src/tasks.js '}]);
	});

	test('Esc leaves the word as it is, and a word that is no file is sent with Enter', async () => {
		await open('requirements-review', compact);
		await stage.press('@store', 'escape');
		expect(stage.frame()).not.toContain('src/store.js');
		await stage.press('enter');
		await stage.press('ask @ada', 'enter', 'mail ada@store', 'enter');
		expect(stage.sent).toEqual(['@store', 'ask @ada', 'mail ada@store'].map(text => ({type: 'send', text})));
	});

	test('offers no name that does not show what it is', async () => {
		await open('requirements-review', compact);
		await stage.press('@');
		expect(stage.frame()).toContain('README.md');
		expect(stage.frame()).not.toContain('evil');
	});
});

test('Ctrl+R goes on to older messages, and Esc gives back what was written', async () => {
	stage = await openStage(eventsOf('requirements-review'), compact, {history: ['ask one', 'other', 'ask two']});
	await stage.press('draft', 'ctrl+r', 'ask');
	expect(stage.frame()).toContain('search what you sent: ask');
	await stage.press('ctrl+r', 'enter');
	expect(foot()).toContain('› ask one');
	await stage.press('ctrl+r', 'oth', 'escape');
	expect(foot()).toContain('› ask one');
});

test('whatever is docked over them, the prompt, the hint and the status stay on screen', async () => {
	const guide = {label: 'recorded', caption: `3/9 ${'A caption that is long enough for several lines. '.repeat(6)}`};
	const permission = eventsOf('permission-hidden').slice(-1);
	stage = await openStage([...eventsOf('task-running'), ...permission], compact, {guide});
	for (const keys of [[], ['/'], ['escape', 'backspace', 'ctrl+x']]) {
		await stage.press(...keys);
		for (const rows of [8, 9, 10, 12, 15, 16, 20, 24, 30]) {
			for (const columns of [30, 60, 80, 120]) {
				await stage.resize({columns, rows});
				const lines = stage.frame().split('\n');
				expect(lines.at(-1)).toContain('recorded');
				expect(lines.at(-2)?.trim()).not.toBe('');
				expect(lines.slice(-5).some(line => line.startsWith(' ›'))).toBe(true);
			}
		}
	}
});
