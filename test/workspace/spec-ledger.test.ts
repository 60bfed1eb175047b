import {execFile} from 'node:child_process';
import {appendFile, readFile} from 'node:fs/promises';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {appendLedger, readLedger} from '../../source/workspace/ledger.ts';
import {appendCost, appendWithoutCost, costsFile, joinCosts, readSpecLedger, splitCost} from '../../source/workspace/spec-ledger.ts';
import {workspaceKey} from '../../source/workspace/state-directory.ts';
import {at, attempt, entry} from '../support/matrix-input.ts';
import {tempFolder} from '../support/temp-folder.ts';

const usage = {input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5};
const talk = entry({type: 'cost', minute: 0, stage: 'design', usage, costUsd: 0.5});
const task = attempt({minute: 1, usage, costUsd: 0.25});
const run = promisify(execFile);

test('an entry without its cost, and its cost, are the entry again', () => {
	for (const each of [talk, task, attempt({minute: 2}), attempt({minute: 3, usage})]) {
		const {line, cost} = splitCost(each);
		expect(joinCosts(line === undefined ? [] : [line], cost === undefined ? [] : [cost])).toEqual([each]);
	}
});

test('costs are kept in the state directory, and a spec read again has them', async () => {
	await using folder = await tempFolder();
	const ledger = await folder.write('project/.kiro/specs/area/sums/ledger.jsonl', '');
	const place = {files: {name: 'area/sums', ledger}, root: folder.at('project'), state: folder.at('state')};
	for (const each of [talk, task]) {
		await appendWithoutCost(place, each);
		await appendCost(place, each);
	}

	expect(costsFile(place)).toBe(folder.at('state', workspaceKey(place.root), 'costs/area/sums.jsonl'));
	expect(await readFile(ledger, 'utf8')).not.toMatch(/usage|costUsd|"cost"/);
	expect((await readSpecLedger(place)).entries).toEqual([talk, task]);
});

test('a ledger of before costs were kept apart reads as it is, and its costs count once', async () => {
	await using folder = await tempFolder();
	const ledger = folder.at('ledger.jsonl');
	const place = {files: {name: 'sums', ledger}, root: folder.path, state: folder.at('state')};
	await appendLedger(ledger, talk);
	await appendLedger(ledger, task);
	await appendCost(place, talk);
	await appendCost(place, task);
	expect((await readSpecLedger(place)).entries).toEqual([talk, task]);
});

test('two branches that both append lose no line in a union merge', async () => {
	await using folder = await tempFolder();
	const path = '.kiro/specs/sums/ledger.jsonl';
	const ledger = await folder.write(path, '');
	const git = async (...args: readonly string[]) =>
		run('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
			cwd: folder.path,
			env: {PATH: process.env.PATH ?? '', HOME: folder.at('home'), GIT_CONFIG_NOSYSTEM: '1'},
		});
	const commit = async (minute: number) => {
		await appendLedger(ledger, attempt({minute}));
		await git('commit', '-qam', `line ${minute}`);
	};

	await folder.write('.gitattributes', '.kiro/specs/**/ledger.jsonl merge=union\n');
	await appendLedger(ledger, attempt({minute: 1}));
	await git('init', '-q', '-b', 'main');
	await git('add', '-A');
	await git('commit', '-qm', 'first');
	await git('switch', '-qc', 'other');
	await commit(3);
	await commit(5);
	await git('switch', '-q', 'main');
	await commit(2);
	await commit(4);
	await git('merge', '-q', 'other', '-m', 'both');
	// The same line may come in by two ways: it counts once.
	await appendFile(ledger, `${JSON.stringify(attempt({minute: 1}))}\n`);
	const {entries, problems} = await readLedger(ledger);
	expect({at: entries.map(each => each.at), problems}).toEqual({at: [1, 2, 3, 4, 5].map(at), problems: []});
});
