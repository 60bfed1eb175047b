import type {Event, TestReason} from '../protocol/event.ts';
import {matrixInputOf} from '../protocol/live-matrix.ts';
import type {Comparison, TestReport} from '../protocol/test-report.ts';
import {keepTests} from '../workspace/kept-tests.ts';
import {changedEvidence} from './changed-evidence.ts';
import {type BeforeRun, beforeRun, recordCheck} from './check-evidence.ts';
import {refreshEvidence} from './refresh-evidence.ts';
import type {Services} from './services.ts';

/** How the open spec stood when a run began. */
export type RunStart = {readonly startedAt: number; readonly before: BeforeRun | undefined};

const starts = new WeakMap<TestReport, RunStart>();

/** Looks at the open spec's evidence before the tests run over it. */
export async function startOfRun(services: Services): Promise<RunStart> {
	const {store, specFiles, root, options} = services;
	const {spec} = store.state();
	const startedAt = options.now();
	if (spec === undefined || specFiles?.name !== spec.name || !spec.ledger.some(({type}) => type === 'task')) {
		return {startedAt, before: undefined};
	}

	const input = {...matrixInputOf(spec), changedFiles: await changedEvidence(root, spec.ledger, startedAt)};
	return {startedAt, before: await beforeRun(services, {files: specFiles, input})};
}

/** Keeps with a report what its run began with. */
export function noteStart(report: TestReport, start: RunStart): void {
	starts.set(report, start);
}

async function keepKnownTests({store, options, root}: Services): Promise<void> {
	const {known} = store.state().tests;
	if (known !== undefined) {
		await keepTests(options.directories.state, root, known);
	}
}

type Told = {readonly report: TestReport; readonly reason: TestReason; readonly comparison?: Comparison};

/**
 * Tells what a run of the tests showed. Criteria of the open spec whose files had changed, and whose tests all passed in it, have evidence of
 * the new bytes from then on; the ledger keeps that, so that it holds after a restart too.
 */
export async function tellTests(services: Services, {report, reason, comparison}: Told): Promise<void> {
	const start = starts.get(report);
	const event: Event = {
		type: 'tests.finished',
		report,
		reason,
		...(comparison !== undefined && {comparison}),
		...(start !== undefined && {startedAt: start.startedAt}),
	};
	services.append(event);
	await keepKnownTests(services);
	if (start?.before !== undefined) {
		await recordCheck(services, start.before, report);
	}

	await refreshEvidence(services);
}
