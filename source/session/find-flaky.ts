import type {TestCase, TestReport} from '../protocol/test-report.ts';
import {runTests} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import {stillApproved} from './test-command.ts';

/** More failures at once are no accident of time. */
const maxFailures = 5;
const tries = 2;

/**
 * Runs new failures again, without the rest of the suite, twice. Resolves with those that passed at least once: they are flaky, and neither
 * a failure of the work at hand nor evidence of anything.
 */
export async function findFlaky(
	services: Services,
	failures: readonly TestCase[],
	report: TestReport,
	work: Work,
): Promise<readonly TestCase[]> {
	const {signal} = work.abort;
	const failed = failures.filter(test => test.status === 'failed' && test.file !== '' && report.tests.includes(test));
	// A test that could not be loaded, or that the run lost, fails for a reason that does not pass by itself.
	if (failed.length === 0 || failed.length < failures.length || failed.length > maxFailures || report.problem !== undefined) {
		return [];
	}

	const commands = await stillApproved(services, report);
	if (commands.length === 0) {
		return [];
	}

	const passed = new Set<string>();
	for (let round = 0; round < tries && !signal.aborted; round++) {
		const again = await runTests(services, {commands, which: {kind: 'tests', tests: failed}, reason: 'again', work});
		services.append({type: 'tests.finished', report: again, reason: 'again'});
		for (const {id} of again.tests.filter(test => test.status === 'passed')) {
			passed.add(id);
		}
	}

	return failed.filter(test => passed.has(test.id));
}
