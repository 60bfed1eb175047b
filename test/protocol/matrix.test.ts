import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {LedgerEntry} from '../../source/protocol/ledger-entry.ts';
import {deriveMatrix, type MatrixInput, type MatrixRow, onlyUnproven} from '../../source/protocol/matrix.ts';
import {
	at,
	attempt,
	criterionHash,
	entry,
	matrixInput,
	reportOf,
	requirementsOf,
	shows,
	taskHash,
	tasksOf,
} from '../support/matrix-input.ts';

const done = tasksOf(['x', 'Add']);
const run = (list: string, minute = 50) => ({newest: {report: reportOf(list), at: at(minute)}});
const link = {criterion: '1.1', file: 'a.test.js', line: 4, name: 'adds [1.1]'};
const failed = {outcome: 'failed', grade: 'red', red: ['a.test.js > adds [1.1]'], green: []} as const;
const proof = (outcome: 'fails' | 'passes' | 'unknown', minute = 2) =>
	entry({
		type: 'proof',
		attempt: 'line',
		minute,
		task: '1',
		textHash: taskHash('Add'),
		evidence: [{criterion: '1.1', textHash: criterionHash('a'), tests: ['a.test.js > adds [1.1]'], outcome}],
		mutants: 3,
		survivors: [{path: 'src/a.js', line: 2, description: 'line 2: < became <='}],
		durationMs: 5,
	});
const untick = (minute: number) => entry({type: 'tick', minute, task: '1', textHash: taskHash('Add'), marker: ' '});
const check = (minute: number, after: string, text = 'a') =>
	entry({
		type: 'check',
		minute,
		command: 'npm test',
		criteria: [{criterion: '1.1', textHash: criterionHash(text)}],
		files: [{path: 'src/a.js', after}],
	});
const shown = {files: [{path: 'src/a.js', after: 'd1'}], evidence: [shows('a', 'passing')]};

type Case = readonly [fact: string, ledger: readonly LedgerEntry[], more: Partial<MatrixInput>, row: Partial<MatrixRow>];

const cases: readonly Case[] = [
	['nothing is known', [], {}, {grade: 'unproven', lastResult: 'unknown', tests: []}],
	['a link without a run is a test of unknown result', [], {links: [link]}, {grade: 'unproven', lastResult: 'unknown'}],
	['a run alone makes a foreign spec passing', [], run('+ adds [1.1]'), {grade: 'passing', lastResult: 'passed', at: at(50)}],
	['a failing test that names it is red', [], run('+ adds [1.1]\n- adds more [1.1]'), {grade: 'red', lastResult: 'failed'}],
	['a skipped test shows nothing', [], run('? adds [1.1]'), {grade: 'unproven', lastResult: 'skipped'}],
	['an attempt that passed', [attempt(shown)], {}, {grade: 'passing', lastResult: 'passed', at: at(1)}],
	['a line of before evidence was kept', [attempt()], {}, {grade: 'passing', lastResult: 'passed', at: at(1)}],
	[
		'all tests seen red are proof',
		[attempt({evidence: [shows('a', 'passing', {seenRed: ['a.test.js > adds [1.1]']})]})],
		{},
		{grade: 'proven'},
	],
	[
		'one of two tests seen red is no proof',
		[attempt({evidence: [shows('a', 'passing', {tests: ['t', 'u'], seenRed: ['t']})]})],
		{},
		{grade: 'passing'},
	],
	[
		'a test seen red by an earlier task is proof for the later one too',
		[
			attempt({evidence: [shows('a', 'passing', {seenRed: ['a.test.js > adds [1.1]']})]}),
			attempt({minute: 2, evidence: [shows('a', 'passing')]}),
		],
		{},
		{grade: 'proven', at: at(2)},
	],
	['a copy without the code that fails is proof', [attempt(shown), proof('fails')], {}, {grade: 'proven', revert: 'fails'}],
	['a copy without the code that passes is none', [attempt(shown), proof('passes')], {}, {grade: 'passing', revert: 'passes'}],
	[
		'a new attempt makes an old proof worth nothing',
		[attempt(shown), proof('fails'), attempt({...shown, minute: 3})],
		{},
		{grade: 'passing'},
	],
	['proof stays while its tests pass', [attempt(shown), proof('fails')], run('+ adds [1.1]'), {grade: 'proven', at: at(50)}],
	['proof falls when its test fails', [attempt(shown), proof('fails')], run('- adds [1.1]'), {grade: 'red'}],
	['a test that is gone from a whole run is red', [attempt(shown)], run('+ other'), {grade: 'red'}],
	['a test that is skipped now is red', [attempt(shown)], run('? adds [1.1]'), {grade: 'red', lastResult: 'skipped'}],
	[
		'a related run says nothing of what it left out',
		[attempt(shown)],
		{newest: {report: reportOf('+ other', {scope: 'related'}), at: at(50)}},
		{grade: 'passing'},
	],
	[
		'an exit code alone says nothing',
		[attempt(shown)],
		{newest: {report: reportOf('', {detail: 'exit-code'}), at: at(50)}},
		{grade: 'passing'},
	],
	[
		'a run out of time says nothing',
		[attempt(shown)],
		{newest: {report: reportOf('', {problem: 'timed-out'}), at: at(50)}},
		{grade: 'passing'},
	],
	['an attempt that failed is red', [attempt({...failed})], {}, {grade: 'red', lastResult: 'failed'}],
	[
		'a failed attempt says of each criterion what is red',
		[attempt(shown), attempt({...failed, minute: 2, evidence: [shows('a', 'passing')]})],
		{},
		{grade: 'passing'},
	],
	[
		'an attempt that broke off hides nothing',
		[attempt(shown), attempt({minute: 2, textHash: 'other', outcome: 'interrupted', grade: 'unproven'})],
		{},
		{grade: 'passing'},
	],
	['a check after a red attempt makes it passing', [attempt({...failed}), check(3, 'd2')], {}, {grade: 'passing', at: at(3)}],
	['a task unticked since counts no more', [attempt(shown), untick(2)], {}, {grade: 'unproven'}],
	['a task unticked and done again counts', [attempt(shown), untick(2), attempt({...shown, minute: 3})], {}, {grade: 'passing', at: at(3)}],
	['a box opened in an editor counts no more', [attempt(shown)], matrixInput({tasks: tasksOf([' ', 'Add'])}), {grade: 'unproven'}],
	['renumbering loses nothing', [attempt({evidence: [shows('a', 'passing', {criterion: '1.7'})]})], {}, {grade: 'passing'}],
	['reworded criteria lose their evidence', [attempt({evidence: [shows('other words', 'passing')]})], {}, {grade: 'unproven'}],
	[
		'a changed file makes it unproven since',
		[attempt(shown)],
		{changedFiles: {'src/a.js': at(9)}},
		{grade: 'unproven', unprovenSince: at(9), changedFiles: ['src/a.js']},
	],
	['a changed file of another task does not', [attempt(shown)], {changedFiles: {'src/b.js': at(9)}}, {grade: 'passing', changedFiles: []}],
	[
		'a run after the change clears it',
		[attempt(shown)],
		{changedFiles: {'src/a.js': at(9)}, ...run('+ adds [1.1]', 10)},
		{grade: 'passing', at: at(10)},
	],
	[
		'a run before the change does not',
		[attempt(shown)],
		{changedFiles: {'src/a.js': at(9)}, ...run('+ adds [1.1]', 8)},
		{grade: 'unproven', unprovenSince: at(9)},
	],
	[
		'a red criterion is red, not aged',
		[attempt(shown)],
		{changedFiles: {'src/a.js': at(9)}, ...run('- adds [1.1]', 8)},
		{grade: 'red', changedFiles: []},
	],
	['a check takes over the new bytes', [attempt(shown), check(5, 'd2')], {}, {grade: 'passing', at: at(5)}],
	['a check of others leaves it behind', [attempt(shown), check(5, 'd2', 'b')], {}, {grade: 'unproven', unprovenSince: at(5)}],
	[
		'a later task that passed carries it on',
		[
			attempt(shown),
			check(5, 'd2', 'b'),
			attempt({minute: 6, task: '2', textHash: 'x', evidence: [], criteria: [], files: [{path: 'src/a.js', after: 'd3'}]}),
		],
		{},
		{grade: 'passing'},
	],
	[
		'a flaky test is its own state',
		[attempt({...shown, green: [], flaky: ['a.test.js > adds [1.1]']})],
		{},
		{grade: 'passing', isFlaky: true, lastResult: 'flaky'},
	],
	[
		'a test that was flaky and passes later is not',
		[attempt({...shown, green: [], flaky: ['a.test.js > adds [1.1]']}), attempt({...shown, minute: 2})],
		{},
		{isFlaky: false, lastResult: 'passed'},
	],
	[
		'surviving faults are told',
		[attempt(shown), proof('fails')],
		{},
		{survivors: [{path: 'src/a.js', line: 2, description: 'line 2: < became <='}]},
	],
	[
		'a task costs its criteria alike',
		[attempt({...shown, costUsd: 0.5}), attempt({...shown, minute: 2, costUsd: 0.25})],
		{},
		{costUsd: 0.75},
	],
];

describe('a criterion in the matrix', () => {
	test.each(cases)('%s', (_fact, ledger, more, expected) => {
		const input = {...matrixInput({tasks: done}), ...more, ledger};
		expect(deriveMatrix(input).rows[0]).toMatchObject(expected);
	});

	test('is shown with its text, place, tests, tasks and properties', () => {
		const input = matrixInput(
			{
				tasks: tasksOf(['x', 'Add'], [' ', 'Add more']),
				design: '### Property 1: Round trip\n\n*For any* x.\n\n**Validates: Requirements 1.1**\n',
			},
			{ledger: [attempt(shown)], links: [link, {...link, line: 9, name: 'adds nothing [1.1]'}], ...run('+ adds [1.1]')},
		);
		expect(deriveMatrix(input).rows).toEqual([
			{
				criterion: '1.1',
				text: 'WHEN a, THE Sums SHALL answer',
				line: 9,
				grade: 'passing',
				lastResult: 'passed',
				isFlaky: false,
				at: at(50),
				tests: [
					{id: 'a.test.js > adds [1.1]', name: 'adds [1.1]', file: 'a.test.js', line: 4, status: 'passed'},
					{name: 'adds nothing [1.1]', file: 'a.test.js', line: 9, status: 'unknown'},
				],
				tasks: [
					{id: '1', number: '1', title: 'Add', marker: 'x', isDone: true, criteria: ['1.1'], grade: 'passing', isByHand: false},
					{id: '2', number: '2', title: 'Add more', marker: ' ', isDone: false, criteria: ['1.1'], grade: 'passing', isByHand: false},
				],
				properties: [{number: '1', title: 'Round trip', line: 1}],
				changedFiles: [],
				byHand: [],
				survivors: [],
			},
		]);
	});

	test('is shown as accepted by hand for ever, with who and why', () => {
		const accept = entry({
			type: 'accept',
			minute: 3,
			task: '1',
			textHash: taskHash('Add'),
			grade: 'unproven',
			reason: 'seen on the device',
		});
		const hand = {task: '1', by: 'Ada', at: at(3), reason: 'seen on the device', grade: 'unproven'};
		for (const later of [[], [untick(4)], [untick(4), attempt({...shown, minute: 5})]]) {
			const {rows, byHand} = deriveMatrix(matrixInput({tasks: done}, {ledger: [accept, ...later]}));
			expect({row: rows[0]?.byHand, byHand}).toEqual({row: [hand], byHand: [hand]});
		}

		const reworded = deriveMatrix(matrixInput({tasks: tasksOf(['x', 'Other words'])}, {ledger: [attempt(shown), accept]}));
		expect(reworded.rows[0]?.byHand).toEqual([hand]);
	});

	test('keeps its tests when it is renumbered, and the one that took its number does not get them', () => {
		const input = matrixInput(
			{requirements: requirementsOf('new', 'a')},
			{ledger: [attempt({evidence: [shows('a', 'passing')]})], ...run('+ adds [1.1]')},
		);
		expect(deriveMatrix(input).rows.map(({criterion, grade, tests}) => [criterion, grade, tests.length])).toEqual([
			['1.1', 'unproven', 0],
			['1.2', 'passing', 1],
		]);
	});

	test('is left out of the filtered matrix when it is proven or passing', () => {
		const input = matrixInput({requirements: requirementsOf('a', 'b')}, run('+ adds [1.1]'));
		expect(onlyUnproven(deriveMatrix(input)).rows.map(row => row.criterion)).toEqual(['1.2']);
	});
});

describe('a task in the matrix', () => {
	const gradeOf = (tasks: string, more: Partial<MatrixInput>) => deriveMatrix(matrixInput({tasks}, more)).tasks[0]?.grade;
	const setUp = '# Plan\n\n- [x] 1. Set up\n';
	const line = attempt({textHash: matrixInput({tasks: setUp}).textHashes['1'] ?? '', grade: 'green', criteria: [], green: []});

	test.each([
		['is as weak as its weakest criterion', done, {ledger: [attempt(shown)], ...run('- adds [1.1]')}, 'red'],
		['that names a criterion which is not there is unproven', tasksOf(['x', 'Add', '1.1, 9.9']), run('+ adds [1.1]'), 'unproven'],
		['without criteria has the grade of its attempt', setUp, {ledger: [line]}, 'green'],
		['without criteria rests on a green run', setUp, run('+ other'), 'green'],
		['without criteria is red when a run fails that did not before', setUp, {ledger: [line], ...run('- other')}, 'red'],
		[
			'without criteria is not blamed for what failed before',
			setUp,
			{ledger: [{...line, after: {passed: 1, failed: 1, skipped: 0}}], ...run('- other')},
			'green',
		],
	] as const)('%s', (_fact, tasks, more, grade) => {
		expect(gradeOf(tasks, more)).toBe(grade);
	});
});

test('the matrix of any ledger, report and documents is told without an error', () => {
	const word = fc.constantFrom(
		'1',
		'1.1',
		'1.2',
		'a',
		'x',
		' ',
		'__proto__',
		'a.test.js > adds [1.1]',
		criterionHash('a'),
		taskHash('Add'),
	);
	const grade = fc.constantFrom('proven', 'passing', 'green', 'unproven', 'red');
	const files = fc.array(fc.record({path: word, after: word}), {maxLength: 2});
	const evidence = fc.array(fc.record({criterion: word, textHash: word, grade, tests: fc.array(word), seenRed: fc.array(word)}), {
		maxLength: 3,
	});
	const base = {v: fc.constant(1), id: fc.uuid(), at: fc.constantFrom(at(1), at(2), 'never'), by: word};
	const lines = fc.oneof(
		fc.record({
			...base,
			type: fc.constant('task'),
			task: word,
			textHash: word,
			outcome: fc.constantFrom('done', 'waiting', 'failed', 'interrupted'),
			grade,
			criteria: fc.array(word),
			command: word,
			red: fc.array(word),
			green: fc.array(word),
			evidence,
			files,
			durationMs: fc.nat(),
		}),
		fc.record({...base, type: fc.constant('accept'), task: word, textHash: word, grade, reason: word}),
		fc.record({...base, type: fc.constant('tick'), task: word, textHash: word, marker: word}),
		fc.record({
			...base,
			type: fc.constant('check'),
			command: word,
			criteria: fc.array(fc.record({criterion: word, textHash: word})),
			files,
		}),
		fc.record({
			...base,
			type: fc.constant('proof'),
			task: word,
			textHash: word,
			evidence: fc.array(
				fc.record({criterion: word, textHash: word, tests: fc.array(word), outcome: fc.constantFrom('fails', 'passes', 'unknown')}),
			),
			mutants: fc.nat(),
			survivors: fc.constant([]),
			durationMs: fc.nat(),
		}),
	);
	const links = fc.array(fc.record({criterion: word, file: word, line: fc.nat(), name: word}));
	fc.assert(
		fc.property(
			fc.array(lines),
			links,
			fc.string(),
			fc.string(),
			fc.dictionary(word, fc.constantFrom(at(3), 'never')),
			(ledger, found, requirements, tasks, changedFiles) => {
				const documents = {requirements: `${requirementsOf('a', 'b')}${requirements}`, tasks: `${done}${tasks}`};
				const input = matrixInput(documents, {
					ledger: ledger as unknown as LedgerEntry[],
					links: found,
					changedFiles,
					...run('+ adds [1.1]\n- takes [1.2]'),
				});
				expect(deriveMatrix(input).rows.length).toBeGreaterThanOrEqual(2);
			},
		),
	);
});

test('in a bugfix a defect that no test names is shown by the tests of what should happen', () => {
	const document = `# Bugfix Requirements Document

## Bug Analysis

### Current Behavior (Defect)

1.1 WHEN none is given THEN the system throws

### Expected Behavior (Correct)

2.1 WHEN none is given THEN the system SHALL return 0
`;
	const grades = (isBugfix: boolean) =>
		deriveMatrix(matrixInput({requirements: document}, {isBugfix, newest: {report: reportOf('+ empty [2.1]'), at: at(1)}})).rows.map(
			({criterion, grade}) => `${criterion} ${grade}`,
		);
	expect(grades(true)).toEqual(['1.1 passing', '2.1 passing']);
	expect(grades(false)).toEqual(['1.1 unproven', '2.1 passing']);
});
