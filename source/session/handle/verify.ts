import {compareRuns} from '../../protocol/compare-reports.ts';
import type {TestCommandFact} from '../../protocol/event.ts';
import {evidenceFiles} from '../../protocol/evidence-files.ts';
import {listed} from '../../protocol/grade-task.ts';
import type {TestReport} from '../../protocol/test-report.ts';
import {isBelow, splitFolder} from '../../test-runners/index.ts';
import {baselineNow, rememberBaseline} from '../baseline.ts';
import {beforeRun, recordCheck} from '../check-evidence.ts';
import {findFlaky} from '../find-flaky.ts';
import {chosenSpecs, readEvidence, type SpecEvidence} from '../read-evidence.ts';
import {runTests} from '../run-tests.ts';
import type {Services, Work} from '../services.ts';
import {tellTests} from '../tell-tests.ts';
import {findTestCommand, findTestCommands, requireTestCommands} from '../test-command.ts';
import {withWork} from '../with-work.ts';
import {requireTrust} from './require.ts';

/** The test files that show something of the specs: those that a test is known from, and those that name a criterion. */
function testFilesOf(evidence: readonly SpecEvidence[]): readonly string[] {
	const ids = evidence.flatMap(({input}) => input.ledger.flatMap(line => (line.type === 'task' ? line.green : [])));
	const known = ids.flatMap(id => (id.includes(' > ') ? [id.slice(0, id.indexOf(' > '))] : []));
	return [...new Set([...known, ...evidence.flatMap(({input}) => input.links.map(link => link.file))])];
}

/** The commands of all packages that own evidence; what no command runs is told. */
async function commandsOf(services: Services, evidence: readonly SpecEvidence[], signal: AbortSignal): Promise<readonly TestCommandFact[]> {
	const tests = testFilesOf(evidence);
	const files = [...tests, ...evidence.flatMap(({input}) => [...evidenceFiles(input.ledger).keys()])];
	const commands = await requireTestCommands(services, await findTestCommands(services, {files}), signal);
	const folders = commands.map(({command}) => splitFolder(command).folder ?? '');
	const left = tests.filter(file => !folders.some(folder => isBelow(folder, file)));
	if (left.length > 0) {
		const text = `No test command was found for ${listed(left)}: what they show is not checked`;
		services.append({type: 'noticed', level: 'warning', text});
	}

	return commands;
}

async function runOnce(services: Services, commands: readonly TestCommandFact[], work: Work): Promise<TestReport> {
	const report = await runTests(services, {commands, which: {kind: 'all'}, reason: 'asked', work});
	const told = compareRuns(baselineNow(services), report);
	const flaky = await findFlaky(services, told.newFailures, report, work);
	const comparison = {...told, newFailures: told.newFailures.filter(test => !flaky.includes(test)), ...(flaky.length > 0 && {flaky})};
	await tellTests(services, {report, reason: 'asked', comparison});
	await rememberBaseline(services, report, work.abort.signal);
	return report;
}

/**
 * Runs the tests of all packages that own evidence once and lets them speak for the criteria of one spec, or of all: those whose files had
 * changed and that pass again have evidence of the new bytes. Without a test command the ledgers are all there is.
 */
export async function verify(services: Services, spec?: string): Promise<void> {
	requireTrust(services);
	await chosenSpecs(services.root, spec);
	await withWork(services, 'The check', async work => {
		const {signal} = work.abort;
		if ((await findTestCommand(services)) === undefined) {
			services.append({type: 'noticed', level: 'warning', text: 'This project has no test command: only the ledgers are looked at'});
			return;
		}

		const {root, childEnv, options, specFiles} = services;
		const evidence = await readEvidence({root, env: childEnv, state: options.directories.state, signal}, spec);
		const commands = await commandsOf(services, evidence, signal);
		// For the open spec every run of the tests speaks.
		const others = evidence.filter(({files}) => files.name !== specFiles?.name);
		const before = await Promise.all(others.map(each => beforeRun(services, each)));
		if (commands.length === 0) {
			return;
		}

		const report = await runOnce(services, commands, work);
		for (const each of signal.aborted ? [] : before) {
			await recordCheck(services, each, report);
		}
	});
}
