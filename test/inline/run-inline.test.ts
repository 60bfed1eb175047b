import {describe, expect, test} from 'vitest';
import {runInline} from '../../source/inline/run-inline.ts';
import type {Intent} from '../../source/protocol/intent.ts';
import {createStore} from '../../source/protocol/store.ts';
import * as story from '../scenes/story.ts';

/** Lines that a test types one by one; closing ends the input. */
function typing() {
	const waiting: string[] = [];
	let isClosed = false;
	let wake = Promise.withResolvers<void>();
	const change = (act: () => void): void => {
		act();
		wake.resolve();
		wake = Promise.withResolvers<void>();
	};

	async function* read(): AsyncGenerator<string> {
		while (!isClosed || waiting.length > 0) {
			const next = waiting.shift();
			if (next === undefined) {
				await wake.promise;
			} else {
				yield next;
			}
		}
	}

	return {
		lines: read(),
		type: (...lines: readonly string[]) => change(() => waiting.push(...lines)),
		close: () => change(() => (isClosed = true)),
	};
}

function open() {
	const store = createStore();
	const sent: Intent[] = [];
	const out: string[] = [];
	const keyboard = typing();
	const session = {
		store,
		async send(intent: Intent) {
			sent.push(intent);
			if (intent.type === 'answer') {
				store.append({type: 'answered', ask: intent.ask, answer: intent.answer});
			}
		},
	};
	let interrupt: () => 'interrupted' | 'idle' = () => 'idle';
	const start = (initialIdea?: string) =>
		runInline({
			session,
			commands: [{name: 'start', usage: '[task]', summary: 'start a task'}],
			lines: keyboard.lines,
			write: text => out.push(text),
			...(initialIdea !== undefined && {initialIdea}),
			onInterrupt(given) {
				interrupt = given;
			},
		});
	return {store, sent, keyboard, start, interrupt: () => interrupt(), text: () => out.join('')};
}

const permission = {
	id: 'p',
	kind: 'permission',
	title: 'Run  npm install x',
	lines: ['It uses the network'],
	options: [
		{key: 'y', label: 'once'},
		{key: 'n', label: 'no'},
		{key: 'r', label: 'no, and say why', wantsText: true},
	],
	takesText: false,
} as const;

describe('the plain face', () => {
	test('the idea of the command line is sent once the folder is trusted, and not when it stays read-only', async () => {
		for (const trust of ['trusted', 'read-only'] as const) {
			const face = open();
			for (const event of story.opened({trust: 'asked'})) {
				face.store.append(event);
			}

			const ended = face.start('an idea');
			expect(face.sent).toEqual([{type: 'command', text: '/trust'}]);
			face.store.append({type: 'workspace.trusted', trust});
			face.store.append({type: 'workspace.trusted', trust});
			face.keyboard.close();
			expect(await ended).toBe(0);
			expect(face.sent.slice(1)).toEqual(trust === 'trusted' ? [{type: 'send', text: 'an idea'}] : []);
		}
	});

	test('a line is a message, a number answers, and what the person leaves unanswered is left, not allowed', async () => {
		const face = open();
		for (const event of story.opened()) {
			face.store.append(event);
		}

		const ended = face.start();
		face.keyboard.type('an idea', '/start 1.1');
		await expect.poll(() => face.sent.length).toBe(2);
		face.store.append({type: 'asked', ask: permission});
		face.keyboard.type('', 'maybe', '3', 'we have one');
		await expect.poll(() => face.sent.length).toBe(3);
		face.store.append({type: 'asked', ask: {...permission, id: 'q'}});
		face.keyboard.close();
		expect(await ended).toBe(0);
		expect(face.sent).toEqual([
			{type: 'send', text: 'an idea'},
			{type: 'send', text: '/start 1.1'},
			{type: 'answer', ask: 'p', answer: {key: 'r', text: 'we have one'}},
			{type: 'answer', ask: 'q', answer: {key: 'escape'}},
		]);
	});

	test('Ctrl+C leaves a question, and the program when nothing is at work', async () => {
		const face = open();
		for (const event of story.opened()) {
			face.store.append(event);
		}

		const ended = face.start();
		face.store.append({type: 'asked', ask: permission});
		expect(face.interrupt()).toBe('idle');
		expect(face.sent).toEqual([{type: 'answer', ask: 'p', answer: {key: 'escape'}}]);
		face.keyboard.close();
		expect(await ended).toBe(0);
	});

	test('each finished thing is written once, printable, with a recorded model labelled', async () => {
		const face = open();
		const ended = face.start();
		for (const event of [
			...story.opened(),
			story.withRecordedModel,
			story.specOpened('implement'),
			story.conversing('implement'),
			story.asked('go'),
			story.wrote('half of '),
			story.wrote('it'),
			...story.called('c', 'run', 'npm test\u001B]0;x\u0007', ['ok']),
			story.tested([story.failing], [story.failing]),
			story.taskDone('1.1'),
		]) {
			face.store.append(event);
		}

		face.keyboard.type('/quit');
		expect(await ended).toBe(0);
		expect(face.text()).toContain('[recorded]   failed: 1.2 one message for several tasks: Expected 1 message, got 3\n');
		expect(face.text()).toContain('[recorded] [x] 1.1: [1.2] passing, 190 s, $0.21\n');
		expect(face.text()).not.toContain('half of');
		expect(face.text()).toContain(String.raw`npm test\x1b]0;x\a`);
		expect(face.text()).not.toContain('\u001B');
	});
});
