import type {Ask, AskOption} from '../protocol/ask.ts';
import {documentProblems} from '../protocol/document-problems.ts';
import {approvalOf, coveredByApproval} from '../protocol/select.ts';
import type {SpecState, State} from '../protocol/state.ts';
import type {Artifact} from '../protocol/tool.ts';
import {parseRequirements} from '../spec/requirements.ts';
import {createMemo} from './content.ts';
import {paneNames} from './pane-id.ts';
import {readingMinutes} from './rows/format.ts';
import type {Confirmation, PendingApproval} from './view-state.ts';
import type {World} from './world.ts';

/** A choice that is docked over the prompt: one that the session asks, or one of this face. */
export type Bar = {
	readonly id: string;
	readonly kind: Ask['kind'] | 'own-approval' | Confirmation['kind'];
	readonly title: string;
	readonly lines: readonly string[];
	readonly options: readonly AskOption[];
	readonly takesText: boolean;
	/** How many wait, this one included. */
	readonly count: number;
};

const following: Readonly<Record<PendingApproval['stage'], string>> = {requirements: 'the design', design: 'the tasks', tasks: 'building'};

/** Digits of a hash that a person can compare by eye. */
const shownDigits = 8;

function openAssumptions(spec: SpecState): number {
	const text = spec.artifacts.requirements?.text;
	return text === undefined ? 0 : parseRequirements(text).assumptions.filter(assumption => !assumption.isConfirmed).length;
}

const memo = createMemo<readonly string[]>();

const mostMissing = 3;

/** The names that the design takes for existing and that are not there. */
function missingLine(missing: readonly string[]): readonly string[] {
	const more = missing.length - mostMissing;
	return missing.length === 0 ? [] : [`not found: ${missing.slice(0, mostMissing).join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}

/** What the check finds in the documents: the first, and how many more. */
function problemLine(spec: SpecState, covered: readonly Artifact[], checksOff: readonly string[]): readonly string[] {
	const problems = documentProblems(spec, covered).filter(({code}) => !checksOff.includes(code));
	const [first, ...more] = problems;
	return first === undefined ? [] : [`${first.message}${more.length > 0 ? ` and ${more.length} more (kiro-tui check)` : ''}`];
}

function approvalLines(spec: SpecState, stage: Artifact, checksOff: readonly string[]): readonly string[] {
	const covered = coveredByApproval(spec, stage);
	const text = covered.map(document => spec.artifacts[document]?.text ?? '').join('\n');
	const assumptions = covered.includes('requirements') ? openAssumptions(spec) : 0;
	const also = covered.filter(document => document !== stage);
	const facts = [
		`about ${readingMinutes(text)} min to read`,
		...(assumptions === 0 ? [] : [`${assumptions} ${assumptions === 1 ? 'assumption' : 'assumptions'} unconfirmed`]),
		...(also.length === 0 ? [] : [`also approves ${also.join(' and ')}`]),
		...(covered.includes('design') ? missingLine(spec.missingMentions) : []),
	];
	return [facts.join(', '), ...problemLine(spec, covered, checksOff)];
}

function approvalBar(spec: SpecState, approval: PendingApproval, {view, state}: Pick<World, 'state' | 'view'>): Bar {
	const artifact = spec.artifacts[approval.stage];
	const goesOn = spec.stage === approval.stage ? ` and go on to ${following[approval.stage]}` : '';
	return {
		id: approval.id,
		kind: 'own-approval',
		title: `Approve ${paneNames[approval.stage]} rev ${artifact?.revision ?? 1} (sha ${(artifact?.approvalDigest ?? '').slice(0, shownDigits)})${goesOn}?`,
		lines: memo(spec, approval.stage, () => approvalLines(spec, approval.stage, state.workspace.checksOff)),
		options: [
			{key: 'y', label: 'approve'},
			{key: 'n', label: 'not yet'},
			...(approvalOf(spec, approval.stage) === 'stale' ? [{key: 'd', label: view.diffOf === approval.stage ? 'text' : 'diff'}] : []),
		],
		takesText: false,
		count: 1,
	};
}

function confirmationBar({id, kind, title, lines, yes, no}: Confirmation): Bar {
	const options: readonly AskOption[] = [
		{key: 'y', label: yes},
		{key: 'n', label: no},
	];
	return {id, kind, title, lines, options, takesText: false, count: 1};
}

function askBar(state: State): Bar | undefined {
	const ask = state.asks[0];
	return ask === undefined ? undefined : {...ask, count: state.asks.length};
}

/** The bar that stands over the prompt. What the session waits for comes before what this face asks. */
export function barOf({state, view}: Pick<World, 'state' | 'view'>): Bar | undefined {
	const asked = askBar(state);
	if (asked !== undefined) {
		return asked;
	}

	if (view.approval !== undefined && state.spec !== undefined) {
		return approvalBar(state.spec, view.approval, {state, view});
	}

	return view.confirmation === undefined ? undefined : confirmationBar(view.confirmation);
}

/** Whether a bar is this face's own question, which a person asked for, and not one of the session. */
export function isOwnBar({kind}: Bar): boolean {
	return kind === 'own-approval' || kind === 'untick' || kind === 'take-back' || kind === 'undo';
}

/** Keys that come sooner after a bar was drawn were meant for what was there before (reliability.md R11). */
const guardMs = 300;
/** A permission takes no key from someone who is typing (ui.md 5). */
const quietMs = 800;

/** Whether the bar takes keys now: it was chosen with Tab, or nothing is being written and it has been seen. */
export function isBarListening({state, view, now}: Pick<World, 'state' | 'view' | 'now'>): boolean {
	const bar = barOf({state, view});
	if (bar === undefined || view.bar?.id !== bar.id) {
		return false;
	}

	if (!isOwnBar(bar) && now - view.bar.shownAt < guardMs) {
		return false;
	}

	if (view.bar.isChosen) {
		return true;
	}

	const isQuiet = bar.kind !== 'permission' || now - Math.max(view.typedAt, view.bar.shownAt - quietMs) >= quietMs;
	return view.draft.text === '' && view.focus.kind === 'prompt' && isQuiet;
}

/** When the bar will begin to listen by itself, so that the picture can say so then. */
export function listensAt({state, view, now}: Pick<World, 'state' | 'view' | 'now'>): number | undefined {
	const bar = barOf({state, view});
	if (bar === undefined || view.bar === undefined || isBarListening({state, view, now})) {
		return undefined;
	}

	const at = Math.max(view.bar.shownAt + guardMs, bar.kind === 'permission' ? view.typedAt + quietMs : 0);
	return at > now ? at : undefined;
}
