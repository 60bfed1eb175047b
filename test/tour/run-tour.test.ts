import {randomUUID} from 'node:crypto';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {recording} from '../../source/tour/recording.ts';
import {runTourPlain} from '../../source/tour/run-tour.ts';
import {packageRoot} from '../support/run-cli.ts';

type Answers = typeof recording;

/** Plays in a folder of its own, so that what the tour leaves behind is seen. */
async function playTour(answers: Answers = recording) {
	const scratchIn = await mkdtemp(join(tmpdir(), 'kiro-tui-test-'));
	onTestFinished(() => rm(scratchIn, {recursive: true}));
	const {PATH} = process.env;
	const lines: string[] = [];
	const code = await runTourPlain({
		packageRoot,
		env: {PATH, ANTHROPIC_API_KEY: 'sk-ant-never-used'},
		nodePath: process.execPath,
		scratchIn,
		version: '0.0.0',
		now: Date.now,
		newId: randomUUID,
		answers,
		write: line => lines.push(line),
		signal: AbortSignal.timeout(60_000),
	});
	return {code, lines, text: lines.join(''), left: await readdir(scratchIn)};
}

function broken(find: string, replacement: string): Answers {
	const text = JSON.stringify(recording);
	expect(text).toContain(find);
	return JSON.parse(text.replaceAll(find, replacement)) as Answers;
}

test('the tour goes from an idea to green tests, says on every line that it is recorded, and leaves nothing behind', {
	timeout: 90_000,
}, async () => {
	const {code, lines, text, left} = await playTour();
	expect(text).toContain('requirements.md changed by hand');
	expect(text).toContain('says done, 1 red');
	expect(text.match(/\[x\] \d\.\d · .* (?:proven|passing)/g)).toEqual([
		'[x] 1.1 · [1.2], [1.3] proven',
		'[x] 1.2 · [2.2] proven',
		'[x] 2.1 · [1.1], [1.4], [2.1] passing',
	]);
	expect(text).toContain('notify-send --app-name=todo -- Task done, 1 left Water the plants');
	expect({code, unlabelled: lines.filter(line => !line.startsWith('recorded | ')), left}).toEqual({code: 0, unlabelled: [], left: []});
});

test('broken recorded code is never ticked: the tour ends with 5', {timeout: 90_000}, async () => {
	const {code, text} = await playTour(broken('{TODO_TITLE: title, TODO_TEXT: text}', '{TODO_TITLE: text, TODO_TEXT: title}'));
	expect(text).toContain('Windows shows it with PowerShell [1.2]');
	expect(text).not.toContain('[x] 1.1');
	expect(code).toBe(5);
});

test('a free change that breaks a test is said to: the tour ends with 5', {timeout: 90_000}, async () => {
	const {code, text} = await playTour(broken("left === 0 ? 'Task done'", "left === 1 ? 'Task done'"));
	expect(text).toContain('[x] 2.1 · [1.1], [1.4], [2.1] passing');
	expect(code).toBe(5);
});
