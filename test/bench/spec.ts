import {changedLines, unifiedDiff} from '../../source/spec/changed-lines.ts';
import {splitLines} from '../../source/spec/lines.ts';
import {setMarker} from '../../source/spec/set-marker.ts';
import {parseTasks} from '../../source/spec/tasks.ts';
import {proseDocument, tasksDocument, withEdits} from './documents.ts';
import {compare, type Row} from './measure.ts';

const taskCount = 324;

/** Documents of a spec: reading, ticking, comparing. */
export async function specRows(): Promise<readonly Row[]> {
	const tasks = tasksDocument(taskCount);
	const parsed = parseTasks(tasks).tasks;
	const last = parsed.at(-1);
	if (parsed.length !== taskCount || last === undefined) {
		throw new Error(`The plan holds ${parsed.length} tasks, not ${taskCount}`);
	}

	const before = proseDocument(1350);
	const edited = withEdits(before, 22);
	const rewritten = withEdits(before, 1);
	const floor = {floorName: 'its lines', clock: 'processor' as const, floor: () => splitLines(tasks)};
	const bothLines = {
		floorName: 'the lines of both texts',
		clock: 'processor' as const,
		floor: () => [splitLines(before), splitLines(edited)],
	};
	return [
		await compare({name: `tasks.md with ${taskCount} tasks, read to a tree`, run: () => parseTasks(tasks), ...floor, must: 40}),
		await compare({
			name: 'a tick that changes one character of it',
			run: () => setMarker(tasks, last.id, '-'),
			floorName: 'reading it',
			floor: () => parseTasks(tasks),
			clock: 'processor',
			must: 1.8,
		}),
		await compare({
			name: `diff of a ${Math.round(before.length / 1000)} kB document, ${changedLines(before, edited).length} lines changed`,
			run: () => unifiedDiff('design.md', before, edited),
			...bothLines,
			must: 7,
		}),
		await compare({
			name: 'diff of the same document, every line changed',
			run: () => unifiedDiff('design.md', before, rewritten),
			...bothLines,
			must: 300,
		}),
	];
}
