import type {BaselineOf} from '../protocol/compare-reports.ts';
import type {TestCommandFact} from '../protocol/event.ts';
import {partsOf, testCommandOf} from '../protocol/join-reports.ts';
import type {TestReport} from '../protocol/test-report.ts';
import {type FileManifest, manifestChanges, takeManifest} from './file-manifest.ts';
import {runTests} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import {tellTests} from './tell-tests.ts';

type Taken = {readonly report: TestReport; readonly manifest: FileManifest};

/** By the test command that they are of. */
const baselines = new WeakMap<Services, ReadonlyMap<string, Taken>>();

/** The newest baseline of each test command. */
export function baselineNow(services: Services): BaselineOf {
	const known = services.store.state().tests.baselines;
	return command => (Object.hasOwn(known, command) ? known[command] : undefined);
}

/** Remembers a whole run as the baseline for what comes next: nothing outside `.kiro` has changed since. */
export async function rememberBaseline(services: Services, report: TestReport, signal: AbortSignal): Promise<void> {
	const whole = partsOf(report).filter(part => part.scope === 'all' && part.problem === undefined);
	if (whole.length === 0) {
		return;
	}

	const manifest = await takeManifest(services, signal);
	const taken = whole.map(part => [testCommandOf(part), {report: part, manifest}] as const);
	baselines.set(services, new Map([...(baselines.get(services) ?? []), ...taken]));
	for (const part of whole) {
		services.append({type: 'baseline.set', report: part});
	}
}

/** What a command showed when the files were these; undefined when it was not run then. */
export function baselineAt(services: Services, command: string, manifest: FileManifest): TestReport | undefined {
	const known = baselines.get(services)?.get(command);
	return known !== undefined && manifestChanges(known.manifest, manifest).length === 0 ? known.report : undefined;
}

/**
 * The state of the tests before work begins, by command. A run is fresh, and used again, when no file outside `.kiro` changed since. Empty
 * when the project has no tests yet.
 */
export async function baselineFor(
	services: Services,
	commands: readonly TestCommandFact[],
	work: Work,
): Promise<ReadonlyMap<string, TestReport>> {
	const {signal} = work.abort;
	const manifest = await takeManifest(services, signal);
	const fresh = commands.flatMap(({command}) => baselineAt(services, command, manifest) ?? []);
	const found = new Map(fresh.map(report => [testCommandOf(report), report]));
	const stale = commands.filter(({command}) => !found.has(command));
	if (stale.length === 0) {
		return found;
	}

	const report = await runTests(services, {commands: stale, which: {kind: 'all'}, reason: 'baseline', work});
	await tellTests(services, {report, reason: 'baseline'});
	await rememberBaseline(services, report, signal);
	return new Map([...found, ...partsOf(report).map(part => [testCommandOf(part), part] as const)]);
}
