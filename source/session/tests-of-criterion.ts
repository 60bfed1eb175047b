import type {MatrixTest} from '../protocol/criterion-tests.ts';
import {liveMatrix} from '../protocol/live-matrix.ts';
import type {SpecState, State} from '../protocol/state.ts';
import type {TestCase} from '../protocol/test-report.ts';
import {UserError} from '../protocol/user-error.ts';
import type {WhichTests} from './execute-tests.ts';

/** A test that the ledger knows and no run of this session has shown: its id, file and name are all that a runner is asked with. */
function caseOf({id, file, name}: MatrixTest, known: ReadonlyMap<string, TestCase>): readonly TestCase[] {
	return id === undefined ? [] : [known.get(id) ?? {id, file, name, status: 'skipped'}];
}

/** Which tests to run for one criterion of the open spec: those known by name, else the files that name it. Throws UserError without any. */
export function testsOf(spec: SpecState, state: State, criterion: string): WhichTests {
	const tests = liveMatrix(state).rows.find(row => row.criterion === criterion)?.tests ?? [];
	const known = new Map(state.tests.known?.report.tests.map(test => [test.id, test]));
	const cases = tests.flatMap(test => caseOf(test, known));
	// What was only found in the source has no full name to ask a runner for.
	const files = [...new Set(tests.map(({file}) => file).filter(file => file !== ''))];
	if (cases.length === tests.length && cases.length > 0 && cases.every(({file}) => file !== '')) {
		return {kind: 'tests', tests: cases};
	}

	if (files.length > 0) {
		return {kind: 'files', files};
	}

	const tag = spec.isOnly ? criterion : `${spec.name} ${criterion}`;
	throw new UserError(`No test is known that names ${criterion}`, {
		nextStep: `Write [${tag}] into the name of a test, then run all tests once`,
	});
}
