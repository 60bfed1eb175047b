// A process of its own for the test of two that tick one file: node tick-many.ts <file> <first task> <count>
import {setMarker} from '../../source/spec/set-marker.ts';
import type {TaskId} from '../../source/spec/tasks.ts';
import {markTask} from '../../source/workspace/mark-task.ts';

const [path = '', first = '1', count = '0'] = process.argv.slice(2);
for (let number = Number(first); number < Number(first) + Number(count); number++) {
	const outcome = await markTask({
		path,
		change(text) {
			const plan = setMarker(text, `${number}` as TaskId, 'x');
			return plan.kind === 'ready' ? plan.text : undefined;
		},
	});
	if (outcome.kind !== 'written') {
		throw new Error(JSON.stringify(outcome));
	}
}
