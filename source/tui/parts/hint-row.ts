import {nextStep} from '../../protocol/next-step.ts';
import {barOf, isBarListening} from '../bar.ts';
import {contextsOf, isReviewing, stepLetters} from '../focus.ts';
import {isMenuOpen} from '../menu.ts';
import {cutRow, rowWidth, spreadRow} from '../rows/cut-row.ts';
import {printableLine} from '../rows/printable-lines.ts';
import type {Row} from '../rows/row.ts';
import {isWorking} from '../view-state.ts';
import type {World} from '../world.ts';

type HintKey = {readonly key: string; readonly label: string};

/** The line names at most so many keys. */
const mostKeys = 5;

function barStep(world: World): {readonly text: string; readonly keys: readonly HintKey[]} | undefined {
	const bar = barOf(world);
	if (bar === undefined) {
		return undefined;
	}

	const tab: HintKey = {key: 'Tab', label: 'answer'};
	const text = bar.kind === 'own-approval' ? 'Approve the text on screen, or not' : 'Waiting for your answer';
	const no = bar.options.find(option => option.key === 'n');
	const [first, ...others] = bar.options.filter(option => option !== no);
	const offered = [first, no, ...others].filter(option => option !== undefined).slice(0, mostKeys - 1);
	const keys = offered.map(({key, label}) => ({key, label: label.split(/[,(:]/)[0]?.trim() ?? label}));
	return isBarListening(world) ? {text, keys: [...keys, {key: 'Esc', label: 'leave'}]} : {text: `${text}: you are typing`, keys: [tab]};
}

function homeStep({state, view}: World): {readonly text: string; readonly keys: readonly HintKey[]} {
	const isChoosing = state.specs.length > 0 && view.draft.text === '';
	const {text} = nextStep(state);
	const suggested = state.since?.nextStep;
	return {
		text: isChoosing && suggested !== undefined && suggested !== '' ? suggested : text,
		keys: isChoosing
			? [
					{key: 'Up/Down', label: 'choose'},
					{key: 'Enter', label: 'open'},
				]
			: [],
	};
}

/** In the diff of a task its own keys come before those of reading. */
function reviewStep({state, keymap}: World): {readonly text: string; readonly keys: readonly HintKey[]} {
	const {length} = state.comments;
	const own = keymap.hintsFor(['review']).map(({key, label, action}) => ({
		key,
		label: action === 'review.send' && length > 0 ? `${label} ${length}` : label,
	}));
	return {text: 'Reviewing', keys: [...own, {key: 'Esc', label: 'close'}]};
}

const readingStep = {
	text: 'Reading',
	keys: [
		{key: 'PgUp/PgDn', label: 'scroll'},
		{key: '/', label: 'search'},
		{key: 'Esc', label: 'close'},
	],
};

function menuStep(draft: string): {readonly text: string; readonly keys: readonly HintKey[]} {
	const isCommand = draft.startsWith('/');
	return {
		text: isCommand ? 'Choose a command' : 'Choose a file',
		keys: [{key: 'Enter', label: 'take'}, ...(isCommand ? [{key: 'Tab', label: 'complete'}] : []), {key: 'Esc', label: 'close'}],
	};
}

/** What was opened last says what closes it. */
function openedStep(world: World): {readonly text: string; readonly keys: readonly HintKey[]} | undefined {
	const {view} = world;
	if (view.isLeader || view.isChoosingStage) {
		return {text: view.isLeader ? 'One more key' : 'Which stage?', keys: [{key: 'Esc', label: 'cancel'}]};
	}

	if (view.field !== undefined) {
		return {
			text: 'One line',
			keys: [
				{key: 'Enter', label: 'take'},
				...(view.field.purpose.kind === 'history' ? [{key: 'Ctrl+R', label: 'older'}] : []),
				{key: 'Esc', label: 'cancel'},
			],
		};
	}

	if (view.popup !== undefined && barOf(world)?.kind !== 'take-back') {
		return isReviewing(world) ? reviewStep(world) : readingStep;
	}

	return isMenuOpen(world) && barOf(world) === undefined ? menuStep(view.draft.text) : undefined;
}

/** In a pane that was entered only its own letters act. */
function actsHere(world: World, key: string): boolean {
	return (
		world.view.focus.kind === 'prompt' ||
		barOf(world) !== undefined ||
		world.keymap.actionFor(contextsOf(world), {kind: 'text', text: key, alt: false}) !== undefined ||
		key === 'Esc' ||
		key === 'Ctrl+C' ||
		stepLetters(world).includes(key)
	);
}

/** While tests run, how to go on without them; in their own pane a letter does it. */
function skipKey(world: World): readonly HintKey[] {
	const {keymap, state, view} = world;
	const [leader] = keymap.keysOf('app.leader');
	const [letter] = keymap.keysOf('tests.skip', 'leader');
	const isOffered = state.tests.running !== undefined && barOf(world) === undefined && view.focus.kind === 'prompt';
	return isOffered && leader !== undefined && letter !== undefined ? [{key: `${leader} ${letter}`, label: 'skip the tests'}] : [];
}

function stepOf(world: World): {readonly text: string; readonly keys: readonly HintKey[]} {
	const {state, view, now} = world;
	if (view.toast !== undefined && view.toast.until > now) {
		return {text: view.toast.text, keys: []};
	}

	const opened = openedStep(world);
	if (opened !== undefined) {
		return opened;
	}

	// Between the answer and the moment it is stored, and before the question, nothing that is sent would be taken.
	if (state.workspace.trust === 'asked' && state.asks.length === 0) {
		return {text: 'One moment: this folder is being looked at', keys: []};
	}

	if (state.spec === undefined && !isWorking(state) && state.current === undefined) {
		return barStep(world) ?? homeStep(world);
	}

	// In a pane Esc goes back to the prompt first.
	const stepKeys = nextStep(state).keys.map(key => (key.key === 'Esc' && view.focus.kind === 'pane' ? {...key, key: 'Ctrl+C'} : key));
	const step = barStep(world) ?? {text: nextStep(state).text, keys: stepKeys};
	// The step's letters act only while nothing is being written; what acts then is told by the keymap's own hints.
	const isFree = view.draft.text === '' || isWorking(state) || barOf(world) !== undefined;
	return {text: step.text, keys: isFree ? [...step.keys.filter(({key}) => actsHere(world, key)), ...skipKey(world)] : []};
}

function otherKeys(world: World, own: readonly HintKey[]): readonly HintKey[] {
	const {keymap, view, state} = world;
	const isEmpty = view.draft.text === '';
	const needsText: ReadonlySet<string> = new Set(['prompt.send', 'prompt.steer', 'prompt.newline', 'prompt.editor']);
	return keymap
		.hintsFor(contextsOf(world))
		.filter(hint => !isEmpty || !needsText.has(hint.action))
		.filter(hint => isEmpty || hint.action !== 'prompt.tab' || state.asks.length > 0)
		.filter(hint => !own.some(({key, label}) => key === hint.key || label === hint.label));
}

function keysRow(keys: readonly HintKey[]): Row {
	return keys.flatMap(
		({key, label}, index): Row => [
			{text: index === 0 ? '' : '   '},
			{text: key, tone: 'accent', isBold: true},
			{text: ` ${printableLine(label)}`, tone: 'muted'},
		],
	);
}

/** The keys of the step come first and may shorten the sentence; others stand only in what the whole sentence leaves. */
function fittingKeys(own: readonly HintKey[], others: readonly HintKey[], text: string, columns: number): Row {
	const most = Math.floor(columns * 0.6);
	let keys: readonly HintKey[] = [];
	for (const key of own) {
		keys = rowWidth(keysRow([...keys, key])) <= most ? [...keys, key] : keys;
	}

	for (const key of others) {
		const isFitting = rowWidth(keysRow([...keys, key])) <= columns - text.length - 4;
		keys = keys.length < mostKeys && isFitting ? [...keys, key] : keys;
	}

	return keysRow(keys.slice(0, mostKeys));
}

/** The one line that always says what comes next, and at most five keys. */
export function hintRow(world: World): Row {
	const {columns, glyphs} = world;
	const {text, keys} = stepOf(world);
	const shown = printableLine(text);
	const isClosed = openedStep(world) !== undefined || (barOf(world) !== undefined && isBarListening(world));
	const right = fittingKeys(keys, isClosed ? [] : otherKeys(world, keys), shown, columns - 2);
	const left: Row = [{text: ' '}, {text: shown, isBold: true}];
	return cutRow(spreadRow(left, [...right, {text: ' '}], columns, glyphs.ellipsis), columns, glyphs.ellipsis);
}
