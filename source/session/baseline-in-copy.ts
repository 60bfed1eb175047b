import type {TestCommandFact} from '../protocol/event.ts';
import {countTests, type TestCase, type TestReport} from '../protocol/test-report.ts';
import {detectTestCommands} from '../test-runners/index.ts';
import type {ProjectCopy} from '../workspace/project-copy.ts';
import {testCommandHash} from '../workspace/trust.ts';
import {executeTests} from './execute-tests.ts';
import {type FileManifest, manifestChanges, sizeIn, takeManifest} from './file-manifest.ts';
import {projectFiles} from './project-files.ts';
import type {Services, Work} from './services.ts';
import {type Reverted, textBefore} from './taken-back.ts';
import {changedFiles} from './undo.ts';
import {copyEnvironment, copyWorkspace} from './workspace-copy.ts';

/** Work that went on before it was known that its tests are this command's. */
export type BeforeWork = {
	/** Approved. */
	readonly fact: TestCommandFact;
	/** They know the texts from before the work. */
	readonly checkpoints: readonly string[];
	/** The files as the work found them; undefined when nobody looked. */
	readonly manifest: FileManifest | undefined;
};

type Found<Value> = {readonly kind: 'found'; readonly value: Value} | {readonly kind: 'unknown'; readonly why: string};

function unknown(why: string): Found<never> {
	return {kind: 'unknown', why};
}

/** The text of each changed file as the work found it. What a command changed is not in the checkpoints, so that it cannot be taken back. */
async function textsBefore(services: Services, {checkpoints, manifest}: BeforeWork, signal: AbortSignal): Promise<Found<Reverted>> {
	if (manifest === undefined) {
		return unknown('what the files were before is not known for all of them');
	}

	const kept = new Set(checkpoints.flatMap(checkpoint => services.checkpoints.files(checkpoint).map(file => file.path)));
	const changed = [
		...manifestChanges(manifest, await takeManifest(services, signal)),
		...(await changedFiles(services, checkpoints)).map(file => file.path),
	];
	const texts = new Map<string, string | undefined>();
	for (const path of new Set(changed)) {
		const size = sizeIn(manifest, path);
		const text = size === undefined || !kept.has(path) ? undefined : await textBefore(services, {checkpoints}, path);
		if (size !== undefined && (text === undefined || Buffer.byteLength(text) !== size)) {
			return unknown(`${path} was changed by something else than the agent’s edits`);
		}

		texts.set(path, text);
	}

	return {kind: 'found', value: texts};
}

function hasRun({status, failure}: TestCase): boolean {
	return status !== 'failed' || failure?.inBody === true;
}

/** A copy lacks what git ignores: that a test could not even start there says nothing about how it was. */
function asBaseline(report: TestReport): Found<TestReport> {
	if (report.problem !== undefined && report.problem !== 'no-tests') {
		return unknown(`there its tests gave no result (${report.problem.replace('-', ' ')})`);
	}

	if (report.detail === 'exit-code' && report.exitCode !== 0) {
		return unknown(`there the command ended with exit code ${report.exitCode}`);
	}

	const tests = report.tests.filter(hasRun);
	const {exitCode, ...rest} = report;
	return {kind: 'found', value: {...rest, tests, counts: countTests(tests), exitCode: exitCode === 0 ? 0 : undefined}};
}

function endsOf({abort, yieldToMessage}: Work): readonly AbortSignal[] {
	return [abort.signal, ...(yieldToMessage === undefined ? [] : [yieldToMessage.signal])];
}

async function runIn(services: Services, copy: ProjectCopy, fact: TestCommandFact, work: Work): Promise<TestReport> {
	const {append, options, settings} = services;
	const skip = new AbortController();
	work.skipTests = skip;
	return executeTests(services, {
		commands: [fact],
		root: copy.root,
		which: {kind: 'all'},
		signal: AbortSignal.any([...endsOf(work), skip.signal]),
		timeoutMs: settings.tests.timeoutMs,
		env: copyEnvironment(copy, [fact]),
		onStart: command => append({type: 'tests.started', command, scope: 'all', reason: 'baseline', at: options.now()}),
		onOutput: text => append({type: 'tests.progressed', text}),
	});
}

/** The run of a command over the files as they were; the value is undefined when there was no such command then. */
async function runBefore(
	services: Services,
	{fact}: BeforeWork,
	{copy, texts}: {readonly copy: ProjectCopy; readonly texts: Reverted},
	work: Work,
): Promise<Found<TestReport | undefined>> {
	const {signal} = work.abort;
	for (const [path, text] of texts) {
		await copy.write(path, text);
	}

	const there = await detectTestCommands(projectFiles({...services, root: copy.root}, signal), services.testCommand, 'every');
	const then = there.find(({command}) => command === fact.command);
	if (then === undefined) {
		return {kind: 'found', value: undefined};
	}

	// Only what a person approved is run, and that is the script as it is now.
	if (testCommandHash(then) !== testCommandHash(fact)) {
		return unknown('its script was another one then');
	}

	const report = await runIn(services, copy, fact, work);
	const notStarted = report.tests.filter(test => !hasRun(test)).length;
	if (notStarted > 0 && report.problem === undefined) {
		const text = `How ${notStarted} of the tests of "${fact.command}" were before is not known: they did not start in a copy of the project`;
		services.append({type: 'noticed', level: 'info', text});
	}

	return asBaseline(report);
}

async function findBefore(services: Services, before: BeforeWork, work: Work): Promise<Found<TestReport | undefined>> {
	const texts = await textsBefore(services, before, work.abort.signal);
	if (texts.kind === 'unknown') {
		return texts;
	}

	let copy: ProjectCopy | undefined;
	try {
		copy = await copyWorkspace(services);
	} catch (error) {
		return unknown(`the project could not be copied: ${error instanceof Error ? error.message : 'unknown'}`);
	}

	if (copy === undefined) {
		return unknown('the project is too large to be copied');
	}

	try {
		return await runBefore(services, before, {copy, texts: texts.value}, work);
	} finally {
		await copy.remove();
	}
}

/**
 * What a command's tests showed before some work: they run in a copy of the project with the work taken back. Undefined when they were not
 * there before, and when it cannot be known, which is told: then every failure counts as new.
 */
export async function baselineInCopy(services: Services, before: BeforeWork, work: Work): Promise<TestReport | undefined> {
	const found = await findBefore(services, before, work);
	if (found.kind === 'found') {
		return found.value;
	}

	if (!endsOf(work).some(({aborted}) => aborted)) {
		const text = `How "${before.fact.command}" was before is not known, so every failure of it counts as new: ${found.why}`;
		services.append({type: 'noticed', level: 'warning', text});
	}

	return undefined;
}
