import {expect, test} from 'vitest';
import {deriveMatrix, type MatrixInput} from '../../source/protocol/matrix.ts';
import {describeDoubt, doubtsOf} from '../../source/protocol/verdict.ts';
import {at, attempt, entry, matrixInput, reportOf, requirementsOf, shows, taskHash, tasksOf} from '../support/matrix-input.ts';

const done = tasksOf(['x', 'Add']);
const run = (list: string) => ({newest: {report: reportOf(list), at: at(50)}});
const accept = entry({type: 'accept', minute: 2, task: '1', textHash: taskHash('Add'), grade: 'unproven', reason: 'seen'});

test.each<readonly [string, string, Partial<MatrixInput>, readonly string[]]>([
	['a passing criterion', done, run('+ adds [1.1]'), []],
	['a red criterion', done, run('- adds [1.1]'), ['task 1: a test of 1.1 fails, is skipped or is gone']],
	['a criterion that nothing shows', done, run('+ other'), ['task 1: no evidence for 1.1']],
	['an open task', tasksOf([' ', 'Add']), run('- adds [1.1]'), []],
	['a task accepted by hand', done, {ledger: [accept], ...run('+ other')}, []],
	[
		'a task accepted by hand that is red',
		done,
		{ledger: [accept], ...run('- adds [1.1]')},
		['task 1: a test of 1.1 fails, is skipped or is gone'],
	],
	[
		'evidence that is older than its code',
		done,
		{ledger: [attempt({evidence: [shows('a', 'passing')], files: [{path: 'a.js', after: 'd'}]})], changedFiles: {'a.js': at(9)}},
		[],
	],
	['a box that somebody ticked', '# P\n\n- [x] 1. Set up\n', {}, ['task 1: no evidence']],
	['a set-up task after a green run', '# P\n\n- [x] 1. Set up\n', run('+ other'), []],
	['a set-up task after a red run', '# P\n\n- [x] 1. Set up\n', run('- other'), ['task 1: no evidence']],
])('verify says of %s what speaks against the tick', (_what, tasks, more, expected) => {
	const matrix = deriveMatrix(matrixInput({requirements: requirementsOf('a'), tasks}, more));
	expect(doubtsOf(matrix).map(describeDoubt)).toEqual(expected);
});
