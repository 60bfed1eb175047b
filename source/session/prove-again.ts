import {compareRuns} from '../protocol/compare-reports.ts';
import {evidenceOf} from '../protocol/select.ts';
import type {Comparison, TestReport} from '../protocol/test-report.ts';
import {isDone} from '../spec/task-progress.ts';
import type {TaskId} from '../spec/tasks.ts';
import {relatedTests} from '../test-runners/index.ts';
import {baselineNow} from './baseline.ts';
import {commandsFor, type WhichTests} from './execute-tests.ts';
import {requireSpec, requireTask} from './handle/require.ts';
import {projectFiles} from './project-files.ts';
import {proofFiles} from './proof-files.ts';
import {reopenTask} from './reopen-task.ts';
import {runTests} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import {findTestCommands, requireTestCommands} from './test-command.ts';

/** The tests that show the task, and those related to what changed; all of them when nothing says which. */
async function testsFor(services: Services, id: TaskId, changed: readonly string[], signal: AbortSignal): Promise<WhichTests> {
	const task = requireTask(requireSpec(services), id);
	const project = projectFiles(services, signal);
	const related = await relatedTests({changed, files: await project.list(), read: project.read});
	const files = [...new Set([...(await proofFiles(services, task, signal)), ...related])];
	return files.length > 0 ? {kind: 'files', files} : {kind: 'all'};
}

function count(number: number, what: string): string {
	return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** Why a run no longer shows what the task had shown; undefined when it does. */
function whyNot(report: TestReport, {newFailures}: Comparison, green: readonly string[]): string | undefined {
	if (report.problem !== undefined) {
		return `its tests gave no result (${report.problem.replace('-', ' ')})`;
	}

	const failing = report.detail === 'named' ? newFailures.length : report.exitCode === 0 ? 0 : 1;
	const passed = new Set(report.tests.filter(test => test.status === 'passed').map(test => test.id));
	const missing = green.filter(test => !passed.has(test)).length;
	return failing > 0 ? `${failing} red` : missing > 0 ? `${count(missing, 'test')} that showed it passed no more` : undefined;
}

/**
 * Runs a task's proof again after a part of it was taken back. A done task that is red, or that nothing shows any more, is at work again;
 * the reason is told.
 */
export async function proveAgain(services: Services, id: TaskId, changed: readonly string[], work: Work): Promise<void> {
	const spec = requireSpec(services);
	const wasDone = isDone(requireTask(spec, id));
	const {signal} = work.abort;
	const which = await testsFor(services, id, changed, signal);
	const found = await findTestCommands(services, which.kind === 'all' ? {files: changed} : commandsFor(which));
	if (found.length === 0) {
		return;
	}

	const commands = await requireTestCommands(services, found, signal);
	const evidence = evidenceOf(spec, id);
	const report = await runTests(services, {commands, which, reason: 'asked', work});
	const comparison = compareRuns(baselineNow(services), report);
	services.append({type: 'tests.finished', report, reason: 'asked', comparison});
	const why = whyNot(report, comparison, evidence.kind === 'run' ? evidence.entry.green : []);
	if (why !== undefined && wasDone) {
		await reopenTask(services, {id, textHash: spec.textHashes[id] ?? ''});
		services.append({
			type: 'noticed',
			level: 'warning',
			text: `Task ${id} is open again: ${why}`,
			nextStep: 'Bring the hunk back with /undo, or start the task again',
		});
	}
}
