import {describe, expect, test} from 'vitest';
import {bugfixRoles, otherSides} from '../../source/spec/bugfix.ts';
import {parseRequirements} from '../../source/spec/requirements.ts';
import {parseTasks} from '../../source/spec/tasks.ts';

const bugfix = (sides: readonly (readonly string[])[]) =>
	[
		'# Bugfix Requirements Document\n\n## Introduction\n\nIt breaks.\n\n## Bug Analysis\n',
		...['Current Behavior (Defect)', 'Expected Behavior (Correct)', 'Unchanged Behavior (Regression Prevention)'].map(
			(title, index) => `### ${title}\n\n${sides[index]?.join('\n\n')}\n`,
		),
	].join('\n');
const small = bugfix([
	['1.1 WHEN it is empty THEN the system crashes', '1.2 WHEN it is full THEN the system hangs'],
	['2.1 WHEN it is empty THEN the system SHALL wait', '2.2 WHEN it is full THEN the system SHALL stop'],
	['3.1 WHEN it is half full THEN the system SHALL CONTINUE TO work'],
]);

function roles(tasks: string, requirements = small): readonly string[] {
	const {tasks: parsed} = parseTasks(tasks);
	return [...bugfixRoles(parsed, parseRequirements(requirements).requirements)].map(([id, role]) => `${id} ${role}`);
}

describe('bugfix.md', () => {
	test('its three lists are requirements with titles, their paragraphs criteria', () => {
		const {requirements, problems} = parseRequirements(small);
		expect(requirements.map(({number, title, criteria}) => [number, title, criteria.map(({id}) => id)])).toEqual([
			['1', 'Current Behavior (Defect)', ['1.1', '1.2']],
			['2', 'Expected Behavior (Correct)', ['2.1', '2.2']],
			['3', 'Unchanged Behavior (Regression Prevention)', ['3.1']],
		]);
		expect(problems).toEqual([]);
	});

	test('a paragraph that is wrapped or in bold numbers is one criterion', () => {
		const {requirements} = parseRequirements(
			bugfix([['**1.1** WHEN it is empty\nTHEN the system crashes'], ['2.1. WHEN it is empty THEN the system SHALL wait'], []]),
		);
		expect(requirements.flatMap(({criteria}) => criteria.map(({id, text}) => `${id} ${text}`))).toEqual([
			'1.1 WHEN it is empty THEN the system crashes',
			'2.1 WHEN it is empty THEN the system SHALL wait',
		]);
	});

	test('a list grouped under headings of its own is one requirement', () => {
		const {requirements, problems} = parseRequirements(
			bugfix([
				['1.1 WHEN it is empty THEN the system crashes'],
				['#### Lists', '2.1 WHEN it is empty THEN the system SHALL wait', '#### Trees', '2.2 WHEN it is full THEN the system SHALL stop'],
				['3.1 THE system SHALL CONTINUE TO work'],
			]),
		);
		expect(requirements.map(({number, title, criteria}) => [number, title, criteria.map(({id}) => id)])).toEqual([
			['1', 'Current Behavior (Defect)', ['1.1']],
			['2', 'Expected Behavior (Correct)', ['2.1', '2.2']],
			['3', 'Unchanged Behavior (Regression Prevention)', ['3.1']],
		]);
		expect(problems).toEqual([]);
	});

	test('a defect and what is expected instead are two sides of one behaviour, while the lists are of one length', () => {
		expect([...otherSides(parseRequirements(small).requirements)]).toEqual([
			['1.1', '2.1'],
			['2.1', '1.1'],
			['1.2', '2.2'],
			['2.2', '1.2'],
		]);
		const uneven = bugfix([['1.1 WHEN a THEN b'], ['2.1 THE system SHALL a', '2.2 THE system SHALL b'], []]);
		expect(otherSides(parseRequirements(uneven).requirements).size).toBe(0);
	});
});

describe('the tasks of a bugfix', () => {
	test('have the roles of the order that Kiro writes', () => {
		expect(
			roles(`# Implementation Plan

- [ ] 1. Write bug condition exploration test
  - **Property 1: Bug Condition** - It is empty
  - _Requirements: 1.1, 1.2, 2.1, 2.2_
- [ ] 2. Write preservation property tests (BEFORE implementing fix)
  - _Requirements: 2.2, 3.1_
- [ ] 3. Fix for the crash
  - [ ] 3.1 Implement the fix
    - _Bug_Condition: isBugCondition(x) where x is empty_
    - _Expected_Behavior: it waits_
    - _Preservation: all else_
    - _Requirements: 2.1, 3.1_
  - [ ] 3.2 Stop when full
    - _Requirements: 2.2_
  - [ ] 3.3 Verify bug condition exploration test now passes
    - _Requirements: 2.1, 2.2_
  - [ ] 3.4 Verify preservation tests still pass
- [ ] 4. Checkpoint - Ensure all tests pass
`),
		).toEqual(['1 reproduction', '2 preservation', '3.1 fix', '3.2 fix', '3.3 confirmation', '3.4 confirmation']);
	});

	test('are known by their criteria where no line says what they are', () => {
		expect(
			roles(`# Plan

- [ ] 1. Set up the fixtures
- [ ] 2. A test for the empty list
  - _Requirements: 2.1_
- [ ] 3. Guard the half full list
  - _Requirements: 3.1_
- [ ] 4. Fix the list that tests show as empty
  - _Requirements: 2.1, 3.1_
- [ ] 5. Tests of both again
  - _Requirements: 2.1, 3.1_
`),
		).toEqual(['2 reproduction', '3 preservation', '4 fix', '5 confirmation']);
	});

	test('may reproduce the bug and hold what stays in one', () => {
		expect(
			roles(`# Plan

- [ ] 1. Reproduce the bug and write preservation tests in \`test/a.test.js\`
  - _Requirements: 1.1, 1.2, 2.1, 2.2, 3.1_
- [ ] 2. Fix it in \`a.js\`
  - _Bug_Condition: 1.1, 1.2_
  - _Requirements: 2.1, 2.2, 3.1_
`),
		).toEqual(['1 reproduction', '2 fix']);
	});

	test('without a fix are what stands before it', () => {
		expect(roles('# P\n\n- [ ] 1. Reproduce it in `test/a.test.js`\n  - _Requirements: 1.1_\n')).toEqual(['1 reproduction']);
	});
});
