import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parseDesign} from '../../source/spec/design.ts';
import {splitLines} from '../../source/spec/lines.ts';
import {checkSpec} from '../../source/spec/problems.ts';
import {parseRequirements} from '../../source/spec/requirements.ts';
import {requirementTexts} from '../../source/spec/sections.ts';
import {setMarker} from '../../source/spec/set-marker.ts';
import {parseSteering} from '../../source/spec/steering.ts';
import {taskProgress} from '../../source/spec/task-progress.ts';
import {type Marker, parseTasks} from '../../source/spec/tasks.ts';
import {expandReferences, unknownReferences} from '../../source/spec/trace.ts';
import {withoutMarkers} from '../../source/spec/without-markers.ts';
import counts from './corpus-counts.json' with {type: 'json'};

// Real specs of eight public repositories, kept beside this repository and not in it.
const corpus = resolve(import.meta.dirname, '../../../shared/corpus/kiro');
const isHere = existsSync(corpus);
const files = isHere ? readdirSync(corpus, {recursive: true, encoding: 'utf8'}).filter(path => path.endsWith('.md')) : [];
const read = (path: string) => readFileSync(resolve(corpus, path), 'utf8');
const tasksFiles = files.filter(path => /(?:^|[\\/])tasks\.md$/i.test(path));

if (!isHere) {
	console.warn('Skipped: the corpus of real specs is not beside this repository (../shared/corpus)');
}

describe.skipIf(!isHere)('on every file of the corpus', () => {
	test('there are files, so that the facts below say something', () => {
		expect(tasksFiles.length).toBeGreaterThan(60);
	});

	test('joining the lines gives the text back, byte for byte', () => {
		for (const path of files) {
			const text = read(path);
			expect(
				splitLines(text)
					.map(line => line.text + line.eol)
					.join(''),
				path,
			).toBe(text);
		}
	});

	test('every parser takes every document', async () => {
		for (const path of files) {
			const text = read(path);
			parseRequirements(text);
			parseDesign(text);
			parseTasks(text);
			requirementTexts(text);
			await parseSteering(text);
			checkSpec({requirements: text, design: text, tasks: text});
		}
	});

	test('each marker of each task with a box changes exactly one byte, at that box', () => {
		const markers: readonly Marker[] = [' ', '-', 'x', '~'];
		for (const path of tasksFiles) {
			const text = read(path);
			for (const task of parseTasks(text).tasks.filter(({markerOffset}) => markerOffset !== undefined)) {
				for (const marker of markers) {
					const plan = setMarker(text, task.id, marker);
					const offset = task.markerOffset!;
					const expected = text.slice(0, offset) + marker + text.slice(offset + 1);
					const isSame = plan.kind === 'ready' && plan.text === expected;
					expect(isSame && text.slice(offset - 1, offset + 2) === `[${task.marker}]`, `${path} ${task.id} ${marker}`).toBe(true);
				}
			}
		}
	}, 240_000);

	test('a marked task is the same task afterwards, and no other one changed', () => {
		for (const path of tasksFiles) {
			const text = read(path);
			const before = parseTasks(text).tasks;
			const task = before.find(({markerOffset}) => markerOffset !== undefined);
			const plan = task === undefined ? undefined : setMarker(text, task.id, '~');
			if (task !== undefined && plan?.kind === 'ready') {
				const after = parseTasks(plan.text).tasks;
				expect(
					after.map(({marker, ...rest}) => rest),
					path,
				).toEqual(before.map(({marker, ...rest}) => rest));
				expect(withoutMarkers(plan.text), path).toBe(withoutMarkers(text));
			}
		}
	});

	test.each(Object.entries(counts))('%s has the tasks that were counted by eye', (path, expected) => {
		expect(taskProgress(parseTasks(read(path)).tasks)).toEqual(expected);
	});

	test('nearly every reference of a task leads to a criterion', () => {
		let known = 0;
		const unknown: string[] = [];
		for (const path of tasksFiles) {
			const besides = path.replace(/tasks\.md$/i, 'requirements.md');
			const requirements = existsSync(resolve(corpus, besides)) ? parseRequirements(read(besides)).requirements : [];
			for (const task of requirements.length === 0 ? [] : parseTasks(read(path)).tasks) {
				known += expandReferences(task.references, requirements).length;
				unknown.push(...unknownReferences(task, requirements).map(id => `${path} ${id}`));
			}
		}

		expect(known).toBeGreaterThan(7000);
		// What is left was looked at: those criteria are not there.
		expect(unknown.length, unknown.join('\n')).toBeLessThan(60);
	});
});
