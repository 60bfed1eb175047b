import {describe, expect, test} from 'vitest';
import {criterionIdsInTestName} from '../../source/spec/criterion-names.ts';
import {nearest} from '../../source/spec/nearest.ts';
import {parseRequirements} from '../../source/spec/requirements.ts';
import {stageFromFiles} from '../../source/spec/stage.ts';
import {criteriaOf, expandReferences, unknownReferences} from '../../source/spec/trace.ts';

const requirement = (number: number, count: number) =>
	`### Requirement ${number}\n#### Acceptance Criteria\n${Array.from({length: count}, (_, index) => `${index + 1}. THE app SHALL wait`).join('\n')}\n`;
const {requirements} = parseRequirements(requirement(1, 3) + requirement(2, 2) + requirement(12, 1));

describe('references', () => {
	test.each([
		['1.2', ['1.2']],
		['1.1-1.3', ['1.1', '1.2', '1.3']],
		['1.2-3', ['1.2', '1.3']],
		['1.3–2.1', ['1.3', '2.1']],
		['1-2', ['1.1', '1.2', '1.3', '2.1', '2.2']],
		['2', ['2.1', '2.2']],
		['12', ['12.1']],
		['Requirement 2', ['2.1', '2.2']],
		['REQ-002', ['2.1', '2.2']],
		['2.x', ['2.1', '2.2']],
		['2.1a', ['2.1']],
		['1.1 and 2.2', ['1.1', '2.2']],
		['1.1 (login)', ['1.1']],
		['All requirements', ['1.1', '1.2', '1.3', '2.1', '2.2', '12.1']],
		['所有需求', ['1.1', '1.2', '1.3', '2.1', '2.2', '12.1']],
	])('%s means %j', (reference, expected) => {
		expect(expandReferences([reference], requirements)).toEqual(expected);
		expect(unknownReferences({references: [reference]}, requirements)).toEqual([]);
	});

	test('what names nothing is listed as written, and words without a number are no reference', () => {
		expect(unknownReferences({references: ['1.9', '7', '2.1-2.9', 'N/A', 'P3', 'Security']}, requirements)).toEqual([
			'1.9',
			'7',
			'2.1-2.9',
		]);
	});

	test('a task with a wrong reference still has something to show', () => {
		expect(criteriaOf({references: ['1.1', '1.9', 'N/A']}, requirements)).toEqual(['1.1', '1.9']);
	});
});

describe('criterion ids in test names', () => {
	test.each([
		['notify > [notify 2.3] rings', true, ['2.3']],
		['notify > [notify 2.3] rings', false, ['2.3']],
		['rings [2.3]', true, ['2.3']],
		['rings [2.3]', false, []],
		['rings [other 2.3]', true, []],
		['[2.3, 2.4a] and [notify 2.3]', true, ['2.3', '2.4a']],
		['list[2] of [1]', true, []],
	])('%s (only spec: %s) carries %j', (name, isOnly, expected) => {
		expect(criterionIdsInTestName(name, 'notify', isOnly)).toEqual(expected);
	});
});

test('the nearest names come first, and nothing comes when nothing is near', () => {
	expect(nearest('notfiy', ['notify', 'verify', 'checkout'])).toEqual(['notify']);
	expect(nearest('design', ['requirements', 'design', 'tasks'], 1)).toEqual(['design']);
	expect(nearest('auth', ['user-authentication', 'cart'])).toEqual(['user-authentication']);
	expect(nearest('zzzzzz', ['notify', 'verify'])).toEqual([]);
});

test('the stage of a spec without a ledger is told from its files', () => {
	expect(stageFromFiles({})).toBe('requirements');
	expect(stageFromFiles({requirements: ''})).toBe('requirements');
	expect(stageFromFiles({requirements: '', design: ''})).toBe('design');
	expect(stageFromFiles({requirements: '', design: '', tasks: '- [ ] 1. A\n'})).toBe('tasks');
	expect(stageFromFiles({tasks: '- [-] 1. A\n'})).toBe('implement');
	expect(stageFromFiles({tasks: '- [x] 1. A\n- [ ] 2. B\n'})).toBe('implement');
	expect(stageFromFiles({tasks: '- [x] 1. A\n- [ ]* 2. B\n'})).toBe('vibe');
});
