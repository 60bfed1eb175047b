import type {TestCommandFact} from '../protocol/event.ts';
import type {CriterionEvidence, RevertedEvidence, SurvivingMutant} from '../protocol/evidence.ts';
import type {TestCase, TestReport} from '../protocol/test-report.ts';
import {changedLines} from '../spec/changed-lines.ts';
import {type Mutation, mutationsOf} from '../syntax/index.ts';
import type {ProjectCopy} from '../workspace/project-copy.ts';
import {withTestsBehindPanic} from './behind-panic.ts';
import {withoutOwnTests} from './changed-code.ts';
import {revertedEvidence} from './check-reverted.ts';
import {endingOnNothing} from './crashing-tests.ts';
import {executeTests} from './execute-tests.ts';
import type {Verdict} from './judge-task.ts';
import {projectFiles} from './project-files.ts';
import {recordIn} from './record.ts';
import type {Services} from './services.ts';
import {codeOf, type TaskCode, waysBack} from './taken-back.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {stillApproved} from './test-command.ts';
import {changedFiles} from './undo.ts';
import {copyEnvironment, copyWorkspace} from './workspace-copy.ts';

/** For everything about one task, in milliseconds. */
const maxMs = 120_000;
const maxMutants = 5;

type Proof = {
	readonly services: Services;
	/** Of the tests. */
	readonly commands: readonly TestCommandFact[];
	readonly copy: ProjectCopy;
	readonly code: readonly TaskCode[];
	readonly evidence: readonly CriterionEvidence[];
	/** The tests that name the task's criteria. */
	readonly tests: readonly TestCase[];
	/** Those that may have been seen failing with an error that the code as it was throws. */
	readonly crashing: ReadonlySet<string>;
	readonly signal: AbortSignal;
};

async function runIn({services, commands, copy, tests, signal}: Proof, timeoutMs: number): Promise<TestReport> {
	const env = copyEnvironment(copy, commands);
	return executeTests(services, {commands, root: copy.root, which: {kind: 'tests', tests}, signal, timeoutMs, env});
}

async function putForward({copy, code}: Proof) {
	for (const {path, text} of code) {
		await copy.write(path, text);
	}
}

function isKnown(evidence: RevertedEvidence | undefined): boolean {
	return evidence !== undefined && evidence.outcome !== 'unknown';
}

/** Takes the code back in one way after the other, until it is known of every criterion whether its tests fail then: the first answer holds. */
async function checkReverted(
	proof: Proof,
	stubs: TaskAttempt['observed']['stubs'],
	timeoutMs: number,
): Promise<readonly RevertedEvidence[]> {
	const {copy, code, evidence, crashing, signal} = proof;
	const found = new Map<string, RevertedEvidence>();
	const files = projectFiles({root: copy.root, childEnv: proof.services.childEnv}, signal);
	for (const {files: texts, wasMet} of waysBack(code, stubs)) {
		if (signal.aborted || evidence.every(({criterion}) => isKnown(found.get(criterion)))) {
			break;
		}

		await putForward(proof);
		for (const [path, text] of texts) {
			await copy.write(path, text);
		}

		const report = await withTestsBehindPanic(
			await runIn(proof, timeoutMs),
			[...new Set(proof.tests.map(test => test.file))],
			files.read,
			tests => runIn({...proof, tests}, timeoutMs),
		);
		const onNothing = (await endingOnNothing(files, report.tests)).map(({id}) => id);
		for (const one of evidence) {
			if (!isKnown(found.get(one.criterion))) {
				found.set(one.criterion, revertedEvidence(one, report, new Set([...(wasMet ? crashing : []), ...onNothing])));
			}
		}
	}

	await putForward(proof);
	return evidence.flatMap(({criterion}) => found.get(criterion) ?? []);
}

/** The lines that a task changed, without those of tests beside the code. */
function codeLines(path: string, text: string, before = ''): readonly number[] {
	const last = withoutOwnTests(path, text).split('\n').length;
	return changedLines(before, text).filter(line => line <= last);
}

function mutantsOf(code: readonly TaskCode[]): readonly (Mutation & {readonly path: string})[] {
	const perFile = code.map(({path, text, before}) =>
		mutationsOf({path, text, changedLines: codeLines(path, text, before), limit: maxMutants}).map(mutation => ({...mutation, path})),
	);
	// One of each file in turn, so that no file is left out.
	const inTurn = Array.from({length: maxMutants}, (_, index) => perFile.flatMap(mutations => mutations[index] ?? [])).flat();
	return inTurn.slice(0, maxMutants);
}

/** Puts one small fault after the other into the code. A mutant survives when the tests ran and none of them failed. */
async function tryMutants(
	proof: Proof,
	timeoutMs: number,
): Promise<{readonly tried: number; readonly survivors: readonly SurvivingMutant[]}> {
	const {copy, code, signal} = proof;
	const survivors: SurvivingMutant[] = [];
	let tried = 0;
	for (const {path, line, description, text} of mutantsOf(code)) {
		await copy.write(path, text);
		const report = await runIn(proof, timeoutMs);
		await copy.write(path, code.find(file => file.path === path)?.text);
		if (signal.aborted) {
			break;
		}

		tried++;
		if (report.problem === undefined && report.counts.passed > 0 && report.counts.failed === 0) {
			survivors.push({path, line, description});
		}
	}

	return {tried, survivors};
}

/** Where the task was when its proof was asked for: later tasks go on in the same files. */
export type ProofOfTask = {readonly prove: (signal: AbortSignal) => Promise<void>};

/**
 * Prepares the check of a task that was just ticked: copies the project as it is now. `prove` then takes the task's code back in the copy,
 * where its tests must fail, puts small faults into it, and writes what that showed into the ledger. Undefined when there is nothing to check.
 */
export async function proofOfTask(
	services: Services,
	attempt: TaskAttempt,
	{evidence, report}: Verdict,
	attemptId: string,
): Promise<ProofOfTask | undefined> {
	const {options, specFiles} = services;
	const {task, textHash, checkpoints, observed} = attempt;
	const shown = evidence.filter(one => one.tests.length > 0);
	const code = await codeOf(
		services,
		attempt,
		(await changedFiles(services, checkpoints)).map(file => file.path),
	);
	const ids = new Set(shown.flatMap(one => one.tests));
	const tests = report?.tests.filter(test => ids.has(test.id)) ?? [];
	if (tests.length === 0 || code.length === 0 || specFiles === undefined) {
		return undefined;
	}

	const commands = report === undefined ? [] : await stillApproved(services, report);
	const copy = commands.length === 0 ? undefined : await copyWorkspace(services);
	if (copy === undefined) {
		return undefined;
	}

	const prove = async (stop: AbortSignal) => {
		const startedAt = options.now();
		const signal = AbortSignal.any([stop, AbortSignal.timeout(maxMs)]);
		const crashing = new Set([...observed.crashing, ...(attempt.bugfix?.reproduction.keys() ?? [])]);
		const proof: Proof = {services, commands, copy, code, evidence: shown, tests, crashing, signal};
		try {
			const asIs = await runIn(proof, maxMs);
			const limit = Math.min(maxMs, asIs.durationMs * 4 + 5000);
			const isUsable = asIs.problem === undefined && asIs.counts.failed === 0 && asIs.counts.passed > 0;
			const why = 'its tests do not pass in a copy of the project';
			const reverted = isUsable
				? await checkReverted(proof, observed.stubs, limit)
				: shown.map(({criterion, textHash: hash, tests: named}) => ({
						criterion,
						textHash: hash,
						tests: named,
						outcome: 'unknown' as const,
						why,
					}));
			const {tried, survivors} = isUsable ? await tryMutants(proof, limit) : {tried: 0, survivors: []};
			if (!stop.aborted) {
				const durationMs = options.now() - startedAt;
				await recordIn(services, specFiles, {
					type: 'proof',
					task: task.id,
					textHash,
					attempt: attemptId,
					evidence: reverted,
					mutants: tried,
					survivors,
					durationMs,
				});
			}
		} finally {
			await copy.remove();
		}
	};
	return {prove};
}
