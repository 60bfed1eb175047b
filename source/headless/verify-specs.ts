import type {Invocation} from '../arguments.ts';
import {exitCodes} from '../protocol/exit-codes.ts';
import {partsOf} from '../protocol/join-reports.ts';
import {deriveMatrix, type MatrixInput} from '../protocol/matrix.ts';
import {printable} from '../protocol/printable.ts';
import type {TestReport} from '../protocol/test-report.ts';
import {describeDoubt, doubtsOf} from '../protocol/verdict.ts';
import {type EvidencePlace, readEvidence} from '../session/read-evidence.ts';
import type {Session} from '../session/session.ts';
import type {HeadlessIo} from './headless-io.ts';
import {writeMatrices} from './print-matrix.ts';

const problems = {
	'timed-out': 'the tests ran out of time',
	stopped: 'the test run was stopped',
	'not-started': 'the tests could not be started',
	'no-tests': undefined,
} as const;

/** Why a run of a test command says nothing; a command that fails without naming a test speaks against everything. */
function problemOf({problem, counts, exitCode}: TestReport): string | undefined {
	if (problem !== undefined) {
		return problems[problem];
	}

	return counts.failed > 0 || exitCode === 0 ? undefined : `the command ended with exit code ${exitCode} and no test failed`;
}

/** Runs the tests through the session; undefined when the project has none. A file that changes after its start is not what it is about. */
async function runNow(session: Session, spec: string | undefined): Promise<MatrixInput['newest']> {
	let startedAt: number | undefined;
	const stop = session.store.subscribe(event => {
		startedAt ??= event.type === 'tests.started' ? event.at : undefined;
	});
	const sent = await session.send({type: 'verify', ...(spec !== undefined && {spec})});
	stop();
	if (!sent.ok) {
		throw sent.error;
	}

	const report = session.store.state().tests.last?.report;
	return report === undefined ? undefined : {report, at: new Date(startedAt ?? 0).toISOString()};
}

/** `verify`: runs the tests, prints what the criteria show now, and resolves with 5 when a ticked task is not shown to be done. */
export async function verifySpecs(
	session: Session,
	{invocation, open}: {readonly invocation: Extract<Invocation, {kind: 'verify'}>; readonly open: () => EvidencePlace},
	io: HeadlessIo,
): Promise<number> {
	const {spec, format, isUnprovenOnly} = invocation;
	const newest = await runNow(session, spec);
	const report = newest?.report;
	const evidence = await readEvidence(open(), spec);
	const matrices = evidence.map(({files, input}) => ({path: files.path, matrix: deriveMatrix({...input, ...(newest && {newest})})}));
	if (io.format === 'text') {
		writeMatrices(matrices, {format, isUnprovenOnly}, io);
	}

	const troubles = report === undefined ? [] : partsOf(report).flatMap(part => problemOf(part) ?? []);
	const doubts = matrices.flatMap(({matrix}) => doubtsOf(matrix).map(doubt => `${matrix.spec}: ${describeDoubt(doubt)}`));
	const isAnyDone = matrices.some(({matrix}) => matrix.tasks.some(task => task.isDone));
	const told = [...(isAnyDone ? troubles : []), ...doubts];
	for (const line of told) {
		io.writeError(`${printable(line)}\n`);
	}

	return told.length === 0 ? exitCodes.done : exitCodes.evidenceSaysNo;
}
