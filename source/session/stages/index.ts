import type {StageId} from '../../protocol/event.ts';
import type {Stage} from './stage.ts';

const table: Readonly<Record<StageId, Stage>> = {
	requirements: {id: 'requirements', title: 'Requirements', artifact: 'requirements', prompt: 'requirements', next: 'design'},
	design: {
		id: 'design',
		title: 'Design',
		artifact: 'design',
		prompt: 'design',
		next: 'tasks',
		opening: 'The requirements are approved. Write the design.',
	},
	tasks: {
		id: 'tasks',
		title: 'Tasks',
		artifact: 'tasks',
		prompt: 'tasks',
		next: 'implement',
		opening: 'The design is approved. Write the tasks.',
	},
	implement: {id: 'implement', title: 'Implement', prompt: 'implement', next: 'vibe'},
	vibe: {id: 'vibe', title: 'Vibe', prompt: 'vibe'},
};

/** The stage table; a new stage is a row here and a prompt. */
export function stageOf(id: StageId): Stage {
	return table[id];
}
