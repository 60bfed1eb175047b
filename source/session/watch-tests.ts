import {fill} from '../model/prompts.ts';
import {unifiedDiff} from '../spec/changed-lines.ts';
import {criterionIdsInTestName} from '../spec/criterion-names.ts';
import {compareTests, isSnapshot, isTestConfiguration, type TamperFinding, type TestFileChange} from '../syntax/index.ts';
import {isTestFile, mayHoldOwnTests, type ProjectFiles} from '../test-runners/index.ts';
import type {TaskEnd} from './finish-task.ts';
import {requireSpec} from './handle/require.ts';
import {projectFiles} from './project-files.ts';
import type {Services, Work} from './services.ts';
import type {TurnMessage} from './take-turn.ts';
import type {TaskAttempt} from './task-attempt.ts';

/** The texts of test files, test configuration and snapshots as a task found them, or as a person accepted them since. */
export type TestWatch = Map<string, string>;

const maxFiles = 4000;
const maxDiffLines = 40;

async function readAll(files: ProjectFiles, paths: Iterable<string>): Promise<TestWatch> {
	const texts: TestWatch = new Map();
	for (const path of paths) {
		const text = await files.read(path);
		if (text !== undefined) {
			texts.set(path, text);
		}
	}

	return texts;
}

function isWatched(path: string): boolean {
	return isTestFile(path) || mayHoldOwnTests(path) || isTestConfiguration(path) || isSnapshot(path);
}

/** What is watched while a task runs. Of an attempt that goes on, what its earlier part changed counts from before it. */
export async function watchTests(services: Services, checkpoints: readonly string[], signal: AbortSignal): Promise<TestWatch> {
	const files = projectFiles(services, signal);
	const paths = (await files.list()).filter(isWatched).slice(0, maxFiles);
	const texts = await readAll(files, paths);
	for (const checkpoint of checkpoints.toReversed()) {
		for (const {path, before} of await services.checkpoints.changes(checkpoint)) {
			const text = before === undefined ? undefined : await services.checkpoints.textBefore(checkpoint, path);
			if (text !== undefined && (texts.has(path) || isWatched(path))) {
				texts.set(path, text);
			}
		}
	}

	return texts;
}

type Found = {readonly path: string; readonly messages: readonly string[]; readonly diff: string};

function ownName(name: string): string {
	return (
		name
			.split(/ > |::/)
			.at(-1)
			?.replace(/(?: \[[^\]]*\])+$/, '') ?? name
	);
}

/** Whether the full name of a test, or its id, names this one: `example.com/calc.TestAdd/works` names `TestAdd`. */
function names(full: string, own: string): boolean {
	const at = full.indexOf(own);
	const [before, after] = [full[at - 1] ?? ' ', full[at + own.length] ?? ' '];
	return at !== -1 && own !== '' && !/[\p{L}\p{N}_]/u.test(before) && !/[\p{L}\p{N}_]/u.test(after);
}

/** Tells whether a test, by its file and name, is evidence for something else than the criteria of the task at hand. */
function isEvidenceElsewhere(services: Services, {criteria, textHash, baselines}: TaskAttempt): (path: string, name: string) => boolean {
	const spec = requireSpec(services);
	const own = new Set(criteria);
	const idsIn = (name: string) => criterionIdsInTestName(name, spec.name, spec.isOnly);
	const ofOthers = spec.ledger.flatMap(line => (line.type === 'task' && line.textHash !== textHash ? line.green : []));
	// Names in reports carry the ids that stand in docstrings, comments and subtests too.
	const tests = [...baselines.values()].flatMap(baseline => baseline?.tests ?? []);
	return (path, name) => {
		const written = ownName(name);
		const known = tests
			.filter(test => (test.file === path || test.file === '') && names(test.name, written))
			.flatMap(test => idsIn(test.name));
		const ids = [...idsIn(name), ...known];
		return ids.some(id => !own.has(id)) || (ids.length === 0 && ofOthers.some(id => names(id, written)));
	};
}

function messagesOf(change: TestFileChange, findings: readonly TamperFinding[], isElsewhere: (path: string, name: string) => boolean) {
	const {path} = change;
	const relevant = findings.filter(({kind, test}) => kind === 'focused' || isElsewhere(path, test));
	return relevant.map(({test, line, message}) => `${path}:${line} ${test === '' ? '' : `${test}: `}${message}`);
}

async function findTampering(services: Services, attempt: TaskAttempt, signal: AbortSignal): Promise<readonly Found[]> {
	const {watched} = attempt;
	const now = await readAll(projectFiles(services, signal), watched.keys());
	const changes = [...watched]
		.map(([path, before]) => ({path, before, after: now.get(path)}))
		.filter(({before, after}) => before !== after);
	const isElsewhere = isEvidenceElsewhere(services, attempt);
	return changes.flatMap((change): readonly Found[] => {
		const {path, before, after} = change;
		const diff = unifiedDiff(path, before, after ?? '');
		if (isTestConfiguration(path) || isSnapshot(path)) {
			const what = isSnapshot(path) ? 'a snapshot' : 'the test configuration';
			return [{path, messages: [`${path}: ${what} was ${after === undefined ? 'deleted' : 'rewritten'}`], diff}];
		}

		const others = changes.filter(other => other !== change);
		const messages = messagesOf(change, compareTests(change, others), isElsewhere);
		return messages.length === 0 ? [] : [{path, messages, diff}];
	});
}

function linesFor(found: readonly Found[]): readonly string[] {
	const diff = found.flatMap(one => one.diff.split('\n'));
	const more = diff.length - maxDiffLines;
	return [
		...found.flatMap(({messages}) => messages),
		'',
		...diff.slice(0, maxDiffLines),
		...(more > 0 ? [`… and ${more} more lines`] : []),
	];
}

export type TamperAnswer = {readonly end: TaskEnd} | {readonly message: TurnMessage};

/**
 * After a turn of the agent: changes of tests that are evidence for other criteria, of test configuration and of snapshots are put to the
 * person, each with its diff. Undefined when there are none, or they were accepted; else what the agent is told, or how the attempt ends.
 */
export async function askAboutTampering(
	services: Services,
	attempt: TaskAttempt,
	round: number,
	{abort: {signal}}: Work,
): Promise<TamperAnswer | undefined> {
	const found = await findTampering(services, attempt, signal);
	if (found.length === 0) {
		return undefined;
	}

	const {repairRounds} = services.settings;
	const {watched, observed} = attempt;
	const messages = found.flatMap(one => one.messages);
	const answer = await services.ask(
		{
			kind: 'tampering',
			title: `The agent changed ${messages.length === 1 ? 'a test or setting' : `${messages.length} tests or settings`} that other evidence rests on`,
			lines: linesFor(found),
			options: [
				{key: 'n', label: 'have it put back'},
				{key: 'y', label: 'accept the change'},
			],
			takesText: false,
		},
		signal,
	);
	observed.caught.push(...messages.map(what => ({kind: 'tampering' as const, what: answer.key === 'y' ? `${what} (accepted)` : what})));
	if (answer.key === 'y') {
		const now = await readAll(
			projectFiles(services, signal),
			found.map(({path}) => path),
		);
		for (const {path} of found) {
			watched.set(path, now.get(path) ?? '');
		}

		return undefined;
	}

	const why = `changed what other evidence rests on: ${messages[0]}`;
	if (answer.key !== 'n' || round >= repairRounds) {
		return {end: {outcome: signal.aborted ? 'interrupted' : 'failed', why}};
	}

	const values = {findings: messages.map(one => `- ${one}`).join('\n'), round: `${round + 1}`, rounds: `${repairRounds}`};
	return {message: {text: fill(services.prompts.notices['tests-tampered'] ?? '', values), shown: `Not accepted: ${messages[0]}`}};
}
