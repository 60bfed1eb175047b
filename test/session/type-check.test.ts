import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {answerWith, eventsOf, openToBuild, resultsIn, send} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import type {TestSession} from '../support/test-session.ts';

async function check(opened: TestSession) {
	const asked = answerWith(opened, () => ({key: 'n'}));
	opened.fake.script(calls(['run', {command: 'npx tsc --noEmit'}]), says('Checked.'));
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
	const bin = join(opened.root, 'node_modules/.bin');
	mkdirSync(bin, {recursive: true});
	// It stands for the compiler, and says that it ran.
	writeFileSync(join(bin, 'tsc'), '#!/bin/sh\necho "checked $1"\n', {mode: 0o755});
	const {asked, told} = await check(opened);
	expect(asked).toBe(0);
	expect(told.join()).toContain('checked --noEmit');
});

test('one that npx would have to fetch is asked about', async () => {
	await using opened = await openToBuild();
	expect((await check(opened)).asked).toBe(1);
	expect(eventsOf(opened, 'call.denied')).toHaveLength(1);
});
