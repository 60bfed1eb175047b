import {appendFileSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {approvalOf} from '../../source/protocol/select.ts';
import {allow, eventsOf, happened, openToBuild, projectWithSpec, send, specFolder} from '../faults/stage.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const ledger = `${specFolder}/ledger.jsonl`;
const ledgerOf = (opened: TestSession) => join(opened.root, ledger);
const specOf = (opened: TestSession) => opened.session.store.state().spec!;
const notices = (opened: TestSession) =>
	eventsOf(opened, 'noticed')
		.map(({text}) => text)
		.join('\n');

/** A project with a script that edits a file of the spec, and an agent that runs it. */
const edits = (script: string, file = ledger) => ({
	files: {'tidy.sh': `sed -i '${script}' ${file}\n`},
	options: {rules: [allow('sh tidy.sh')]},
	script: [calls(['run', {command: 'sh tidy.sh'}]), says('Done.')],
});

test('an approval whose hash a command rewrites counts no more', async () => {
	await using opened = await openToBuild(edits('s/"sha256":"[0-9a-f]*"/"sha256":"0000"/'));
	await send(opened, {type: 'say', stage: 'vibe', text: 'go'});
	expect(notices(opened)).toContain('3 lines appeared or changed in a ledger');
	await using again = await opened.reopen();
	await send(again, {type: 'open-spec', name: 'products'});
	expect(specOf(again).ledger.filter(entry => entry.type === 'approval')).toEqual([]);
});

test('lines that a command takes out of a ledger are back after it', async () => {
	await using opened = await openToBuild(edits('d'));
	const before = readFileSync(ledgerOf(opened), 'utf8');
	await send(opened, {type: 'say', stage: 'vibe', text: 'go'});
	expect(notices(opened)).toContain('3 lines had gone from a ledger while a command ran, and are back');
	for (const line of before.trim().split('\n')) {
		expect(readFileSync(ledgerOf(opened), 'utf8')).toContain(line);
	}

	expect(approvalOf(specOf(opened), 'tasks')).toBe('approved');
});

test('an approval that another window gives while a command runs counts', async () => {
	await using opened = await openTestSession({files: projectWithSpec, options: {rules: [allow('sleep 0.1')]}});
	await using other = await openTestSession({folder: opened.folder});
	await send(other, {type: 'open-spec', name: 'products'});
	await send(opened, {type: 'open-spec', name: 'products'});
	opened.session.store.subscribe(event => {
		if (event.type === 'call.requested') {
			const digest = specOf(other).artifacts.requirements?.approvalDigest ?? '';
			void other.session.send({type: 'approve-text', stage: 'requirements', digest});
		}
	});
	opened.fake.script(() => calls(['run', {command: 'sleep 0.1'}]), says('Done.'));
	await send(opened, {type: 'say', stage: 'vibe', text: 'go'});
	expect(notices(opened)).not.toContain('in a ledger');
	await using again = await opened.reopen();
	await send(again, {type: 'open-spec', name: 'products'});
	expect(approvalOf(specOf(again), 'requirements')).toBe('approved');
});

test('an id of two lines is no entry', async () => {
	await using opened = await openToBuild();
	const [first = ''] = readFileSync(ledgerOf(opened), 'utf8').split('\n');
	appendFileSync(ledgerOf(opened), `${JSON.stringify({...JSON.parse(first), id: 'a\nb'})}\n`);
	await using again = await opened.reopen();
	await send(again, {type: 'open-spec', name: 'products'});
	expect(specOf(again).ledger.map(({id}) => id)).not.toContain('a\nb');
	expect(notices(again)).toContain('this is not an entry of a ledger (id)');
});

test('what a command writes into a document is told neither as a person’s edit nor as the agent’s', async () => {
	await using opened = await openToBuild(edits('s/their product/their sum/', `${specFolder}/requirements.md`));
	await send(opened, {type: 'say', stage: 'vibe', text: 'go'});
	expect(eventsOf(opened, 'artifact.changed').map(({artifact, by}) => `${artifact} ${by}`)).toContain('requirements disk');
	await opened.write(`${specFolder}/requirements.md`, smallSpec.requirements);
	await happened(opened, 'artifact.changed', ({by}) => by === 'person');
	expect(notices(opened)).toContain('requirements.md changed while a command ran');
});

test('a conversation in vibe asks before it changes a document, whatever is on screen', async () => {
	const asked: string[] = [];
	await using opened = await openToBuild({
		options: {
			answerFor(ask) {
				asked.push(ask.kind);
				return {key: 'n'};
			},
		},
	});
	opened.fake.script(() => {
		void opened.session.send({type: 'enter-stage', stage: 'requirements'});
		return calls(['edit_document', {document: 'requirements', old_text: 'their product', new_text: 'their sum'}]);
	}, says('Done.'));
	await send(opened, {type: 'say', stage: 'vibe', text: 'go'});
	expect(asked).toEqual(['permission']);
	expect(readFileSync(join(opened.root, specFolder, 'requirements.md'), 'utf8')).toBe(smallSpec.requirements);
});

test('one yes lets all changes of documents in a turn pass, and none in the next', async () => {
	await using opened = await openToBuild();
	let asked = 0;
	opened.session.store.subscribe(event => {
		if (event.type === 'asked') {
			asked++;
			queueMicrotask(() => void opened.session.send({type: 'answer', ask: event.ask.id, answer: {key: 't'}}));
		}
	});
	const edit = (old_text: string, new_text: string) => calls(['edit_document', {document: 'requirements', old_text, new_text}]);
	const reading = calls(['read', {path: `${specFolder}/requirements.md`}]);
	opened.fake.script(reading, edit('their product', 'their sum'), edit('their sum', 'their total'), says('Done.'));
	await send(opened, {type: 'say', stage: 'vibe', text: 'go'});
	expect(asked).toBe(1);
	opened.fake.script(edit('their total', 'their product'), says('Done.'));
	await send(opened, {type: 'say', stage: 'vibe', text: 'back'});
	expect(asked).toBe(2);
});
