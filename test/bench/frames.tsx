import type {Event} from '../../source/protocol/event.ts';
import type {CallId, ConversationId} from '../../source/protocol/ids.ts';
import {createStore, type Store} from '../../source/protocol/store.ts';
import {unicodeGlyphs} from '../../source/tui/glyphs.ts';
import type {Key} from '../../source/tui/input/key.ts';
import {namedKey} from '../../source/tui/input/key-codes.ts';
import {defaultKeymap} from '../../source/tui/input/keymap.ts';
import {Screen} from '../../source/tui/screen.tsx';
import {createViewStore, type ViewStore} from '../../source/tui/view-store.ts';
import {type Frames, renderFrames} from '../support/render-frame.tsx';
import {proseDocument} from './documents.ts';
import {compare, type Row} from './measure.ts';

const size = {columns: 120, rows: 40};
const conversation = 'c1' as ConversationId;

/** A conversation of about this many rows on screen: questions, answers in Markdown, tool calls. */
function chatEvents(lines: number): readonly Event[] {
	const exchange = (index: number): readonly Event[] => [
		{type: 'message.sent', conversation, message: {role: 'user', content: []}, shown: `Please go on with part ${index}`},
		{type: 'turn.started', conversation, at: index},
		{type: 'text.streamed', conversation, delta: proseDocument(11).replaceAll('Part 1', `Part ${index}`)},
		{type: 'call.requested', conversation, call: `call ${index}` as CallId, name: 'read', title: `source/part-${index}.ts`},
		{
			type: 'call.finished',
			conversation,
			call: `call ${index}` as CallId,
			ok: true,
			display: {kind: 'lines', lines: ['one', 'two'], summary: '2 lines'},
		},
		{type: 'turn.finished', conversation, outcome: 'finished', at: index},
	];
	return [
		{
			type: 'conversation.opened',
			conversation,
			stage: 'requirements',
			route: 'feature',
			model: 'a-model',
			spec: 'long',
			system: [],
			pinned: [],
			pinnedTexts: {},
		},
		...Array.from({length: Math.ceil(lines / 15)}, (_, index) => exchange(index)).flat(),
	];
}

function projectEvents(lines: number): readonly Event[] {
	return [
		{type: 'workspace.opened', root: '/work/project', name: 'project', hasGit: false, isEmpty: false, trust: 'trusted', checksOff: []},
		{type: 'model.chosen', model: 'a-model', isRecorded: false},
		{type: 'spec.opened', name: 'long', path: '.kiro/specs/long', isOnly: true, stage: 'requirements'},
		{type: 'artifact.changed', artifact: 'requirements', text: proseDocument(lines), digest: 'd', by: 'disk', changedLines: []},
		...chatEvents(lines),
	];
}

type Stage = {
	readonly store: Store;
	readonly view: ViewStore;
	readonly frames: Frames;
	/** Presses a key and waits for its frame. */
	readonly press: (key: Key) => Promise<void>;
	readonly paint: () => Promise<void>;
};

/** The real screen over a real store, painted by Ink into a terminal of 120 by 40. */
async function openStage(lines: number): Promise<Stage> {
	const store = createStore();
	for (const event of projectEvents(lines)) {
		store.append(event);
	}

	const view = createViewStore({
		store,
		size,
		history: [],
		commands: [],
		glyphs: unicodeGlyphs,
		keymap: defaultKeymap,
		home: {version: '0.0.0', ways: []},
		now: () => Date.now(),
		motion: {tickMs: 250, isStill: true},
	});
	const picture = () => <Screen world={view.world()} theme="colour" onFieldChange={() => undefined} onFieldSubmit={() => undefined} />;
	const frames = await renderFrames(picture(), size);
	const paint = () => frames.rerender(picture());
	return {
		store,
		view,
		frames,
		paint,
		async press(key) {
			view.press(key);
			await paint();
		},
	};
}

/** One line up, one line down: two frames. Throws when the picture does not move. */
async function scroller(stage: Stage, pane: '1' | '4'): Promise<() => Promise<void>> {
	await stage.press(namedKey(pane, {alt: true}));
	for (const name of ['up', 'up', 'up', 'down'] as const) {
		const before = stage.frames.lastFrame();
		await stage.press(namedKey(pane === '4' ? name : name === 'up' ? 'down' : 'up'));
		if (stage.frames.lastFrame() === before) {
			throw new Error(`Scrolling pane ${pane} by one line changed nothing:\n${before}`);
		}
	}

	return async () => {
		await stage.press(namedKey('up'));
		await stage.press(namedKey('down'));
	};
}

/** One more word of an answer at the end, as it streams in, and its frame. */
function streamer(stage: Stage): () => Promise<void> {
	stage.store.append({type: 'turn.started', conversation, at: Date.now()});
	let words = 0;
	return async () => {
		words++;
		stage.store.append({type: 'text.streamed', conversation, delta: words % 200 === 0 ? 'word\n\n' : 'word '});
		stage.view.update({});
		await stage.paint();
	};
}

/** What a frame costs when there is much to show, over the same frame when there is little: only what is visible may count. */
export async function frameRows(): Promise<readonly Row[]> {
	const long = await openStage(5000);
	const short = await openStage(50);
	const scrolled = async (what: string, pane: '1' | '4'): Promise<Row> =>
		compare({
			name: `${what} of 5,000 lines, scrolled by one and back`,
			run: await scroller(long, pane),
			floorName: `one of 50 lines`,
			floor: await scroller(short, pane),
			clock: 'processor',
			must: 1.6,
		});
	const rows = [
		await scrolled('document', '1'),
		await scrolled('chat', '4'),
		await compare({
			name: 'a word streamed into a chat of 5,000 lines',
			run: streamer(long),
			floorName: 'into one of 50 lines',
			floor: streamer(short),
			clock: 'processor',
			must: 3,
		}),
	];
	for (const {view, frames} of [long, short]) {
		view.close();
		frames.unmount();
	}

	return rows;
}
