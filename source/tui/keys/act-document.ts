import type {DocumentStage} from '../../protocol/ledger-entry.ts';
import {gateOf} from '../../protocol/next-step.ts';
import {approvalOf, approvalText} from '../../protocol/select.ts';
import {documentName} from '../../protocol/tool.ts';
import {focusedPane} from '../focus.ts';
import {documentOf} from '../layout.ts';
import {isDocumentPane, paneNames} from '../pane-id.ts';
import {join} from '../paths.ts';
import {focusPane, focusPrompt, say, type View} from '../view-state.ts';
import type {World} from '../world.ts';
import {lineInPane} from './scroll-pane.ts';
import {type Step, step} from './step.ts';

/** The document that a key acts on: of the entered pane, else the one that waits, else the one on screen. */
function documentAt(world: World): DocumentStage {
	const focused = focusedPane(world);
	if (focused !== undefined && isDocumentPane(focused)) {
		return focused;
	}

	const waiting = world.state.spec === undefined ? undefined : gateOf(world.state.spec);
	return waiting ?? documentOf(world);
}

/** Opens the bar that approves exactly the text on screen. `isChosen`: a person asked for it with more than a bare letter. */
export function openApproval(world: World, isChosen: boolean): Step {
	const {state, view, now} = world;
	const stage = documentAt(world);
	const artifact = state.spec?.artifacts[stage];
	if (state.spec === undefined || artifact === undefined) {
		return step(say(view, `There is no ${stage}.md to approve yet`, now));
	}

	if (artifact.streaming !== undefined) {
		return step(say(view, `${paneNames[stage]} is still being written`, now));
	}

	if (approvalOf(state.spec, stage) === 'approved') {
		return step(say(view, `${paneNames[stage]} is approved as it stands`, now));
	}

	const digest = approvalText(state.spec, stage);
	const id = `approve ${stage} ${digest} ${now}`;
	const approval = {stage, digest, id};
	return step({...view, approval, document: stage, solo: stage, bar: {id, shownAt: now, isChosen, scroll: 0}});
}

/** Shows what changed in a document since its approval, or its text again. */
export function toggleDiff(world: World): Step {
	const stage = documentAt(world);
	const {view, state, now} = world;
	if (state.spec === undefined || approvalOf(state.spec, stage) === 'none') {
		return step(say(view, `${paneNames[stage]} was never approved, so there is nothing to compare it with`, now));
	}

	const scrolls = {...view.scrolls, [stage]: {kind: 'rest'} as const};
	return step({...view, scrolls, document: stage, solo: stage, diffOf: view.diffOf === stage ? undefined : stage});
}

/** Opens the document in the person's editor, at the line on screen. */
export function editDocument(world: World): Step {
	const {state, view, now} = world;
	const stage = documentAt(world);
	if (state.spec?.artifacts[stage] === undefined) {
		return step(say(view, `There is no ${stage}.md to edit yet`, now));
	}

	const path = join(state.workspace.root, state.spec.path, documentName(stage, state.spec.isBugfix));
	return step(view, {kind: 'open-file', path, line: lineInPane(world, stage)});
}

const order: readonly DocumentStage[] = ['requirements', 'design', 'tasks'];

/** The document before or after the one on screen; only looked at, the stage stays. */
export function neighbourDocument(world: World, delta: 1 | -1): View {
	const at = order.indexOf(documentOf(world));
	const next = order[Math.max(0, Math.min(order.length - 1, at + delta))] ?? 'requirements';
	const isInPane = world.view.focus.kind === 'pane';
	const moved = focusPane(world.view, next);
	return isInPane ? moved : focusPrompt(moved);
}

/** The headings of the document on screen, by the line they stand on. */
export function headingLines(text: string): readonly number[] {
	return text.split('\n').flatMap((line, index) => (/^#{1,6} /.test(line) ? [index + 1] : []));
}
