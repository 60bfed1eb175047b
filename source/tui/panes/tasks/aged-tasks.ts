import type {Matrix} from '../../../protocol/matrix.ts';
import type {TaskId} from '../../../spec/tasks.ts';
import {createMemo} from '../../content.ts';

/** The criteria of a task that were shown with other bytes than those on disk, and since when. */
export type Aged = {readonly criteria: readonly string[]; readonly since: string};

const memo = createMemo<ReadonlyMap<TaskId, Aged>>();

/** The done tasks of which a criterion is unproven since a file changed. */
export function agedTasks(matrix: Matrix): ReadonlyMap<TaskId, Aged> {
	return memo(matrix, '', () => {
		const since = new Map(matrix.rows.flatMap(row => (row.unprovenSince === undefined ? [] : [[row.criterion, row.unprovenSince]])));
		const aged = matrix.tasks
			.filter(({isDone}) => isDone)
			.map(({id, criteria}) => ({id, criteria: criteria.filter(one => since.has(one))}));
		return new Map(
			aged.flatMap(({id, criteria}) => {
				const [oldest] = criteria.flatMap(one => since.get(one) ?? []).sort();
				return oldest === undefined ? [] : [[id, {criteria, since: oldest}] as const];
			}),
		);
	});
}
