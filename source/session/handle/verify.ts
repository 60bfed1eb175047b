import {compareReports} from '../../protocol/compare-reports.ts';
import type {CheckEntry} from '../../protocol/ledger-entry.ts';
import {deriveMatrix, type MatrixInput} from '../../protocol/matrix.ts';
import type {TestReport} from '../../protocol/test-report.ts';
import {UserError} from '../../protocol/user-error.ts';
import {digestOfFile} from '../../workspace/digest.ts';
import {resolvePath} from '../../workspace/resolve-path.ts';
import {rememberBaseline} from '../baseline.ts';
import {findFlaky} from '../find-flaky.ts';
import {chosenSpecs, readEvidence, type SpecEvidence} from '../read-evidence.ts';
import {recordIn} from '../record.ts';
import {runTests} from '../run-tests.ts';
import type {Services, Work} from '../services.ts';
import {findTestCommand, requireTestCommand} from '../test-command.ts';
import {withWork} from '../with-work.ts';
import {requireTrust} from './require.ts';

/** Later than any file: what was read before the run is what the run speaks of, whatever the files' times say. */
const afterAll = '9999-12-31T23:59:59.999Z';

/** A spec before the run, with the bytes of the files that are not those of its evidence. */
type Before = SpecEvidence & {readonly changed: ReadonlyMap<string, CheckEntry['files'][number]>};

async function bytesOf(root: string, path: string): Promise<CheckEntry['files'][number]> {
	const resolved = await resolvePath(root, path);
	const after = resolved.kind === 'inside' ? await digestOfFile(resolved.absolute).catch(() => undefined) : undefined;
	return {path, ...(after !== undefined && {after})};
}

/** The criteria of which a file had changed, and which passed all the same, with those files. */
function passedAgain(input: MatrixInput, report: TestReport): readonly {readonly criterion: string; readonly files: readonly string[]}[] {
	const after = new Map(deriveMatrix({...input, newest: {report, at: afterAll}}).rows.map(row => [row.criterion, row]));
	return deriveMatrix(input).rows.flatMap(({criterion, changedFiles, unprovenSince}) => {
		const now = after.get(criterion);
		const isShown = now?.unprovenSince === undefined && (now?.grade === 'proven' || now?.grade === 'passing');
		return unprovenSince !== undefined && isShown ? [{criterion, files: changedFiles}] : [];
	});
}

/** From now on the evidence of these criteria is of the bytes that the tests ran over. */
async function recordCheck(services: Services, {files, input, changed}: Before, report: TestReport) {
	const rows = passedAgain(input, report);
	if (rows.length > 0) {
		await recordIn(services, files, {
			type: 'check',
			command: report.command,
			criteria: rows.map(({criterion}) => ({criterion, textHash: input.criterionHashes[criterion] ?? ''})),
			files: [...new Set(rows.flatMap(row => row.files))].sort().flatMap(path => changed.get(path) ?? []),
		});
	}
}

/** Read before the run, so that a file which changes while the tests run is told from what they ran over. */
async function readBefore({root, childEnv, options}: Services, spec: string | undefined, signal: AbortSignal): Promise<readonly Before[]> {
	const evidence = await readEvidence({root, env: childEnv, state: options.directories.state, signal}, spec);
	return Promise.all(
		evidence.map(async each => {
			const paths = new Set(deriveMatrix(each.input).rows.flatMap(row => row.changedFiles));
			const bytes = await Promise.all([...paths].map(path => bytesOf(root, path)));
			return {...each, changed: new Map(bytes.map(file => [file.path, file]))};
		}),
	);
}

/** A checkout that is read only, or a ledger of a newer version, does not make the tests any less green. */
function tellUnwritten(services: Services, {files}: Before, error: unknown) {
	if (!(error instanceof UserError)) {
		throw error;
	}

	services.append({type: 'noticed', level: 'warning', text: `${files.name}: not recorded. ${error.message}`, nextStep: error.nextStep});
}

async function runOnce(services: Services, work: Work): Promise<TestReport> {
	const report = await runTests(services, {which: {kind: 'all'}, reason: 'asked', work});
	const told = compareReports(services.store.state().tests.baseline, report);
	const flaky = await findFlaky(services, told.newFailures, report, work);
	const comparison = {...told, newFailures: told.newFailures.filter(test => !flaky.includes(test)), ...(flaky.length > 0 && {flaky})};
	services.append({type: 'tests.finished', report, reason: 'asked', comparison});
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
			await recordCheck(services, evidence, report).catch(error => tellUnwritten(services, evidence, error));
		}
	});
}
