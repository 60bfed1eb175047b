import type {Event} from './event.ts';
import {proofLines} from './proof-lines.ts';
import type {ChatItem, Conversation} from './state.ts';

type CallItem = Extract<ChatItem, {kind: 'call'}>;

const keptOutput = 20_000;

/** Still growing, piece by piece. */
function isGrowing(item: ChatItem): boolean {
	return item.kind === 'call' ? item.status === 'streaming' : 'isStreaming' in item && item.isStreaming;
}

function settled(item: ChatItem): ChatItem {
	if (!isGrowing(item)) {
		return item;
	}

	return item.kind === 'call' ? {...item, status: 'queued'} : ({...item, isStreaming: false} as ChatItem);
}

function add(conversation: Conversation, item: ChatItem): Conversation {
	return {...conversation, items: [...conversation.items.map(settled), item]};
}

/** What comes from elsewhere while an answer streams in stands above the piece that grows, so that it cuts no sentence in two. */
function addBeside(conversation: Conversation, item: ChatItem): Conversation {
	const last = conversation.items.at(-1);
	return last !== undefined && isGrowing(last)
		? {...conversation, items: conversation.items.toSpliced(-1, 0, item)}
		: add(conversation, item);
}

/** Deltas grow the open item of their kind, or open one. */
function grow(conversation: Conversation, kind: 'agent' | 'thinking', delta: string, clock: number): Conversation {
	const last = conversation.items.at(-1);
	if (last?.kind === kind && last.isStreaming) {
		return {...conversation, items: [...conversation.items.slice(0, -1), {...last, text: last.text + delta}]};
	}

	return add(conversation, {kind, id: `${clock}`, text: delta, isStreaming: true});
}

function changeCall(conversation: Conversation, call: string, change: (item: CallItem) => CallItem): Conversation {
	return {...conversation, items: conversation.items.map(item => (item.kind === 'call' && item.call === call ? change(item) : item))};
}

/** The last words of a turn stand in the place of the call that carried them; where there are none, what went wrong stands above it. */
function closeTurn(conversation: Conversation, call: string, text: string): Conversation {
	const items = conversation.items.flatMap((item): readonly ChatItem[] => {
		if (item.kind !== 'call' || item.call !== call) {
			return [item];
		}

		return text === '' ? [] : [{kind: 'agent', id: item.id, text, isStreaming: false}];
	});
	return {...conversation, items};
}

function finishCall(conversation: Conversation, {call, ok, display}: Extract<Event, {type: 'call.finished'}>): Conversation {
	return display.kind === 'closing'
		? closeTurn(conversation, call, display.text)
		: changeCall(conversation, call, item => ({
				...item,
				status: item.status === 'denied' ? 'denied' : ok ? 'done' : 'failed',
				display,
			}));
}

function requestCall(conversation: Conversation, event: Extract<Event, {type: 'call.requested'}>, clock: number): Conversation {
	const {call, name, title} = event;
	if (conversation.items.some(item => item.kind === 'call' && item.call === call)) {
		return changeCall(conversation, call, item => ({...item, title, status: 'running'}));
	}

	return add(conversation, {kind: 'call', id: `${clock}`, call, name, title, status: 'running', output: ''});
}

function streamCall(conversation: Conversation, event: Extract<Event, {type: 'call.streamed'}>, clock: number): Conversation {
	const {call, name, title, lines} = event;
	const grown = {title, status: 'streaming', ...(lines !== undefined && {lines})} as const;
	if (conversation.items.some(item => item.kind === 'call' && item.call === call)) {
		return changeCall(conversation, call, item => ({...item, ...grown}));
	}

	// Its words take its place when it has held; a card of it would only flash.
	return name === 'end_turn'
		? {...conversation, items: conversation.items.map(settled)}
		: add(conversation, {kind: 'call', id: `${clock}`, call, name, output: '', ...grown});
}

/** An answer that is asked again: what was on screen stays, marked incomplete; calls that never ran leave no card. */
function restart(conversation: Conversation): Conversation {
	const items = conversation.items
		.filter(item => item.kind !== 'call' || (item.status !== 'streaming' && item.status !== 'queued'))
		.map(item => (item.kind === 'agent' && item.isStreaming ? {...item, isStreaming: false, isIncomplete: true} : settled(item)));
	return {...conversation, items};
}

function finishTurn(conversation: Conversation, event: Extract<Event, {type: 'turn.finished'}>, clock: number): Conversation {
	const isWhole = event.outcome === 'finished';
	const ended = isWhole ? {...conversation, items: conversation.items.map(settled)} : restart(conversation);
	if (event.message === undefined) {
		return ended;
	}

	const level = event.outcome === 'interrupted' ? 'info' : 'warning';
	return add(ended, {
		kind: 'notice',
		id: `${clock}`,
		level,
		text: event.message,
		...(event.nextStep !== undefined && {nextStep: event.nextStep}),
	});
}

/** The result of a task stands where it came about, below everything that led to it. */
function finishTaskItem(conversation: Conversation, event: Extract<Event, {type: 'task.finished'}>, clock: number): Conversation {
	const {type: _, task, ...result} = event;
	const at = conversation.items.findLastIndex(item => item.kind === 'task' && item.task === task);
	const started = conversation.items[at];
	return started?.kind === 'task'
		? add({...conversation, items: conversation.items.toSpliced(at, 1)}, {...started, id: `${clock}`, result})
		: conversation;
}

function changeCalls(conversation: Conversation, event: Event, clock: number): Conversation {
	switch (event.type) {
		case 'call.streamed': {
			return streamCall(conversation, event, clock);
		}

		case 'call.requested': {
			return requestCall(conversation, event, clock);
		}

		case 'asked': {
			const {call} = event.ask;
			return call === undefined ? conversation : changeCall(conversation, call, item => ({...item, status: 'waiting'}));
		}

		case 'answered': {
			const isWaiting = (item: ChatItem) => item.kind === 'call' && item.status === 'waiting';
			return conversation.items.some(isWaiting)
				? {...conversation, items: conversation.items.map(item => (isWaiting(item) ? {...item, status: 'running'} : item) as ChatItem)}
				: conversation;
		}

		case 'call.denied': {
			return changeCall(conversation, event.call, item => ({...item, status: 'denied'}));
		}

		case 'call.output': {
			return changeCall(conversation, event.call, item => ({...item, output: (item.output + event.text).slice(-keptOutput)}));
		}

		case 'call.finished': {
			return finishCall(conversation, event);
		}

		default: {
			return conversation;
		}
	}
}

/** What a person sees of a conversation. `clock` gives new items an id that a second fold of the same events gives again. */
export function changeChat(conversation: Conversation, event: Event, clock: number): Conversation {
	switch (event.type) {
		case 'message.sent': {
			const {shown, note} = event;
			const noted = note === undefined ? conversation : add(conversation, {kind: 'program', id: `${clock}.note`, text: note});
			return shown === undefined ? noted : add(noted, {kind: 'person', id: `${clock}`, text: shown});
		}

		case 'results.appended': {
			return event.shown.reduce((changed, text, index) => add(changed, {kind: 'person', id: `${clock}.${index}`, text}), conversation);
		}

		case 'text.streamed': {
			return grow(conversation, 'agent', event.delta, clock);
		}

		case 'thinking.streamed': {
			return grow(conversation, 'thinking', event.delta, clock);
		}

		case 'answer.finished': {
			return {...conversation, items: conversation.items.map(settled)};
		}

		case 'answer.restarted': {
			return add(restart(conversation), {kind: 'notice', id: `${clock}`, level: 'warning', text: event.reason});
		}

		case 'turn.finished': {
			return finishTurn(conversation, event, clock);
		}

		case 'noticed': {
			const {type: _, ...notice} = event;
			return addBeside(conversation, {kind: 'notice', id: `${clock}`, ...notice});
		}

		case 'ledger.appended': {
			if (event.entry.type !== 'proof') {
				return conversation;
			}

			const isDoubtful = event.entry.evidence.some(({outcome}) => outcome === 'passes') || event.entry.survivors.length > 0;
			return addBeside(conversation, {
				kind: 'notice',
				id: `${clock}`,
				level: isDoubtful ? 'warning' : 'info',
				text: proofLines(event.entry).join('\n'),
			});
		}

		case 'task.started': {
			return add(conversation, {kind: 'task', id: `${clock}`, task: event.task, title: event.title});
		}

		case 'task.finished': {
			return finishTaskItem(conversation, event, clock);
		}

		case 'tests.finished': {
			// Only to tell a flaky test: what it showed comes with the run that it is about.
			if (event.reason === 'again' || event.isInCall === true) {
				return conversation;
			}

			const newFailures = event.comparison?.newFailures.map(test => test.id) ?? [];
			return add(conversation, {kind: 'tests', id: `${clock}`, report: event.report, reason: event.reason, newFailures});
		}

		default: {
			return changeCalls(conversation, event, clock);
		}
	}
}
