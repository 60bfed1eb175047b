import {afterEach, describe, expect, test} from 'vitest';
import type {Event} from '../../source/protocol/event.ts';
import {evidenced} from '../scenes/matrix.ts';
import {openStage, type Stage} from '../scenes/stage.tsx';
import * as story from '../scenes/story.ts';

const compact = {columns: 80, rows: 24};
const medium = {columns: 120, rows: 40};

let stage: Stage;
afterEach(() => stage.close());

async function open(size = compact, events: readonly Event[] = evidenced): Promise<Stage> {
	stage = await openStage(events, size);
	await stage.pass(900);
	await stage.press('/matrix', 'enter');
	return stage;
}

const chosen = () => /^›(\S+)/m.exec(stage.frame())?.[1];

describe('the matrix', () => {
	test('is a tab of the tests, whose title tells which one is shown', async () => {
		await open();
		expect(stage.frame()).toContain('━━ Tests  Matrix  4 of 6 unproven ');
		await stage.press(']');
		expect(stage.frame()).toMatch(/━━ Tests {2}Results ━[\s\S]*1\.3/);
		await stage.press('[');
		expect(stage.frame()).toContain('Tests  Matrix');
		expect(chosen()).toBe('1.1');
	});

	test('looks at the disk each time that somebody comes to it', async () => {
		await open();
		await stage.press(']', ']', 'escape', 'ctrl+x', '5');
		const looks = stage.sent.filter(({type}) => type === 'read-evidence');
		expect(looks).toHaveLength(3);
	});

	test('shows what is unproven alone, with how many of how many', async () => {
		await open();
		await stage.press('f');
		expect(stage.frame()).toContain('only 4 of 6 unproven');
		expect(stage.frame().match(/^[ ›]\d\.\d/gm)).toEqual([' 1.2', ' 1.3', ' 2.1', ' 2.3']);
		await stage.press('f');
		expect(stage.frame()).toMatch(/^›1\.1 /m);
	});

	test('opens a criterion to its tests, what is not noticed, since when it is unproven and who accepted it', async () => {
		await open(medium);
		await stage.press('j', 'space');
		expect(stage.frame()).toMatch(/unproven since 2026-11-19 16:00 UTC[\s\S]*src\/notify\.js changed[\s\S]*fails without the code/);
		expect(stage.frame()).toContain('not noticed by the tests: src/notify.js line');
		await stage.press('enter');
		expect(stage.frame()).not.toContain('fails without the code');
		await stage.press('G', 'j', 'j', 'j', 'j', 'j', 'j', 'enter');
		expect(stage.frame()).toMatch(/accepted by hand by Ada,[\s\S]*2026-11-20: only/);
	});

	test('goes to the criterion in the requirements, where its line is marked', async () => {
		await open();
		await stage.press('j', 'j', 'c');
		expect(stage.frame()).toMatch(/━━ Requirements[\s\S]*^› *(\d+ .)? *3\. WHERE the setting/m);
		await stage.press('escape');
		expect(stage.frame()).not.toMatch(/^› *(\d+ .)? *3\. WHERE/m);
	});

	test('goes to the task, opens the test at its line, and runs one criterion or everything', async () => {
		await open();
		await stage.press('j', 'o', 'r', 'V');
		expect(stage.opened).toContain('editor /home/ada/todo/test/notify.test.js:26');
		expect(stage.sent.slice(-2)).toEqual([{type: 'run-tests', criterion: '1.2'}, {type: 'verify'}]);
		await stage.press('j', 't');
		expect(stage.frame()).toMatch(/^›.*\[-\].*2\.2 Setting that turns messages off/m);
	});

	test('acts on the test that is chosen in an opened criterion', async () => {
		await open();
		await stage.press('enter', 'j', 'o', 'c');
		expect(stage.opened).toContain('editor /home/ada/todo/test/notify.test.js:12');
		expect(stage.frame()).toMatch(/^› *(\d+ .)? *1\. WHEN a task is completed/m);
	});

	test('says what is missing: a spec, criteria, anything unproven, a test', async () => {
		await open(compact, [...story.opened(), story.withModel]);
		expect(stage.frame()).toContain('No spec is open');
		stage.close();
		await open(compact, [...story.opened(), story.withModel, story.specOpened('requirements')]);
		expect(stage.frame()).toContain('The requirements hold no criteria yet');
		await stage.press('r', 'o', 'c', 't');
		expect(stage.sent.filter(({type}) => type === 'run-tests')).toEqual([]);
		stage.close();
		await open(compact, story.ready());
		await stage.press('enter', 'o');
		expect(stage.frame()).toMatch(/no test names it[\s\S]*No test names 1\.1/);
	});

	test('shows nothing raw of what a file or a person wrote', async () => {
		const evil = '\u001B[31m\u202E';
		const entry = {v: 1, id: 'e', at: '2026-11-20T11:00:00Z', by: evil, type: 'accept', task: '1.2', textHash: 'hash 1.2'} as const;
		await open(compact, [
			...story.ready(),
			{type: 'ledger.appended', entry: {...entry, grade: 'unproven', reason: evil}},
			{type: 'evidence.read', links: [{criterion: '1.1', file: `${evil}.js`, line: 1, name: evil}], changedFiles: {}},
		]);
		await stage.press('enter');
		expect(stage.frame()).toContain('accepted by hand');
		expect(stage.frame()).not.toMatch(/[\u001B\u202E]/);
	});

	test('is left for the results when work moves on and nobody is in it', async () => {
		await open(medium);
		await stage.press('escape');
		await stage.tell(story.ended(), story.tested([story.failing], [story.failing]));
		expect(stage.frame()).not.toContain('Matrix');
		expect(stage.frame()).toContain('Expected 1 message, got 3');
	});
});
