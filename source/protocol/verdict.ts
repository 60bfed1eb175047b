import type {Matrix, MatrixTask} from './matrix.ts';

/** Why a task that is ticked is not shown to be done. */
export type Doubt = {
	/** The task's printed number. */
	readonly task: string;
	/** The criterion of it that is meant; absent when it is the task itself. */
	readonly criterion?: string;
	readonly why: 'red' | 'no-evidence';
};

/** What speaks against the ticks of a spec: a done task, or a criterion of one, that is red or that nothing has shown and nobody accepted. */
export function doubtsOf({rows, tasks}: Matrix): readonly Doubt[] {
	const byId = new Map(rows.map(row => [row.criterion, row]));
	const ofTask = (task: MatrixTask): readonly Doubt[] => {
		const doubts = task.criteria.flatMap((criterion): readonly Doubt[] => {
			const row = byId.get(criterion);
			const isShown =
				row !== undefined &&
				(row.grade !== 'unproven' || row.unprovenSince !== undefined || row.tasks.some(other => other.isByHand && other.isDone));
			return row?.grade === 'red'
				? [{task: task.number, criterion, why: 'red'}]
				: isShown
					? []
					: [{task: task.number, criterion, why: 'no-evidence'}];
		});
		const isBare = task.grade === 'unproven' && !task.isByHand && task.criteria.length === 0;
		return task.grade === 'red' && doubts.length === 0
			? [{task: task.number, why: 'red'}]
			: isBare
				? [{task: task.number, why: 'no-evidence'}]
				: doubts;
	};

	return tasks.filter(task => task.isDone).flatMap(ofTask);
}

/** `task 2.1: no evidence for 1.3`. */
export function describeDoubt({task, criterion, why}: Doubt): string {
	if (why === 'red') {
		return `task ${task}: ${criterion === undefined ? 'the tests fail' : `a test of ${criterion} fails, is skipped or is gone`}`;
	}

	return `task ${task}: no evidence${criterion === undefined ? '' : ` for ${criterion}`}`;
}
