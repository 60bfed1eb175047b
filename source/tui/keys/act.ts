import {focusedPane} from '../focus.ts';
import type {ActionId} from '../input/keymap.ts';
import type {EditAction} from '../input/prompt-buffer.ts';
import {focusPrompt, moveDivider, type View} from '../view-state.ts';
import type {World} from '../world.ts';
import {beginCommand, enterPane, interruptOrExit, neighbourPane, nextMode, openPopup, toggleTasks, toggleVibe} from './act-app.ts';
import {copyAnswer, expandNewest, expandVisible, toMessage} from './act-chat.ts';
import {editDocument, neighbourDocument, openApproval, toggleDiff} from './act-document.ts';
import {filterMatrix, openCriterion, openTest, runCriterion, showCriterion, showMatrix, showTaskOf, toggleTab} from './act-matrix.ts';
import {copyPane, nextHeading, openChosen, searchAgain, startSearch} from './act-pane.ts';
import {reviewActs} from './act-review.ts';
import {diffTask, markTask, pauseAfterTask, queueTask, runAllTasks, startNextTask, startTask, undoTask, validateTask} from './act-tasks.ts';
import {openFailure, sendFailure, skipTests} from './act-tests.ts';
import {moveInPane, scrollPages, scrollRows, scrollToEdge} from './scroll-pane.ts';
import {asking, type Step, step} from './step.ts';

type Act = (world: World) => Step;

/** Actions of the prompt alone: `press-prompt.ts` does them. */
export type PromptAction =
	| 'prompt.send'
	| 'prompt.steer'
	| 'prompt.tab'
	| 'prompt.escape'
	| 'prompt.exit'
	| 'prompt.take-back'
	| 'turn.interrupt'
	| 'edit.up'
	| 'edit.down'
	| 'history.older'
	| 'history.newer'
	| 'history.search';

/** Actions that mean something in one place only, which does them itself. */
type LocalAction = PromptAction | EditAction | 'history.again' | Extract<ActionId, `menu.${string}` | `bar.${string}` | `field.${string}`>;

/** Actions that mean the same wherever their key is pressed. */
type CommonAction = Exclude<ActionId, LocalAction>;

function viewOf(change: (world: World) => View): (world: World) => Step {
	return world => step(change(world));
}

function moveBy(delta: 1 | -1): (world: World) => Step {
	return world => {
		const pane = world.view.popup === undefined ? focusedPane(world) : undefined;
		return step(pane === undefined ? scrollRows(world, delta) : moveInPane(world, pane, delta));
	};
}

function sidewaysBy(delta: number): (world: World) => Step {
	return world => {
		const pane = focusedPane(world) ?? 'chat';
		const sideways = Math.max(0, (world.view.sideways[pane] ?? 0) + delta);
		return step({...world.view, sideways: {...world.view.sideways, [pane]: sideways}});
	};
}

function leavePane({view}: World): View {
	if (view.popup !== undefined) {
		return {...view, popup: undefined};
	}

	return view.isZoomed ? {...view, isZoomed: false} : {...focusPrompt(view), search: undefined};
}

const focusActs = {
	'pane.focus.1': world => enterPane(world, 'requirements'),
	'pane.focus.2': world => enterPane(world, 'design'),
	'pane.focus.3': world => enterPane(world, 'tasks'),
	'pane.focus.4': world => enterPane(world, 'chat'),
	'pane.focus.5': world => enterPane(world, 'tests'),
	'pane.next': viewOf(world => neighbourPane(world, 1)),
	'pane.previous': viewOf(world => neighbourPane(world, -1)),
	'pane.leave': viewOf(leavePane),
	'pane.zoom': viewOf(({view}) => ({...view, isZoomed: !view.isZoomed})),
	'pane.toggle-side': viewOf(({view}) => ({...view, showsSide: !view.showsSide})),
	'pane.divider-left': viewOf(({view}) => moveDivider(view, -4)),
	'pane.divider-right': viewOf(({view}) => moveDivider(view, 4)),
	'pane.narrower': viewOf(({view}) => moveDivider(view, -4)),
	'pane.wider': viewOf(({view}) => moveDivider(view, 4)),
} as const satisfies Readonly<Record<string, Act>>;

const scrollActs = {
	'pane.up': moveBy(-1),
	'pane.down': moveBy(1),
	'pane.half-page-up': viewOf(world => scrollPages(world, -0.5)),
	'pane.half-page-down': viewOf(world => scrollPages(world, 0.5)),
	'pane.page-up': viewOf(world => scrollPages(world, -1)),
	'pane.page-down': viewOf(world => scrollPages(world, 1)),
	'pane.top': viewOf(world => scrollToEdge(world, 'top')),
	'pane.bottom': viewOf(world => scrollToEdge(world, 'bottom')),
	'reading.page-up': viewOf(world => scrollPages(world, -1)),
	'reading.page-down': viewOf(world => scrollPages(world, 1)),
	'reading.top': viewOf(world => scrollToEdge(world, 'top')),
	'reading.bottom': viewOf(world => scrollToEdge(world, 'bottom')),
	'pane.scroll-left': sidewaysBy(-8),
	'pane.scroll-right': sidewaysBy(8),
	'pane.next-heading': viewOf(world => nextHeading(world, 1)),
	'pane.previous-heading': viewOf(world => nextHeading(world, -1)),
	'pane.search': startSearch,
	'pane.search-next': world => searchAgain(world, 1),
	'pane.search-previous': world => searchAgain(world, -1),
} as const satisfies Readonly<Record<string, Act>>;

const appActs = {
	'app.interrupt': interruptOrExit,
	'app.redraw': ({view}) => step(view, {kind: 'redraw'}),
	'app.suspend': ({view}) => step(view, {kind: 'suspend'}),
	'app.leader': viewOf(({view}) => ({...view, isLeader: true})),
	'app.commands': viewOf(({view}) => beginCommand(view)),
	'app.help': viewOf(({view}) => openPopup(view, {kind: 'help'})),
	'mode.next': nextMode,
	'model.choose': ({view}) => asking(view, {type: 'command', text: '/model'}),
	'vibe.toggle': toggleVibe,
	'stage.choose': viewOf(({view}) => ({...view, isChoosingStage: true})),
	'stage.previous': viewOf(world => neighbourDocument(world, -1)),
	'stage.next': viewOf(world => neighbourDocument(world, 1)),
	'tasks.toggle': toggleTasks,
	'prompt.editor': ({view}) => step(view, {kind: 'edit-prompt', text: view.draft.text}),
	'leader.cancel': ({view}) => step(view),
	'popup.leave': viewOf(({view}) => ({...view, popup: undefined})),
} as const satisfies Readonly<Record<string, Act>>;

const workActs = {
	'artifact.approve': world => openApproval(world, true),
	'artifact.diff': toggleDiff,
	'artifact.edit': editDocument,
	'task.start': startTask,
	'task.start-next': startNextTask,
	'task.run-all': runAllTasks,
	'task.pause': pauseAfterTask,
	'task.queue': queueTask,
	'task.tests': validateTask,
	'task.diff': diffTask,
	'task.undo': undoTask,
	'task.mark': markTask,
	'tests.run': ({view}) => asking(view, {type: 'run-tests'}),
	// Every whole run that a person asks for is the baseline from then on.
	'tests.baseline': ({view}) => asking(view, {type: 'run-tests'}),
	'tests.skip': skipTests,
	'tests.send': sendFailure,
	'tests.tab': viewOf(toggleTab),
	'pane.open-file': world => (focusedPane(world) === 'tests' ? openFailure(world) : editDocument(world)),
	'pane.open': openChosen,
	'pane.copy': world => (focusedPane(world) === 'chat' ? copyAnswer(world) : copyPane(world)),
	'pane.copy-all': copyPane,
	'chat.expand-newest': expandNewest,
	'chat.expand': expandVisible,
	'chat.copy-answer': copyAnswer,
	'chat.transcript': viewOf(({view}) => openPopup(view, {kind: 'transcript'})),
	'chat.follow': viewOf(world => scrollToEdge(world, 'bottom')),
	'chat.next-message': viewOf(world => toMessage(world, 1)),
	'chat.previous-message': viewOf(world => toMessage(world, -1)),
} as const satisfies Readonly<Record<string, Act>>;

const matrixActs = {
	'matrix.show': viewOf(showMatrix),
	'matrix.open': openCriterion,
	'matrix.filter': filterMatrix,
	'matrix.run': runCriterion,
	'matrix.verify': ({view}) => asking(view, {type: 'verify'}),
	'matrix.criterion': showCriterion,
	'matrix.task': showTaskOf,
	'matrix.test': openTest,
} as const satisfies Readonly<Record<string, Act>>;

/** Complete by its type: an action that gets a key and no work does not compile. */
const acts: Readonly<Record<CommonAction, Act>> = {...focusActs, ...scrollActs, ...appActs, ...workActs, ...matrixActs, ...reviewActs};

function isCommon(action: ActionId): action is CommonAction {
	return Object.hasOwn(acts, action);
}

/** Does what an action means, wherever its key was pressed. What belongs to one place does nothing elsewhere. */
export function act(world: World, action: ActionId): Step {
	return isCommon(action) ? acts[action](world) : step(world.view);
}
