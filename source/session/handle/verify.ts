import {compareReports} from '../../protocol/compare-reports.ts';
import type {TestReport} from '../../protocol/test-report.ts';
import {rememberBaseline} from '../baseline.ts';
import {type BeforeRun, beforeRun, recordCheck} from '../check-evidence.ts';
import {findFlaky} from '../find-flaky.ts';
import {chosenSpecs, readEvidence} from '../read-evidence.ts';
import {runTests} from '../run-tests.ts';
import type {Services, Work} from '../services.ts';
import {tellTests} from '../tell-tests.ts';
import {findTestCommand, requireTestCommand} from '../test-command.ts';
import {withWork} from '../with-work.ts';
import {requireTrust} from './require.ts';

/** The specs that the run is to speak for; for the open one every run of the tests does. */
async function readBefore(services: Services, spec: string | undefined, signal: AbortSignal): Promise<readonly BeforeRun[]> {
	const {root, childEnv, options, specFiles} = services;
	const evidence = await readEvidence({root, env: childEnv, state: options.directories.state, signal}, spec);
	return Promise.all(evidence.filter(({files}) => files.name !== specFiles?.name).map(each => beforeRun(services, each)));
}

async function runOnce(services: Services, work: Work): Promise<TestReport> {
	const report = await runTests(services, {which: {kind: 'all'}, reason: 'asked', work});
	const told = compareReports(services.store.state().tests.baseline, report);
	const flaky = await findFlaky(services, told.newFailures, report, work);
	const comparison = {...told, newFailures: told.newFailures.filter(test => !flaky.includes(test)), ...(flaky.length > 0 && {flaky})};
	await tellTests(services, {report, reason: 'asked', comparison});
	await rememberBaseline(services, report, work.abort.signal);
	return report;
}

/**
 * Runs the whole suite once and lets it speak for the criteria of one spec, or of all: those whose files had changed and that pass again
 * have evidence of the new bytes. Without a test command the ledgers are all there is.
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

		await requireTestCommand(services, signal);
		const before = await readBefore(services, spec, signal);
		const report = await runOnce(services, work);
		for (const evidence of signal.aborted ? [] : before) {
			await recordCheck(services, evidence, report);
		}
	});
}
