import {liveMatrix} from '../../protocol/live-matrix.ts';
import type {MatrixRow} from '../../protocol/matrix.ts';
import type {PaneId} from '../pane-id.ts';
import {openedKey, shownMatrix} from '../panes/tests/matrix-content.ts';
import {testTarget} from '../panes/tests/matrix-details.ts';
import {join} from '../paths.ts';
import {resting} from '../scroll.ts';
import {focusPane, say, toggleExpanded, type View} from '../view-state.ts';
import type {World} from '../world.ts';
import {scrollToBlock, scrollToLine, selectedIn} from './scroll-pane.ts';
import {asking, type Step, step} from './step.ts';

/** Shows the matrix in the pane of the tests, with a criterion chosen. */
export function showMatrix({state, view}: World): View {
	const entered = focusPane(view, 'tests');
	const [first] = liveMatrix(state).rows;
	const selected = {...entered.selected, ...(first !== undefined && {tests: entered.selected.tests ?? first.criterion})};
	return {...entered, testsTab: 'matrix', selected, scrolls: {...entered.scrolls, tests: resting}};
}

/** Between what the tests showed last and the matrix of the criteria. */
export function toggleTab(world: World): View {
	const {view} = world;
	return view.testsTab === 'matrix'
		? {...view, testsTab: 'results', scrolls: {...view.scrolls, tests: resting}}
		: showMatrix({...world, view: {...view, selected: {...view.selected, tests: undefined}}});
}

/** Shows what is not proven or passing alone, or all criteria again. */
export function filterMatrix({view}: World): Step {
	return step({...view, isUnprovenOnly: !view.isUnprovenOnly, scrolls: {...view.scrolls, tests: resting}});
}

type Chosen = {
	readonly row: MatrixRow /** Of its tests the one chosen, else the first that failed, else the first. */;
	readonly test: number;
};

function chosenIn(world: World): Chosen | undefined {
	const {rows} = shownMatrix(world);
	const target = selectedIn(world, 'tests');
	const row = rows.find(({criterion}) => target === criterion || target?.startsWith(`${criterion} test `) === true) ?? rows[0];
	if (row === undefined) {
		return undefined;
	}

	const chosen = row.tests.findIndex((_, index) => testTarget(row.criterion, index) === target);
	const failed = row.tests.findIndex(({status}) => status === 'failed');
	return {row, test: Math.max(0, chosen === -1 ? failed : chosen)};
}

function withChosen(world: World, act: (chosen: Chosen) => Step): Step {
	const chosen = chosenIn(world);
	return chosen === undefined ? step(say(world.view, 'No criterion is here', world.now)) : act(chosen);
}

/** Opens the chosen criterion to its tests and what else is known of it, or closes it. */
export function openCriterion(world: World): Step {
	return withChosen(world, ({row}) => {
		const opened = toggleExpanded(world.view, openedKey(row.criterion));
		const view = {...opened, selected: {...opened.selected, tests: row.criterion}};
		return step(scrollToBlock({...world, view}, 'tests', row.criterion));
	});
}

function jump(world: World, pane: PaneId, line: number): View {
	const entered: View = {...focusPane(world.view, pane), diffOf: undefined, isZoomed: false};
	return scrollToLine({...world, view: {...entered, marked: {pane, line}}}, pane, line);
}

/** Goes to the criterion in the requirements; its line is marked. */
export function showCriterion(world: World): Step {
	return withChosen(world, ({row}) => step(jump(world, 'requirements', row.line)));
}

/** Goes to the task of the criterion in the list: the first that is open, else the first. */
export function showTaskOf(world: World): Step {
	return withChosen(world, ({row}) => {
		const task = row.tasks.find(({isDone}) => !isDone) ?? row.tasks[0];
		const line = world.state.spec?.tasks.tasks.find(({id}) => id === task?.id)?.line;
		if (task === undefined || line === undefined) {
			return step(say(world.view, `No task names ${row.criterion}`, world.now));
		}

		const view = jump(world, 'tasks', line);
		return step({...view, marked: undefined, selected: {...view.selected, tasks: task.id}});
	});
}

/** Opens a test of the criterion in the person's editor, at the line that names it. */
export function openTest(world: World): Step {
	return withChosen(world, ({row, test: index}) => {
		const test = row.tests[index];
		if (test === undefined || test.file === '') {
			const why = test === undefined ? `No test names ${row.criterion}` : 'The runner did not tell the file';
			return step(say(world.view, why, world.now));
		}

		const {known} = world.state.tests;
		const line = test.line ?? known?.report.tests.find(({id}) => id === test.id)?.line ?? 1;
		return step(world.view, {kind: 'open-file', path: join(world.state.workspace.root, test.file), line});
	});
}

/** Runs the tests of the chosen criterion alone. */
export function runCriterion(world: World): Step {
	return withChosen(world, ({row}) => asking(world.view, {type: 'run-tests', criterion: row.criterion}));
}
