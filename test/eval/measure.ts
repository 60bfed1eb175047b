import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Event} from '../../source/protocol/event.ts';
import type {LedgerEntry} from '../../source/protocol/ledger-entry.ts';
import {parseDesign} from '../../source/spec/design.ts';
import {parseRequirements} from '../../source/spec/requirements.ts';
import type {Played} from './play.ts';

/** Words a minute of somebody who reads to decide, not to skim. */
const readingSpeed = 200;

/**
 * How the calls of the model went. A command that ends with an error, or tests that do not fail yet, say something: that is not a call that
 * failed, and neither is one that was held behind it.
 */
export type Calls = {
	readonly total: number;
	/** No such tool, or an input that is not its own. */
	readonly malformed: number;
	/** Not permitted. */
	readonly refused: number;
	/** The tool could not do it: no such file, a text that is not there. */
	readonly failed: number;
};

export type Work = {
	readonly calls: Calls;
	readonly questions: number;
	readonly permissions: number;
	readonly tasks: number;
	readonly repairs: number;
	readonly criteria: number;
	readonly readingMinutes: number;
	/** Files and symbols that the design names as existing. */
	readonly named: number;
	readonly namedMissing: readonly string[];
	/** Attempts at tasks with criteria, and those whose tests were seen failing in their body first. */
	readonly tested: number;
	readonly seenRed: number;
	/** Criteria by what their tests said with the code taken back. */
	readonly reverted: Readonly<Record<'fails' | 'passes' | 'unknown', number>>;
	readonly mutants: number;
	readonly survivors: number;
};

function callsOf(events: readonly Event[]): Calls {
	const names = new Map<string, string>();
	const calls = {total: 0, malformed: 0, refused: 0, failed: 0};
	for (const event of events) {
		if (event.type === 'call.requested') {
			names.set(event.call, event.name);
			calls.total += 1;
		} else if (event.type === 'results.appended') {
			for (const block of event.message.content) {
				if (block.type === 'tool_result' && block.is_error === true) {
					const isMalformed = /^(?:There is no tool called|The input of \w+ is not right|.{0,200}Send the call to)/s.test(block.content);
					const isHeld = block.content.startsWith('Not run: it rests on an earlier call');
					const isRefused = !isHeld && block.content.startsWith('Not run:');
					const isResult = isHeld || ['run', 'expect_red'].includes(names.get(block.tool_use_id) ?? '');
					calls.total -= isHeld ? 1 : 0;
					calls.malformed += isMalformed ? 1 : 0;
					calls.refused += isRefused ? 1 : 0;
					calls.failed += !isMalformed && !isRefused && !isResult ? 1 : 0;
				}
			}
		}
	}

	return calls;
}

async function read(path: string): Promise<string> {
	return existsSync(path) ? readFile(path, 'utf8') : '';
}

function wordsIn(text: string): number {
	return text.split(/\s+/).filter(word => /\p{L}|\d/u.test(word)).length;
}

function provedIn(ledger: readonly LedgerEntry[]): Pick<Work, 'reverted' | 'mutants' | 'survivors'> {
	const reverted = {fails: 0, passes: 0, unknown: 0};
	let mutants = 0;
	let survivors = 0;
	for (const entry of ledger) {
		if (entry.type === 'proof') {
			mutants += entry.mutants;
			survivors += entry.survivors.length;
			for (const {outcome} of entry.evidence) {
				reverted[outcome] += 1;
			}
		}
	}

	return {reverted, mutants, survivors};
}

function testedIn(ledger: readonly LedgerEntry[]): Pick<Work, 'tested' | 'seenRed' | 'tasks' | 'repairs'> {
	const attempts = ledger.filter(entry => entry.type === 'task');
	const tested = attempts.filter(({criteria}) => criteria.length > 0);
	return {
		tasks: new Set(attempts.map(({textHash}) => textHash)).size,
		repairs: attempts.reduce((sum, {repairs = 0}) => sum + repairs, 0),
		tested: tested.length,
		seenRed: tested.filter(({evidence = []}) => evidence.some(({seenRed}) => seenRed.length > 0)).length,
	};
}

/** Reads off a finished run what the model did and what the program saw, from its events and from what lies in the project. */
export async function measureWork({events}: Played, specFolder: string): Promise<Work> {
	const [feature, bugfix, design, tasks, ledger] = await Promise.all(
		['requirements.md', 'bugfix.md', 'design.md', 'tasks.md', 'ledger.jsonl'].map(name => read(join(specFolder, name))),
	);
	const requirements = feature === '' ? (bugfix ?? '') : (feature ?? '');
	const entries = (ledger ?? '').split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line) as LedgerEntry]));
	const start = events.findIndex(event => event.type === 'task.started');
	const missing = events.slice(0, start === -1 ? undefined : start).findLast(event => event.type === 'mentions.checked')?.missing ?? [];
	return {
		calls: callsOf(events),
		questions: events.filter(event => event.type === 'asked' && event.ask.kind === 'question').length,
		// Without a screen nobody is asked: what would be is denied.
		permissions: events.filter(event => event.type === 'call.denied').length,
		...testedIn(entries),
		criteria: parseRequirements(requirements).requirements.reduce((sum, {criteria}) => sum + criteria.length, 0),
		readingMinutes: Math.round((wordsIn(`${requirements} ${design} ${tasks}`) / readingSpeed) * 10) / 10,
		named: parseDesign(design ?? '').mentions.length,
		namedMissing: missing,
		...provedIn(entries),
	};
}
