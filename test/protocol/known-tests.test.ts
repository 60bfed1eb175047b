import {expect, test} from 'vitest';
import {type KnownTests, withRun} from '../../source/protocol/known-tests.ts';
import {deriveMatrix} from '../../source/protocol/matrix.ts';
import {at, attempt, matrixInput, reportOf, shows, tasksOf} from '../support/matrix-input.ts';

const ran = (known: KnownTests | undefined, list: string, minute: number, more: Parameters<typeof reportOf>[1] = {}) =>
	withRun(known, {report: reportOf(list, more), startedAt: Date.parse(at(minute)), flaky: []});
const statuses = (known: KnownTests | undefined) => known?.report.tests.map(({name, status}) => `${name} ${status}`);

test('a smaller run changes the results of its own tests alone', () => {
	const known = ran(ran(undefined, '+ a\n- b\n+ c', 1), '+ b\n- d', 2, {scope: 'related'});
	expect(statuses(known)).toEqual(['a passed', 'b passed', 'c passed', 'd failed']);
	expect(known).toMatchObject({
		report: {scope: 'all', counts: {passed: 3, failed: 1, skipped: 0}},
		at: at(1),
		ranAt: {'a.test.js > b': at(2), 'a.test.js > d': at(2)},
	});
});

test('a test that a smaller run leaves out is not skipped', () => {
	expect(statuses(ran(ran(undefined, '+ a\n+ b', 1), '+ a\n? b', 2, {scope: 'related'}))).toEqual(['a passed', 'b passed']);
});

test('a whole run forgets what was before, and a run without names says nothing', () => {
	const known = ran(ran(undefined, '- a', 1), '+ b', 2);
	expect(statuses(known)).toEqual(['b passed']);
	expect(ran(known, '', 3, {detail: 'exit-code'})).toBe(known);
	expect(statuses(ran(known, '- a', 3, {problem: 'timed-out'}))).toEqual(['b passed', 'a failed']);
});

test('a change between the whole run and a smaller one is known to the tests of the smaller one alone', () => {
	const ledger = [attempt({evidence: [shows('a', 'passing')], files: [{path: 'a.js', after: 'old'}]})];
	const input = matrixInput({tasks: tasksOf(['x', 'Add'])}, {ledger, changedFiles: {'a.js': at(10)}});
	const whole = ran(undefined, '+ adds [1.1]\n+ other', 5);
	const gradeAfter = (list: string) => deriveMatrix({...input, newest: ran(whole, list, 15, {scope: 'related'})!}).rows[0]?.grade;
	expect([gradeAfter('+ other'), gradeAfter('+ adds [1.1]'), gradeAfter('- adds [1.1]')]).toEqual(['unproven', 'passing', 'red']);
});

test('a test that failed and passed alone is flaky, not red', () => {
	const report = reportOf('- adds [1.1]');
	const newest = withRun(undefined, {report, startedAt: 0, flaky: report.tests})!;
	const [row] = deriveMatrix({...matrixInput({}), newest}).rows;
	expect(row).toMatchObject({grade: 'passing', isFlaky: true, lastResult: 'flaky'});
});
