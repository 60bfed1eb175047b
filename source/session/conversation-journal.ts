import {join} from 'node:path';
import type {Event} from '../protocol/event.ts';
import {isMomentary} from '../protocol/event.ts';
import type {ConversationId} from '../protocol/ids.ts';
import type {Store} from '../protocol/store.ts';
import {holdFile} from '../workspace/file-lock.ts';
import {type Journal, listJournals, openJournal, readJournal} from '../workspace/journal.ts';

/** The journals of one workspace: one file a conversation, in the user's state directory. */
export type Conversations = {
	/** Resolves when everything appended so far is on disk. */
	readonly flush: () => Promise<void>;
	/** The events of a stored conversation, oldest first; what could not be read is told as problems. */
	readonly read: (id: ConversationId) => Promise<{readonly events: readonly Event[]; readonly problems: readonly string[]}>;
	/** Makes a conversation this program's own; false while another program that runs works in it. */
	readonly claim: (id: ConversationId) => Promise<boolean>;
	/** Stored conversations, the newest last. */
	readonly list: () => Promise<readonly StoredConversation[]>;
	/** False while something of a conversation could not be written. */
	readonly isSaved: () => boolean;
	readonly close: () => Promise<void>;
};

type StoredConversation = {
	readonly id: ConversationId;
	readonly stage: string;
	readonly spec?: string;
	readonly task?: string;
	readonly modifiedAt: number;
};

/** Facts that must be on disk before the next step happens: what a person said, and what a tool is about to do. */
const synced: ReadonlySet<Event['type']> = new Set([
	'message.sent',
	'call.requested',
	'results.appended',
	'turn.finished',
	'task.finished',
]);

/** Facts outside a conversation that its chat shows. */
const shownInChat: ReadonlySet<Event['type']> = new Set(['noticed', 'task.started', 'task.finished', 'tests.finished', 'call.denied']);

type Header = {readonly conversation: ConversationId; readonly stage: string; readonly spec?: string; readonly task?: string};

function conversationOf(event: Event, current: ConversationId | undefined): ConversationId | undefined {
	if ('conversation' in event) {
		return event.conversation;
	}

	return shownInChat.has(event.type) ? current : undefined;
}

function isHeader(value: unknown): value is Header {
	return typeof value === 'object' && value !== null && 'conversation' in value && 'stage' in value;
}

function isEvent(value: unknown): value is Event {
	return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export type ConversationJournalOptions = {
	readonly folder: string;
	readonly root: string;
	readonly version: string;
	readonly onProblem: (message: string) => void;
};

async function storedConversations(folder: string): Promise<readonly StoredConversation[]> {
	const files = await listJournals(folder);
	return files.flatMap(({header, modifiedAt}) => {
		if (!isHeader(header)) {
			return [];
		}

		const {conversation, stage, spec, task} = header;
		return [{id: conversation, stage, modifiedAt, ...(spec !== undefined && {spec}), ...(task !== undefined && {task})}];
	});
}

/** Writes every lasting event of a conversation to its journal as it happens. */
export function createConversations(store: Store, options: ConversationJournalOptions): Conversations {
	const journals = new Map<ConversationId, Promise<Journal>>();
	const opened: Journal[] = [];
	let tail: Promise<void> = Promise.resolve();
	const fileOf = (id: ConversationId) => join(options.folder, `${id}.jsonl`);

	const held = new Map<ConversationId, Promise<(() => Promise<void>) | undefined>>();
	const claim = async (id: ConversationId): Promise<boolean> => {
		const holding = held.get(id) ?? holdFile(fileOf(id));
		held.set(id, holding);
		if ((await holding) === undefined) {
			held.delete(id);
			return false;
		}

		return true;
	};

	const journalOf = (id: ConversationId): Promise<Journal> => {
		const known = journals.get(id);
		if (known !== undefined) {
			return known;
		}

		const conversation = store.state().conversations[id];
		const header = {
			workspace: options.root,
			version: options.version,
			conversation: id,
			stage: conversation?.stage ?? 'vibe',
			...(conversation?.spec !== undefined && {spec: conversation.spec}),
			...(conversation?.task !== undefined && {task: conversation.task}),
		};
		const opening = claim(id).then(async () => {
			const journal = await openJournal({file: fileOf(id), header, onProblem: options.onProblem});
			opened.push(journal);
			return journal;
		});
		journals.set(id, opening);
		return opening;
	};

	const unsubscribe = store.subscribe((event, state) => {
		const id = isMomentary(event) ? undefined : conversationOf(event, state.current);
		if (id === undefined || event.type === 'conversation.entered') {
			return;
		}

		const journal = journalOf(id);
		tail = tail.then(async () => (await journal).append(event, {sync: synced.has(event.type)}));
	});

	return {
		flush: () => tail,
		claim,
		async read(id) {
			const {records, problems} = await readJournal(fileOf(id));
			return {events: records.filter(isEvent), problems};
		},
		list: () => storedConversations(options.folder),
		isSaved: () => opened.every(journal => journal.isSaved()),
		async close() {
			unsubscribe();
			await tail;
			await Promise.all([...journals.values()].map(async journal => (await journal).close()));
			await Promise.all([...held.values()].map(async holding => (await holding)?.()));
		},
	};
}
