import {describe, expect, test} from 'vitest';
import {parseRequirements} from '../../source/spec/requirements.ts';
import {requirementTexts} from '../../source/spec/sections.ts';

const criteria = (text: string) =>
	parseRequirements(text).requirements.flatMap(requirement => requirement.criteria.map(({id, kind}) => `${id} ${kind}`));

describe('requirements.md', () => {
	test('gives number, title, story and criteria with their lines', () => {
		const text = [
			'# Requirements Document',
			'',
			'### Requirement 1: Notify',
			'',
			'**User Story:** As a person, I want a note,',
			'so that I know.',
			'',
			'#### Acceptance Criteria',
			'',
			'1. WHEN a task ends, THE Notifier SHALL show its title',
			'   and its result:',
			'   - in one line',
			'2. IF no notifier exists, THEN THE Notifier SHALL ring the bell',
			'',
			'### Requirement 2',
			'',
			'#### Acceptance Criteria',
			'1. THE System SHALL stay quiet',
		].join('\r\n');
		expect(parseRequirements(text)).toEqual({
			requirements: [
				{
					number: '1',
					title: 'Notify',
					story: 'As a person, I want a note, so that I know.',
					line: 3,
					endLine: 14,
					criteria: [
						{id: '1.1', text: 'WHEN a task ends, THE Notifier SHALL show its title and its result: - in one line', kind: 'event', line: 10},
						{id: '1.2', text: 'IF no notifier exists, THEN THE Notifier SHALL ring the bell', kind: 'unwanted', line: 13},
					],
				},
				{number: '2', line: 15, endLine: 18, criteria: [{id: '2.1', text: 'THE System SHALL stay quiet', kind: 'ubiquitous', line: 18}]},
			],
			assumptions: [],
			problems: [],
		});
	});

	test.each([
		['a full-width colon', '### 需求 1：登录\n\n#### 验收标准\n\n1. WHEN 用户登录, THE System SHALL 跳转\n2. 系统必须保存'],
		[
			'Japanese',
			'### 要件1: ログイン\n#### 受入基準\n1. WHEN 送信する THEN システムは保存しなければならない\n2. IF 失敗 THEN システムは 403 を返さなければならない',
		],
		[
			'a code',
			'### REQ-001: Login\n#### EARS Format Requirements\n**WHEN** a person logs in\n**THEN** the system **SHALL** go home\n\n**WHEN** they log out\n**THEN** the system **SHALL** forget them',
		],
		[
			'a level two heading and a bold label',
			'## Requirement 1: Login\n**Acceptance Criteria:**\n- WHEN a person logs in THE SYSTEM SHALL go home\n- THE SYSTEM SHALL keep them',
		],
		[
			'a bare number',
			'## Requirements\n### 1. Login\n#### Acceptance Criteria\n1) When a person logs in, the app shall go home\n2) The app shall keep them',
		],
		[
			'German',
			'### Anforderung 1: Anmeldung\n#### Akzeptanzkriterien\n1. WENN jemand sich anmeldet, MUSS das System öffnen\n2. Das System SOLL merken',
		],
		['a heading without a number', '## Requirements\n### Login\n#### Acceptance Criteria\n1. The app shall greet\n2. The app shall wait'],
		['criteria headings', '### REQ-1: Login\n#### REQ-1.1\nWHEN a person logs in THE app SHALL greet\n#### REQ-1.2 THE app SHALL wait'],
	])('reads two criteria under %s', (_, text) => {
		const [first] = parseRequirements(text).requirements;
		expect(first?.number).toBe('1');
		expect(first?.criteria.map(({id}) => id)).toEqual(['1.1', '1.2']);
		expect(first?.criteria.some(({kind}) => kind === 'other')).toBe(false);
	});

	test('numbers by position, as Markdown does, and keeps letters', () => {
		const body = (...items: string[]) =>
			`### Requirement 4\n#### Acceptance Criteria\n${items.map(item => `${item} THE app SHALL wait`).join('\n')}`;
		expect(criteria(body('1.', '1.', '7.')).map(line => line.split(' ')[0])).toEqual(['4.1', '4.2', '4.3']);
		expect(criteria(body('1a.', '1b.', '2.', '4a.')).map(line => line.split(' ')[0])).toEqual(['4.1a', '4.1b', '4.2', '4.4a']);
	});

	test('a bugfix numbers paragraphs; its defect is no bad sentence', () => {
		const text =
			'# Bugfix Requirements Document\n## Bug Analysis\n### Current Behavior (Defect)\n1.1 WHEN it is empty THEN the system crashes\n\n### Expected Behavior (Correct)\n2.1 WHEN it is empty THEN the system SHALL wait\n2.2 WHEN it is full THEN the system SHALL stop';
		expect(criteria(text)).toEqual(['1.1 event', '2.1 event', '2.2 event']);
	});

	test('lists and fences that are no criteria stay out', () => {
		const text =
			'### Requirement 1\n#### Acceptance Criteria\n1. THE app SHALL wait\n```\n2. WHEN x THE app SHALL y\n```\n#### Notes\n1. WHEN this is a note\n## Glossary\n1. THE word SHALL mean';
		expect(criteria(text)).toEqual(['1.1 ubiquitous']);
	});

	test('assumptions are numbered and say whether someone confirmed them', () => {
		const text =
			'## Assumptions\n- **A1** Linux has notify-send\n- A2: the bell is enough (confirmed)\n- [x] A3. one window\n- A4: not yet confirmed\n- no number\n';
		expect(parseRequirements(text).assumptions.map(({id, isConfirmed, line}) => [id, isConfirmed, line])).toEqual([
			['A1', false, 2],
			['A2', true, 3],
			['A3', true, 4],
			['A4', false, 5],
			['A5', false, 6],
		]);
	});

	test('an empty requirement and a repeated number are problems, not failures', () => {
		const {problems} = parseRequirements('### Requirement 1\n### Requirement 1\n#### Acceptance Criteria\n1. THE app SHALL wait');
		expect(problems.map(({line, code}) => [line, code])).toEqual([
			[1, 'no-criteria'],
			[2, 'duplicate-requirement'],
		]);
	});

	test('the text of a requirement ends where the next begins, so that an edit of one leaves the others approved', () => {
		const text =
			'# R\n\n### Requirement 1: A\n#### Acceptance Criteria\n1. THE app SHALL a\n\n### Requirement 2: B\n#### Acceptance Criteria\n1. THE app SHALL b\n\n## Notes\nx\n';
		const texts = requirementTexts(text);
		expect(texts).toEqual({
			1: '### Requirement 1: A\n#### Acceptance Criteria\n1. THE app SHALL a',
			2: '### Requirement 2: B\n#### Acceptance Criteria\n1. THE app SHALL b',
		});
		expect(requirementTexts(text.replace('SHALL b', 'SHALL c'))['1']).toBe(texts['1']);
	});
});
