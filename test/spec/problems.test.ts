import {expect, test} from 'vitest';
import {checkSpec, problemsToCorrect} from '../../source/spec/problems.ts';

const requirements = (...criteria: readonly string[]) =>
	`# Requirements Document\n\n## Requirements\n\n### Requirement 1: Lists\n\n#### Acceptance Criteria\n\n${criteria.map((text, index) => `${index + 1}. ${text}\n`).join('')}`;
const plan = (...tasks: readonly string[]) => `# Implementation Plan\n\n## Tasks\n\n${tasks.map(task => `- [ ] ${task}\n`).join('')}`;
const saved = 'WHEN a list is closed, THE Store SHALL save it';
const kept = 'IF the disk is full, THEN THE Store SHALL keep the list';

const found = (texts: Parameters<typeof checkSpec>[0]) => checkSpec(texts).map(({file, line, code}) => `${file} ${line} ${code}`);

test('a spec in which everything is said and covered has no problem', () => {
	const design = '# Design Document\n\n### Property 1: Kept\n\n*For any* list, it is kept.\n\n**Validates: Requirements 1.2**\n';
	expect(found({requirements: requirements(saved, kept), design, tasks: plan('1. Save\n  - _Requirements: 1.1, 1.2_')})).toEqual([]);
});

test.each([
	['a criterion that is no EARS sentence', {requirements: requirements('Lists are nice', kept)}, ['requirements 9 not-ears']],
	['nothing that goes wrong', {requirements: requirements(saved)}, ['requirements 5 no-unwanted-behaviour']],
	[
		'an assumption that nobody confirmed',
		{requirements: `${requirements(kept)}\n## Assumptions\n\n- A1. One disk\n- A2. One list (confirmed)\n`},
		['requirements 13 unconfirmed-assumption'],
	],
	[
		'a criterion that no task covers',
		{requirements: requirements(saved, kept), tasks: plan('1. Save\n  - _Requirements: 1.1_')},
		['requirements 5 uncovered-criterion'],
	],
	['tasks that name no criterion', {requirements: requirements(kept), tasks: plan('1. Save', '2. Load')}, ['tasks 5 no-references']],
	[
		'a task that names what is not there',
		{requirements: requirements(kept), tasks: plan('1. Save\n  - _Requirements: 1.1, 2.7_')},
		['tasks 5 unknown-reference'],
	],
	[
		'a property that names what is not there',
		{requirements: requirements(kept), design: '# Design\n\n### Property 1: Kept\n\n**Validates: Requirements 3.1**\n'},
		['design 3 unknown-reference'],
	],
	['tasks without requirements', {tasks: plan('1. Save\n  - _Requirements: 1.1_')}, []],
] as const)('found: %s', (_what, texts, problems) => {
	expect(found(texts)).toEqual(problems);
});

test('each document is told what it can put right, and never what only a person can say', () => {
	const texts = {
		requirements: `${requirements('Lists are nice', saved)}\n## Assumptions\n\n- A1. One disk\n`,
		tasks: plan('1. Save\n  - _Requirements: 1.1, 2.7_'),
	};
	const codes = (document: 'requirements' | 'design' | 'tasks') => problemsToCorrect(texts, document).map(({code}) => code);
	expect([codes('requirements'), codes('design'), codes('tasks')]).toEqual([
		['not-ears'],
		[],
		['uncovered-criterion', 'unknown-reference'],
	]);
});
