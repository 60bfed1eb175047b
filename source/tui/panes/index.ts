import {approvalOf} from '../../protocol/select.ts';
import type {Content} from '../content.ts';
import type {PaneId} from '../pane-id.ts';
import {isWorking} from '../view-state.ts';
import type {World} from '../world.ts';
import {artifactContent} from './artifact/artifact-content.ts';
import {chatContent} from './chat/chat-content.ts';
import {homeContent} from './home/home-content.ts';
import {sideContent} from './side/side-content.ts';
import {tasksContent} from './tasks/tasks-content.ts';
import {testsContent} from './tests/tests-content.ts';

/** What a person is to approve is shown as it is written; after that the list with what was seen of each task says more. */
export function showsTaskText({state, view}: World): boolean {
	const {spec} = state;
	const tasks = spec?.artifacts.tasks;
	if (spec === undefined || tasks === undefined) {
		return spec?.stage === 'tasks';
	}

	return view.diffOf === 'tasks' || tasks.streaming !== undefined || (spec.stage === 'tasks' && approvalOf(spec, 'tasks') !== 'approved');
}

/** All that a pane can show in so many columns. A new pane is a line here, a name in `pane-id.ts` and a place in `layout.ts`. */
export function contentOf(world: World, pane: PaneId, columns: number): Content {
	switch (pane) {
		case 'requirements':
		case 'design': {
			return artifactContent(world, pane, columns, isWorking(world.state));
		}

		case 'tasks': {
			return showsTaskText(world) ? artifactContent(world, pane, columns, isWorking(world.state)) : tasksContent(world, columns);
		}

		case 'chat': {
			return chatContent(world, columns);
		}

		case 'tests': {
			return testsContent(world, columns);
		}

		case 'home': {
			return homeContent(world, columns);
		}

		case 'side': {
			return sideContent(world, columns);
		}

		default: {
			return pane satisfies never;
		}
	}
}
