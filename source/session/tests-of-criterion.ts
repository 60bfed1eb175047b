import {liveMatrix} from '../protocol/live-matrix.ts';
import {UserError} from '../protocol/user-error.ts';
import type {WhichTests} from './execute-tests.ts';
import {requireSpec} from './handle/require.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';

/**
 * Which tests to run for one criterion of the open spec: those that a run of this session has named, else the files that name it. Throws
 * UserError when there are none.
 */
export async function testsOfCriterion(services: Services, criterion: string, signal: AbortSignal): Promise<WhichTests> {
	const state = services.store.state();
	const spec = requireSpec(services);
	const tests = liveMatrix(state).rows.find(row => row.criterion === criterion)?.tests ?? [];
	const known = new Map(state.tests.known?.report.tests.map(test => [test.id, test]));
	const cases = tests.flatMap(({id}) => known.get(id ?? '') ?? []);
	if (cases.length === tests.length && cases.length > 0) {
		return {kind: 'tests', tests: cases};
	}

	// A ledger comes with a repository: a path in it is used only when it is a file of the project.
	const all = new Set(await projectFiles(services, signal).list());
	const files = [...new Set(tests.map(({file}) => file))].filter(file => all.has(file));
	if (files.length > 0) {
		return {kind: 'files', files};
	}

	throw new UserError(`No test is known that names ${criterion}`, {
		nextStep: `Write [${spec.isOnly ? criterion : `${spec.name} ${criterion}`}] into the name of a test, then run all tests once`,
	});
}
