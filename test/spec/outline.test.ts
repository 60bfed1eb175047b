import {expect, test} from 'vitest';
import {namesIn, outlineHeadings, outlineRequirements, outlineTasks, partsAbout, requirementsOf} from '../../source/spec/outline.ts';

const requirements = `# Requirements Document

## Requirements

### Requirement 1: Save

**User Story:** As a writer, I want to save

#### Acceptance Criteria

1. WHEN a text is saved, THE Store SHALL keep it
2. IF the disk is full, THEN THE Store SHALL say so and keep the text that was there before, with its time of change and its rights as they were

### Requirement 12: Load

#### Acceptance Criteria

1. WHEN a text is loaded, THE Store SHALL return it
`;

const design = `# Design

## Overview

A store.

## Saving

Criterion 1.2: \`src/store.ts\` writes beside and renames.

\`\`\`md
## not a heading 1.2
\`\`\`

## Loading

Reads the file (12.1, 11.2.3).

## Limits

None of 1.1 and 11.2.
`;

test('an outline of requirements has every criterion by its id, cut when it is long', () => {
	expect(outlineRequirements(requirements).split('\n')).toEqual([
		'## Requirement 1: Save (line 5)',
		'1.1 WHEN a text is saved, THE Store SHALL keep it',
		expect.stringMatching(/^1\.2 IF the disk is full, .{50,80} …$/),
		'## Requirement 12: Load (line 14)',
		'12.1 WHEN a text is loaded, THE Store SHALL return it',
	]);
});

test('an outline of a design has its headings with their lines, and none out of a fence', () => {
	expect(outlineHeadings(design).split('\n')).toEqual([
		'# Design (line 1)',
		'## Overview (line 3)',
		'## Saving (line 7)',
		'## Loading (line 15)',
		'## Limits (line 19)',
	]);
});

test('an outline of tasks has numbers and titles', () => {
	const tasks = '# Plan\n\n- [ ] 1. Save\n  - [x] 1.1 Write `save`\n    - _Requirements: 1.1_\n';
	expect(outlineTasks(tasks)).toBe('- 1 Save\n  - 1.1 Write `save`');
});

test('the parts about a task name its criteria as whole ids, or its files', () => {
	const heads = (criteria: readonly string[], names: readonly string[] = []) =>
		partsAbout(design, {criteria, names}, 10_000).map(part => part.split('\n')[0]);
	expect(heads(['1.2'])).toEqual(['## Saving']);
	expect(heads(['2.1'])).toEqual([]);
	expect(heads(['1.1', '12.1'])).toEqual(['## Loading', '## Limits']);
	expect(heads([], ['src/store.ts'])).toEqual(['## Saving']);
	expect(partsAbout(design, {criteria: ['1.2', '12.1'], names: []}, 130)).toHaveLength(1);
});

test('the requirements of criteria are whole', () => {
	expect(requirementsOf(requirements, ['12.1'])).toEqual([
		'### Requirement 12: Load\n\n#### Acceptance Criteria\n\n1. WHEN a text is loaded, THE Store SHALL return it',
	]);
});

test('names are what stands in backticks', () => {
	expect(namesIn('Write `save()` in `src/store.ts`, not `it`')).toEqual(['save', 'src/store.ts']);
});
