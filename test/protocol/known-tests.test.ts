import {expect, test} from 'vitest';
import {compareRuns} from '../../source/protocol/compare-reports.ts';
import {joinReports} from '../../source/protocol/join-reports.ts';
import {type KnownTests, withRun} from '../../source/protocol/known-tests.ts';
import {deriveMatrix} from '../../source/protocol/matrix.ts';
import type {TestReport} from '../../source/protocol/test-report.ts';
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

const inPackage = (folder: string, list: string, more: Parameters<typeof reportOf>[1] = {}): TestReport => {
	const report = reportOf(list, {command: `cd ${folder} && npm test`, ...more});
	const place = (text: string) => text.replace('a.test.js', `${folder}/a.test.js`);
	return {...report, tests: report.tests.map(one => ({...one, id: place(one.id), file: place(one.file)}))};
};
const then = (known: KnownTests | undefined, report: TestReport, minute: number) =>
	withRun(known, {report, startedAt: Date.parse(at(minute)), flaky: []});

test('a whole run of one package forgets nothing of another, but of its own', () => {
	const first = then(undefined, joinReports([inPackage('a', '+ one\n+ two'), inPackage('b', '- three')]), 1);
	const known = then(first, inPackage('b', '+ four'), 2);
	expect(new Set(statuses(known))).toEqual(new Set(['one passed', 'two passed', 'four passed']));
	expect(known).toMatchObject({at: at(1), ranAt: {'b/a.test.js > four': at(2)}});
	const smaller = then(
		known,
		inPackage('a', '- one', {scope: 'related', testCommand: 'cd a && npm test', command: 'cd a && npm test -- x'}),
		3,
	);
	expect(new Set(statuses(smaller))).toEqual(new Set(['one failed', 'two passed', 'four passed']));
});

test('a whole run from the root that holds the tests of a package takes their place', () => {
	const known = then(undefined, inPackage('b', '+ one\n+ gone'), 1);
	const whole = {...inPackage('b', '- one'), command: 'npm test'};
	expect(statuses(then(known, whole, 2))).toEqual(['one failed']);
});

test('only a whole run of its own command says that a test is gone', () => {
	const evidence = [shows('a', 'passing', {tests: ['b/a.test.js > adds [1.1]']})];
	const ledger = [attempt({evidence, green: ['b/a.test.js > adds [1.1]'], command: 'cd b && npm test'})];
	const input = matrixInput({tasks: tasksOf(['x', 'Add'])}, {ledger});
	const gradeAfter = (report: TestReport) => deriveMatrix({...input, newest: {report, at: at(5)}}).rows[0]?.grade;
	expect(gradeAfter(inPackage('a', '+ other'))).toBe('passing');
	expect(gradeAfter(reportOf('+ other'))).toBe('passing');
	expect(gradeAfter(joinReports([inPackage('a', '+ x'), inPackage('b', '', {scope: 'related'})]))).toBe('passing');
	expect(gradeAfter(inPackage('b', '+ other'))).toBe('red');
	expect(gradeAfter(joinReports([inPackage('a', '+ x', {scope: 'related'}), inPackage('b', '+ other')]))).toBe('red');
	expect(gradeAfter({...inPackage('b', '+ other'), command: 'npm test'})).toBe('red');
});

test('a run is told against the baseline of its own command alone', () => {
	const baselines = new Map([['cd a && npm test', inPackage('a', '+ one\n- two')]]);
	const told = compareRuns(command => baselines.get(command), joinReports([inPackage('b', '- three'), inPackage('a', '- two')]));
	expect(told.newFailures.map(({name}) => name)).toEqual(['three', 'one']);
	expect(told.oldFailures.map(({name}) => name)).toEqual(['two']);
});

test('runs of several commands are as red as the reddest of them', () => {
	const quiet = inPackage('a', '+ one');
	const exits = reportOf('', {detail: 'exit-code', exitCode: 3, command: 'make test'});
	const joined = joinReports([quiet, exits]);
	expect(joined).toMatchObject({command: '(cd a && npm test) && make test', detail: 'named', exitCode: 3, scope: 'all'});
	expect(compareRuns(() => undefined, joined).newFailures.map(({name}) => name)).toEqual(['make test']);
	expect(joinReports([quiet])).toBe(quiet);
});
