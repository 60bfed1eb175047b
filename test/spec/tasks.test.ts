import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseDesign} from '../../source/spec/design.ts';
import {parseRequirements} from '../../source/spec/requirements.ts';
import {setMarker} from '../../source/spec/set-marker.ts';
import {nextTask, openPrerequisites, parentsToClose, taskProgress} from '../../source/spec/task-progress.ts';
import {parseTasks} from '../../source/spec/tasks.ts';
import {withoutMarkers} from '../../source/spec/without-markers.ts';

const outline = (text: string) =>
	parseTasks(text).tasks.map(
		({id, marker, title, depth, isOptional}) => `${'  '.repeat(depth)}[${marker}]${isOptional ? '*' : ''} ${id} ${title}`,
	);

const plan = [
	'# Implementation Plan: Notes',
	'',
	'- [ ] 1. Set up',
	'  - [x] 1.1 Types in `src/types.ts`',
	'    - a detail',
	'    - _Requirements: 1.1, 2.3_',
	'    - _Proof: test/types.test.ts_',
	'  - [ ]* 1.2 Property test',
	'    - **Validates: Requirements 1.2**',
	'- [ ] 2. Checkpoint',
	'',
].join('\n');

describe('tasks.md', () => {
	test('gives the tree, the references and the proof', () => {
		const {title, tasks, problems} = parseTasks(plan);
		expect(title).toBe('Implementation Plan: Notes');
		expect(problems).toEqual([]);
		expect(outline(plan)).toEqual(['[ ] 1 Set up', '  [x] 1.1 Types in `src/types.ts`', '  [ ]* 1.2 Property test', '[ ] 2 Checkpoint']);
		expect(tasks[1]).toMatchObject({line: 4, references: ['1.1', '2.3'], proof: 'test/types.test.ts', isLeaf: true, parent: '1'});
		expect(tasks[2]?.references).toEqual(['1.2']);
		expect(tasks[0]?.children).toEqual(['1.1', '1.2']);
	});

	test.each([
		['numbers before indent', '- [ ] 1. A\n- [ ] 1.1 B\n- [ ] 2. C', ['[ ] 1 A', '  [ ] 1.1 B', '[ ] 2 C']],
		['indent where there are no numbers', '- [ ] A\n  - [x] B', ['[ ] t1 A', '  [x] t2 B']],
		['a repeated number', '- [ ] 1. A\n- [ ] 1. B', ['[ ] 1 A', '[ ] 1#2 B']],
		['bold and lettered numbers', '- [ ] **1.1** A\n- [ ] 1.4a.5 B\n- [ ] P2.1. C', ['[ ] 1.1 A', '[ ] 1.4a.5 B', '[ ] P2.1 C']],
		[
			'every star',
			'- [ ]* 1. A\n- [ ] \\* 2. B\n- [x]* 3. C\n- [ ] 4.1* D\n- [ ] 5. E (optional)',
			['[ ]* 1 A', '[ ]* 2 B', '[x]* 3 C', '[ ]* 4.1 D', '[ ]* 5 E (optional)'],
		],
		['children of optional tasks are optional', '- [ ]* 1. A\n  - [ ] 1.1 B', ['[ ]* 1 A', '  [ ]* 1.1 B']],
		['no boxes in fences', '- [ ] 1. A\n```\n- [ ] 2. B\n```\n', ['[ ] 1 A']],
		['no success criteria', '- [ ] 1. A\n\n## Success Criteria\n- [ ] Tests pass', ['[ ] 1 A']],
		['headings where there are no boxes', '# T\n### Task 1.1: A ✅\n### Task 1.2: B', ['[x] 1.1 A', '[ ] 1.2 B']],
		['links and footnotes are no boxes', '- [x](y) a\n- [1] b\n- [P] c', []],
	])('%s', (_, text, expected) => {
		expect(outline(text)).toEqual(expected);
	});

	test('a renumbered or marked task keeps its text, so that its evidence follows it', () => {
		const texts = (text: string) => parseTasks(text).tasks.map(task => task.text);
		expect(texts(plan.replace('1.1 Types', '7.3 Types').replace('[x]', '[-]').replace('a detail', 'a detail   '))).toEqual(texts(plan));
	});

	test('a marker changes one byte, whatever the line ends', () => {
		const text = `\uFEFF${plan.replaceAll('\n', '\r\n')}`;
		const [, task] = parseTasks(text).tasks;
		expect(setMarker(text, task!.id, '-')).toEqual({kind: 'ready', text: text.replace('[x]', '[-]')});
		expect(withoutMarkers(text)).toBe(text.replace('[x]', '[ ]'));
	});

	test('progress counts leaves; a parent closes with its required children', () => {
		const {tasks} = parseTasks(plan);
		expect(taskProgress(tasks)).toEqual({total: 2, done: 1, optional: 1});
		expect(nextTask(tasks)?.id).toBe('2');
		expect(parentsToClose(tasks)).toEqual(['1']);
		expect(
			openPrerequisites(parseTasks('- [ ] 1. A\n- [ ] 2. B').tasks, parseTasks('- [ ] 1. A\n- [ ] 2. B').tasks[1]!.id).map(({id}) => id),
		).toEqual(['1']);
	});
});

describe('any text', () => {
	const scrap = fc.constantFrom(
		'- [ ] ',
		'1. ',
		'1.1 ',
		'# ',
		'### Requirement 1',
		'#### Acceptance Criteria',
		'```',
		'\n',
		'\r\n',
		'\t',
		'  ',
		'**',
		'_Requirements: ',
		'1.1-',
		'`a/b.ts`',
		'[x]',
		'*',
		'\uFEFF',
		'任务',
		'---',
		'|',
	);
	const text = fc.array(fc.oneof(scrap, fc.string({unit: 'binary', maxLength: 6})), {maxLength: 40}).map(parts => parts.join(''));

	test('parses', () => {
		fc.assert(
			fc.property(text, value => {
				parseTasks(value);
				parseRequirements(value);
				parseDesign(value);
			}),
			{numRuns: 500},
		);
	});

	test('parses in a moment, however long its lines', () => {
		const start = performance.now();
		for (const opening of [
			'# ',
			'### Task ',
			'- [ ] ',
			'### Requirement 1\n',
			'**User Story',
			'**Validates',
			'## Assumptions\n- A1',
			'**1.1** ',
			'- **Acceptance Criteria**',
		]) {
			for (const filler of [' ', '*', '_', '#', '`', '1.', '[', '-', ':', 'a/']) {
				const value = `${opening}${filler.repeat(40_000 / filler.length)}x`;
				parseTasks(value);
				parseRequirements(value);
				parseDesign(value);
			}
		}

		// Quadratic patterns took minutes here.
		expect(performance.now() - start).toBeLessThan(15_000);
	});
});
