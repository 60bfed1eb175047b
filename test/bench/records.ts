import {readFile} from 'node:fs/promises';
import type {LedgerEntry} from '../../source/protocol/ledger-entry.ts';
import {noUsage} from '../../source/protocol/message.ts';
import {approvalOf, isTickedWithoutEvidence} from '../../source/protocol/select.ts';
import {createStore} from '../../source/protocol/store.ts';
import {openJournal, readJournal} from '../../source/workspace/journal.ts';
import {readLedger} from '../../source/workspace/ledger.ts';
import {tempFolder} from '../support/temp-folder.ts';
import {tasksDocument} from './documents.ts';
import {compare, type Row} from './measure.ts';

const lines = 10_000;

function record(index: number): unknown {
	const text = `Part ${index} is written. `.repeat(1 + (index % 12));
	return {
		type: 'answer.finished',
		conversation: 'c1',
		message: {role: 'assistant', content: [{type: 'text', text}]},
		stop: 'end_turn',
		usage: noUsage,
		model: 'a-model',
	};
}

async function writeJournal(file: string): Promise<void> {
	const onProblem = (message: string): never => {
		throw new Error(message);
	};
	const journal = await openJournal({file, header: {conversation: 'c1', stage: 'vibe'}, onProblem});
	for (let index = 0; index < lines; index++) {
		await journal.append(record(index), {sync: false});
	}

	await journal.close();
}

function entry(index: number): LedgerEntry {
	const base = {v: 1, id: `e${index}`, at: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(), by: 'Ada'} as const;
	if (index % 10 === 0) {
		return {...base, type: 'approval', stage: 'requirements', sha256: `${index}`.padStart(64, '0'), parts: {'1': 'a', '2': 'b'}};
	}

	return {
		...base,
		type: 'task',
		task: `${(index % 54) + 1}.${(index % 5) + 1}`,
		textHash: `hash ${index % 400}`,
		outcome: index % 7 === 0 ? 'failed' : 'done',
		grade: 'passing',
		criteria: ['1.1', '1.2'],
		command: 'npm test',
		before: {passed: index, failed: 0, skipped: 0},
		after: {passed: index + 2, failed: 0, skipped: 0},
		red: [],
		green: [`test/part-${index}.test.ts > shows the title [1.1]`],
		files: [{path: `source/part-${index}.ts`, after: `${index}`.padStart(64, '0')}],
		usage: noUsage,
		costUsd: 0.2,
		durationMs: 90_000,
	};
}

async function parseLines(file: string): Promise<readonly unknown[]> {
	const text = await readFile(file, 'utf8');
	return text.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line)]));
}

/** Opens a spec whose ledger is read from disk, and asks of every task and document what the ledger says. */
async function openWithLedger(file: string, tasks: string): Promise<number> {
	const store = createStore();
	store.append({type: 'spec.opened', name: 'long', path: '.kiro/specs/long', isOnly: true, stage: 'implement'});
	const textHashes = Object.fromEntries(
		Array.from({length: 324}, (_, index) => [`${Math.floor(index / 6) + 1}.${index % 6}`, `hash ${index}`]),
	);
	store.append({type: 'artifact.changed', artifact: 'tasks', text: tasks, digest: 'd', textHashes, by: 'disk', changedLines: []});
	const {entries} = await readLedger(file);
	store.append({type: 'ledger.read', entries});
	const {spec} = store.state();
	if (spec === undefined || spec.ledger.length !== lines || approvalOf(spec, 'requirements') !== 'stale') {
		throw new Error(`The ledger was read as ${spec?.ledger.length} entries`);
	}

	return spec.tasks.tasks.filter(task => isTickedWithoutEvidence(spec, task)).length;
}

/** What a conversation and a spec are restored from. */
export async function recordRows(): Promise<readonly Row[]> {
	await using folder = await tempFolder();
	const journal = folder.at('journal.jsonl');
	await writeJournal(journal);
	const entries = Array.from({length: lines}, (_, index) => JSON.stringify(entry(index)));
	const ledger = await folder.write('ledger.jsonl', `${entries.join('\n')}\n`);
	const tasks = tasksDocument(324);
	const floorName = 'JSON.parse of the same lines';
	return [
		await compare({
			name: 'journal of 10,000 records, loaded',
			run: () => readJournal(journal),
			floorName,
			floor: () => parseLines(journal),
			clock: 'processor',
			must: 2,
		}),
		await compare({
			name: 'ledger of 10,000 lines, read, and its word on 324 tasks',
			run: () => openWithLedger(ledger, tasks),
			floorName,
			floor: () => parseLines(ledger),
			clock: 'processor',
			must: 4,
		}),
	];
}
