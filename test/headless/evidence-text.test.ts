import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {matrixMarkdown} from '../../source/headless/matrix-markdown.ts';
import {matrixText} from '../../source/headless/matrix-text.ts';
import {writeMatrices} from '../../source/headless/print-matrix.ts';
import {pullRequestText} from '../../source/headless/print-pull-request.ts';
import {reportText} from '../../source/headless/print-report.ts';
import {deriveMatrix, onlyUnproven} from '../../source/protocol/matrix.ts';
import {specReport} from '../../source/protocol/spec-report.ts';
import {at, attempt, entry, matrixInput, reportOf, requirementsOf, shows, taskHash, tasksOf} from '../support/matrix-input.ts';

const usage = {input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5};
const documents = {
	requirements: requirementsOf('two are given', 'none is given', 'one is text'),
	tasks: tasksOf(['x', 'Add'], ['x', 'Refuse', '1.2'], [' ', 'Read', '1.3']),
};
const input = matrixInput(documents, {
	ledger: [
		attempt({evidence: [shows('two are given', 'passing')], usage, costUsd: 0.3, files: [{path: 'src/a.js', after: 'd'}]}),
		entry({type: 'accept', minute: 2, task: '2', textHash: taskHash('Refuse', '1.2'), grade: 'unproven', reason: 'seen on the device'}),
		attempt({
			minute: 3,
			task: '9',
			textHash: 'gone',
			outcome: 'failed',
			grade: 'red',
			criteria: ['1.3'],
			green: [],
			red: ['a.test.js > reads [1.3]'],
			caught: [{kind: 'tampering', what: 'a test was skipped'}],
		}),
	],
	changedFiles: {'src/a.js': at(9)},
});

test('the matrix for people', () => {
	const matrix = deriveMatrix(input);
	expect(matrixText(matrix, matrix, 80)).toBe(`sums: 0 of 3 criteria proven or passing

     evidence   tests  when        tasks  cost   criterion
1.1  unproven   1/1    2026-01-01  [x]1   $0.30  WHEN two are given, THE Sums S…
1.2  unproven*  -      -           [x]2   -      WHEN none is given, THE Sums S…
1.3  red        0/1    2026-01-01  [ ]3   -      WHEN one is text, THE Sums SHA…

1.1 unproven since 2026-01-01: src/a.js changed
1.2 task 2 accepted by hand by Ada, 2026-01-01: seen on the device
1.3 fails: a.test.js: reads [1.3]
`);
});

test('a spec without criteria says so', () => {
	const matrix = deriveMatrix(matrixInput({requirements: '', tasks: '# P\n\n- [x] 1. Set up\n'}));
	expect(matrixText(matrix, onlyUnproven(matrix), 80)).toBe('sums: no criteria\n\nticked, no evidence: 1\n');
});

const strange = fc.string({unit: 'binary', maxLength: 120});

test('no line of the matrix or the report is wider than 80 columns or obeyed by a terminal, whatever the texts are', () => {
	fc.assert(
		fc.property(strange, strange, strange, (criterion, title, reason) => {
			const any = matrixInput(
				{requirements: requirementsOf(criterion.replaceAll(/[\r\n]/g, ' ')), tasks: tasksOf(['x', title.replaceAll(/[\r\n]/g, ' ')])},
				{
					ledger: [
						entry({type: 'accept', minute: 1, task: '1', textHash: 'gone', grade: 'green', reason}),
						attempt({task: title, textHash: 'x', caught: [{kind: 'flaky', what: reason}]}),
					],
				},
			);
			const text = matrixText(deriveMatrix(any), deriveMatrix(any), 80) + reportText(specReport(any), 80);
			expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
			for (const line of text.split('\n')) {
				expect(stringWidth(line)).toBeLessThanOrEqual(80);
			}
		}),
	);
});

test('a criterion opens no cell, no element and no mention in Markdown', () => {
	const matrix = deriveMatrix(matrixInput({requirements: requirementsOf('a | b <img> `c` @all [x](y) *d*')}));
	expect(matrixMarkdown(matrix, matrix)).toContain(
		'| 1.1 | WHEN a \\| b &lt;img> `c` \\@all \\[x\\](y) \\*d\\*, THE Sums SHALL answer | unproven |',
	);
});

test('JSON is safe to print', () => {
	let text = '';
	const matrix = deriveMatrix(matrixInput({requirements: requirementsOf('a \u202Eb')}));
	writeMatrices(
		[{path: '.kiro/specs/sums', matrix}],
		{format: 'json', isUnprovenOnly: false},
		{
			write: more => {
				text += more;
			},
			writeError() {},
			columns: 80,
			format: 'text',
		},
	);
	expect(text).not.toContain('\u202E');
	expect(JSON.parse(text).specs[0].rows[0].text).toContain('a \u202Eb');
});

test('the report for people', () => {
	expect(reportText(specReport(input), 80)).toBe(`sums
idea                   2026-01-01 00:00
requirements approved  -
design approved        -
tasks approved         -
green                  2026-01-01 00:01, after 1 s
agent                  1 s
person                 about 0 min (gaps in the agent's work, up to 15 min each)
cost                   $0.30
repairs                0
caught                 1 tampering
accepted by hand       1

task  attempts  repairs  time  cost
1     1         0        1 s   $0.30
9     1         0        1 s   unknown

criterion  cost
1.1        $0.30

task 9: tampering: a test was skipped
`);
});

test('the text of a pull request says what, why, how, what is shown and what is not', () => {
	const requirements = `# Requirements Document\n\n## Introduction\n\nSums for all.\n\n${documents.requirements}`;
	const text = pullRequestText({
		files: {name: 'sums', path: '.kiro/specs/sums', ledger: ''},
		texts: {
			requirements,
			design:
				'# Design\n\n## Overview\n\nOne module.\n\n## Components and Interfaces\n\n### Adder\n\nIt adds.\n\n#### Inner\n\n### Reader\n\n## Data Models\n\n### Sum\n',
			tasks: documents.tasks.replace('# Plan', '# Implementation Plan: Add sums'),
		},
		input: {...input, newest: {report: reportOf('+ adds [1.1]'), at: at(20)}},
	});
	expect(text).toBe(`# Add sums

## What

Sums for all.

## Why

- 1 Sums
  - 1.1: WHEN two are given, THE Sums SHALL answer
  - 1.2: WHEN none is given, THE Sums SHALL answer
  - 1.3: WHEN one is text, THE Sums SHALL answer

## How

One module.

- Adder
- Reader

## Evidence

| id | criterion | evidence | tests | when | tasks | cost |
|---|---|---|---|---|---|---|
| 1.1 | WHEN two are given, THE Sums SHALL answer | passing | 1/1 | 2026-01-01 | \\[x\\]1 | $0.30 |
| 1.2 | WHEN none is given, THE Sums SHALL answer | unproven, by hand | - | - | \\[x\\]2 | - |
| 1.3 | WHEN one is text, THE Sums SHALL answer | red | 0/1 | 2026-01-01 | \\[ \\]3 | - |

- 1.2: task 2 accepted by hand by Ada, 2026-01-01: seen on the device
- 1.3: fails: a.test.js: reads \\[1.3\\]

## Not proven

- 1.2 is unproven: WHEN none is given, THE Sums SHALL answer
- 1.3 is red: WHEN one is text, THE Sums SHALL answer
- task 3 is not done: Read

## Accepted by hand

- task 2, by Ada on 2026-01-01: seen on the device
`);
});
