import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {answerWith, eventsOf, openToBuild, resultsIn, send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import type {TestSession} from '../support/test-session.ts';

/** It stands for the compiler, and says that it ran. */
function withCompiler({root}: TestSession) {
	const bin = join(root, 'node_modules/.bin');
	mkdirSync(bin, {recursive: true});
	writeFileSync(join(bin, 'tsc'), '#!/bin/sh\necho "checked $1"\n', {mode: 0o755});
}

async function check(opened: TestSession, command = 'npx tsc --noEmit') {
	const asked = answerWith(opened, () => ({key: 'n'}));
	opened.fake.script(calls(['run', {command}]), says('Checked.'));
	await send(opened, {type: 'command', text: '/vibe'}, {type: 'send', text: 'Check the types.'});
	return {
		asked: asked.length,
		told: opened.fake.requests
			.slice(1)
			.flatMap(({body}) => resultsIn(body))
			.map(({text}) => text),
	};
}

test('the compiler that a project brings checks types unasked', async () => {
	await using opened = await openToBuild();
	withCompiler(opened);
	const {asked, told} = await check(opened);
	expect(asked).toBe(0);
	expect(told.join()).toContain('checked --noEmit');
});

test('so does a script that is the compiler alone, and one that does more is asked about', async () => {
	const scripts = {
		test: 'node --test',
		types: 'tsc -p . --noEmit',
		more: 'tsc --noEmit && evil',
		emits: 'tsc -p .',
		late: 'tsc --noEmit',
		postlate: 'evil',
	};
	await using opened = await openToBuild({files: {'package.json': JSON.stringify({type: 'module', scripts})}});
	withCompiler(opened);
	const {asked, told} = await check(opened, 'npm run types');
	expect(asked).toBe(0);
	expect(told.join()).toContain('checked -p');
	expect((await check(opened, 'npm run more')).asked).toBe(1);
	expect((await check(opened, 'npm run emits')).asked).toBe(1);
	expect((await check(opened, 'npm run late')).asked).toBe(1);
});

test('the scripts that the approved tests are made of run unasked, exactly as they stand; others are asked about', async () => {
	const scripts = {
		test: 'npm run build && npm run unit && npm run clean',
		build: 'echo built',
		unit: 'node --test',
		clean: 'echo cleaned',
		other: 'evil',
	};
	await using opened = await openToBuild({files: {'package.json': JSON.stringify({type: 'module', scripts})}});
	const {asked, told} = await check(opened, 'npm run build && npm run clean 2>&1 | tail -3');
	expect([asked, told.join()]).toEqual([0, expect.stringContaining('cleaned')]);
	const others = ['npm run other', 'npm run build -- src/sum.js', 'npm run clean -- src/sum.js', 'npm test -- src/sum.js'];
	for (const command of others) {
		expect([command, (await check(opened, command)).asked]).toEqual([command, 1]);
	}
});

test('one that npx would have to fetch is asked about', async () => {
	await using opened = await openToBuild();
	expect((await check(opened)).asked).toBe(1);
	expect(eventsOf(opened, 'call.denied')).toHaveLength(1);
});
