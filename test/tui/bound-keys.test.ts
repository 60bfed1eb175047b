import {isDeepStrictEqual} from 'node:util';
import {describe, expect, test} from 'vitest';
import type {Event} from '../../source/protocol/event.ts';
import {createStore} from '../../source/protocol/store.ts';
import {unicodeGlyphs} from '../../source/tui/glyphs.ts';
import type {Key} from '../../source/tui/input/key.ts';
import {namedKey} from '../../source/tui/input/key-codes.ts';
import {bindings, defaultKeymap, type KeyContext} from '../../source/tui/input/keymap.ts';
import {press} from '../../source/tui/keys/press.ts';
import {settleView} from '../../source/tui/settle-view.ts';
import {initialView, type View} from '../../source/tui/view-state.ts';
import type {World} from '../../source/tui/world.ts';
import {scenes} from '../scenes/index.ts';
import {noon} from '../scenes/stage.tsx';
import * as story from '../scenes/story.ts';

function keyOf(name: string): Key {
	const parts = name === '+' ? ['+'] : name.split('+');
	const last = parts.at(-1) ?? '';
	const [ctrl, alt, shift] = ['ctrl', 'alt', 'shift'].map(modifier => parts.slice(0, -1).includes(modifier));
	if (name === 'ctrl+j') {
		return namedKey('newline');
	}

	const isLetter = [...last].length === 1 && ctrl !== true;
	return isLetter || name === 'space'
		? {kind: 'text', text: name === 'space' ? ' ' : last, alt: alt === true}
		: namedKey(last, {ctrl: ctrl === true, alt: alt === true, shift: shift === true});
}

/** A moment in a scene. A bar that it has was on screen for a while. */
function moment(events: string | readonly Event[], change: Partial<View> = {}): World {
	const store = createStore();
	for (const event of typeof events === 'string' ? (scenes.find(({name}) => name === events)?.events ?? []) : events) {
		store.append(event);
	}

	const state = store.state();
	const settled = settleView({...initialView, ...change}, state, noon - 60_000);
	const view = change.bar === undefined ? settled : {...settled, bar: settled.bar && {...settled.bar, isChosen: true, scroll: 2}};
	const common = {glyphs: unicodeGlyphs, keymap: defaultKeymap, commands: [{name: 'start', usage: '[task]', summary: ''}]};
	return {...common, state, view, now: noon, columns: 120, rows: 20, home: {version: '1', ways: []}, frame: 0};
}

const long = [...story.opened(), story.withModel, story.specOpened('vibe'), story.document('requirements', story.requirementsText)];
const talk = [
	...long,
	story.conversing('vibe'),
	...['a', 'b', 'c'].flatMap(word => [story.asked(word), story.wrote(`${word}\n\n`.repeat(30))]),
];
const lines = {text: 'one two\nthree four\nfive six', cursor: 13, pastes: {}, killed: 'cut'};
const middle = {kind: 'at', block: '20', row: 0} as const;
const walked = {entries: ['first', 'second', 'third'], at: 1, draft: ''};
const inPane = (pane: 'requirements' | 'design' | 'tasks' | 'chat' | 'tests'): Partial<View> => ({
	focus: {kind: 'pane', pane},
	solo: pane,
	reading: pane,
	scrolls: {requirements: middle, design: middle},
	sideways: {[pane]: 8},
});
const stale = scenes.find(({name}) => name === 'diff')?.events ?? [];
const reviewed = [...story.ready(), story.diffShown];
const chosenBar = {id: '', shownAt: 0, isChosen: true, scroll: 0};
const readingChat: Partial<View> = {...inPane('chat'), focus: {kind: 'prompt'}};
const chatBlock = moment(talk).state.conversations.c1?.items[2]?.id ?? '';
const chatMiddle: Partial<View> = {scrolls: {chat: {kind: 'at', block: chatBlock, row: 3}}};

/** Moments in which the keys of a context have something to do; one of them is enough. */
const moments: Readonly<Record<KeyContext, readonly World[]>> = {
	app: [moment('task-red', {draft: lines})],
	prompt: [
		moment(talk, {draft: lines, history: walked, solo: 'chat', reading: 'chat', ...chatMiddle}),
		moment(talk, {...readingChat, ...chatMiddle}),
		moment('task-red'),
	],
	running: [moment('task-red', {draft: lines})],
	menu: [moment(talk, {draft: {...lines, text: '/', cursor: 1}})],
	leader: [moment('task-red', {isLeader: true, draft: lines}), moment('diff', {isLeader: true}), moment('task-tests', {isLeader: true})],
	pane: [
		moment(talk, {...inPane('requirements'), search: {pane: 'requirements', query: 'the'}}),
		moment(talk, {...inPane('requirements'), isZoomed: true}),
		moment('task-red', inPane('tests')),
	],
	requirements: [moment(stale, inPane('requirements'))],
	design: [
		moment(
			[...stale, story.document('design', story.designText), story.approved('design'), story.document('design', 'changed', {version: 2})],
			inPane('design'),
		),
		moment([...stale, story.document('design', story.designText)], inPane('design')),
	],
	tasks: [
		moment('task-red', inPane('tasks')),
		moment([...story.ready(), story.document('tasks', 'changed', {version: 2})], inPane('tasks')),
		moment('tasks-review', inPane('tasks')),
	],
	chat: [moment(talk, {...inPane('chat'), ...chatMiddle}), moment('task-red', inPane('chat'))],
	tests: [moment('task-red', inPane('tests')), moment('task-tests', inPane('tests'))],
	matrix: [moment('matrix', {...inPane('tests'), testsTab: 'matrix'}), moment('task-tests', {...inPane('tests'), testsTab: 'matrix'})],
	bar: [moment('permission-hidden', {bar: chosenBar})],
	field: [moment(talk, {field: {label: '', value: 'x', purpose: {kind: 'search', pane: 'chat'}}})],
	history: [moment(talk, {history: walked, field: {label: '', value: 'i', purpose: {kind: 'history', draft: lines, at: 2}}})],
	review: [
		moment(reviewed, {popup: {kind: 'diff'}, selected: {popup: 'src/notify.js +12'}}),
		moment(reviewed, {popup: {kind: 'diff'}, selected: {popup: 'test/notify.test.js +1'}}),
	],
	popup: [moment(talk, {popup: {kind: 'help'}})],
};

/** Whether a key does anything that a key without a meaning does not. */
function doesSomething(world: World, name: string): boolean {
	return !isDeepStrictEqual(press(world, keyOf(name)), press(world, namedKey('f20')));
}

// To cancel is to do nothing.
const named = bindings.filter(({action}) => action !== 'leader.cancel');

describe.each(Object.keys(moments) as readonly KeyContext[])('every key of "%s"', context => {
	const own = named.filter(binding => binding.context === context);
	test.each(own.flatMap(({action, keys}) => keys.map(key => ({action, key}))))('$key does its work: $action', ({key}) => {
		expect(moments[context].some(world => doesSomething(world, key))).toBe(true);
	});
});
