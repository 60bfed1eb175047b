import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {approvalText} from '../../source/protocol/select.ts';
import {specCost} from '../../source/protocol/spec-cost.ts';
import {ledgerEntrySchema} from '../../source/workspace/ledger-schema.ts';
import {calls, says} from '../support/fake-anthropic.ts';
import {tempFolder} from '../support/temp-folder.ts';
import {multiplyCode, multiplyTest, nodeProject, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

const secret = 'sk-ant-api03-this-is-our-own-key-0123456789';

async function runTask(settings: string): Promise<TestSession> {
	const folder = await tempFolder();
	const files = {
		...nodeProject,
		'.kiro/specs/products/requirements.md': smallSpec.requirements,
		'.kiro/specs/products/design.md': smallSpec.design,
		'.kiro/specs/products/tasks.md': smallSpec.tasks,
	};
	for (const [path, content] of Object.entries(files)) {
		await folder.write(`project/${path}`, content);
	}

	await folder.write('kiro/config/settings.json', settings);
	const root = folder.at('project');
	const opened = await openTestSession({
		folder,
		script: [
			calls(
				['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
				['write', {path: 'src/multiply.js', content: multiplyCode}],
			),
			says(`I wrote ${root}/src/multiply.js with ${secret} from ${folder.at('home')}/notes.`),
		],
		options: {env: {PATH: process.env.PATH ?? '', HOME: folder.at('home'), ANTHROPIC_API_KEY: secret}},
	});
	await opened.session.send({type: 'open-spec', name: 'products'});
	const spec = opened.session.store.state().spec!;
	await opened.session.send({type: 'approve-text', stage: 'tasks', digest: approvalText(spec, 'tasks')});
	expect(await opened.session.send({type: 'command', text: '/start 1.1'})).toEqual({ok: true});
	return opened;
}

const textOf = async (opened: TestSession) => readFile(join(opened.root, '.kiro/specs/products/ledger.jsonl'), 'utf8');
const costOf = ({session}: TestSession) => specCost(session.store.state().spec?.ledger ?? []).total;

test('a ledger holds no secret, no path of this machine and no cost; the spec still knows its cost, also when it is opened again', async () => {
	await using opened = await runTask('{}');
	const text = await textOf(opened);
	const lines = text
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	expect(lines.map(line => [line.type, ledgerEntrySchema.safeParse(line).success])).toEqual(lines.map(line => [line.type, true]));
	expect(lines.map(line => line.type)).toContain('task');
	expect(text).not.toContain(opened.folder.path);
	expect(text).not.toContain(secret);
	expect(text).toContain('I wrote src/multiply.js with');
	expect(text).not.toMatch(/"usage"|"costUsd"|"type":"cost"/);
	const cost = costOf(opened);
	expect(cost.usage.output).toBeGreaterThan(0);
	await using again = await opened.reopen();
	await again.session.send({type: 'open-spec', name: 'products'});
	expect(costOf(again)).toEqual(cost);
});

test('a person may want the costs in the ledger', async () => {
	await using opened = await runTask('{"ledger": {"costs": true}}');
	expect(await textOf(opened)).toMatch(/"usage":\{"input":\d+.*"costUsd":/);
});
