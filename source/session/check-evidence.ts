import type {CheckEntry} from '../protocol/ledger-entry.ts';
import {deriveMatrix, type MatrixInput, type MatrixRow} from '../protocol/matrix.ts';
import type {TestReport} from '../protocol/test-report.ts';
import {UserError} from '../protocol/user-error.ts';
import {digestOfFile} from '../workspace/digest.ts';
import {resolvePath} from '../workspace/resolve-path.ts';
import type {SpecFiles} from '../workspace/spec-folder.ts';
import {recordIn} from './record.ts';
import type {Services} from './services.ts';

/** Later than any file: what was read before the run is what the run speaks of, whatever the files' times say. */
const afterAll = '9999-12-31T23:59:59.999Z';

type Evidence = {readonly files: SpecFiles; readonly input: MatrixInput};

/** A spec before a run, with the bytes of the files that are not those of its evidence. */
export type BeforeRun = Evidence & {readonly changed: ReadonlyMap<string, CheckEntry['files'][number]>};

async function bytesOf(root: string, path: string): Promise<CheckEntry['files'][number]> {
	const resolved = await resolvePath(root, path);
	const after = resolved.kind === 'inside' ? await digestOfFile(resolved.absolute).catch(() => undefined) : undefined;
	return {path, ...(after !== undefined && {after})};
}

/** Read before the run, so that a file which changes while the tests run is told from what they ran over. */
export async function beforeRun({root}: Services, {files, input}: Evidence): Promise<BeforeRun> {
	const paths = new Set(deriveMatrix(input).rows.flatMap(row => row.changedFiles));
	const bytes = await Promise.all([...paths].map(path => bytesOf(root, path)));
	return {files, input, changed: new Map(bytes.map(file => [file.path, file]))};
}

/**
 * Whether a run shows a criterion: every test of it that ran passed, and none that showed it before is missing. A whole run may hold another
 * test in the place of a missing one, which then got another name; a smaller run may not have asked for it.
 */
function isShownBy(report: TestReport, before: MatrixRow, now: MatrixRow): boolean {
	const ran = new Map(report.tests.map(test => [test.id, test.status]));
	const own = now.tests.flatMap(({id}) => (id === undefined || !ran.has(id) ? [] : [id]));
	const known = new Set(before.tests.flatMap(({id}) => id ?? []));
	const missing = [...known].filter(id => !ran.has(id)).length;
	const fresh = own.filter(id => !known.has(id)).length;
	const isComplete = report.scope === 'all' ? missing <= fresh : missing === 0;
	return isComplete && own.length > 0 && own.every(id => ran.get(id) === 'passed');
}

/** The criteria of which a file had changed, and which passed all the same, with those files. */
function passedAgain(input: MatrixInput, report: TestReport): readonly {readonly criterion: string; readonly files: readonly string[]}[] {
	const after = new Map(deriveMatrix({...input, newest: {report, at: afterAll}}).rows.map(row => [row.criterion, row]));
	return deriveMatrix(input).rows.flatMap(before => {
		const now = after.get(before.criterion);
		const isClear = now?.unprovenSince === undefined && (now?.grade === 'proven' || now?.grade === 'passing');
		return before.unprovenSince !== undefined && isClear && isShownBy(report, before, now)
			? [{criterion: before.criterion, files: before.changedFiles}]
			: [];
	});
}

/** A checkout that is read only, or a ledger of a newer version, does not make the tests any less green. */
function tellUnwritten(services: Services, {name}: SpecFiles, error: unknown) {
	if (!(error instanceof UserError)) {
		throw error;
	}

	services.append({type: 'noticed', level: 'warning', text: `${name}: not recorded. ${error.message}`, nextStep: error.nextStep});
}

/** From now on the evidence of the criteria that passed again is of the bytes that the tests ran over: a `check` line says so. */
export async function recordCheck(services: Services, {files, input, changed}: BeforeRun, report: TestReport): Promise<void> {
	const rows = report.problem === undefined && report.detail === 'named' && changed.size > 0 ? passedAgain(input, report) : [];
	if (rows.length === 0) {
		return;
	}

	await recordIn(services, files, {
		type: 'check',
		command: report.command,
		criteria: rows.map(({criterion}) => ({criterion, textHash: input.criterionHashes[criterion] ?? ''})),
		files: [...new Set(rows.flatMap(row => row.files))].sort().flatMap(path => changed.get(path) ?? []),
	}).catch((error: unknown) => tellUnwritten(services, files, error));
}
