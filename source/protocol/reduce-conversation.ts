import type {Event} from './event.ts';
import {addUsage, inputTokens, noUsage} from './message.ts';
import {changeChat} from './reduce-chat.ts';
import type {Conversation, State} from './state.ts';

function openConversation(event: Extract<Event, {type: 'conversation.opened'}>): Conversation {
	return {
		id: event.conversation,
		stage: event.stage,
		route: event.route,
		model: event.model,
		...(event.spec !== undefined && {spec: event.spec}),
		...(event.task !== undefined && {task: event.task}),
		system: event.system,
		pinned: event.pinned,
		pinnedTexts: event.pinnedTexts,
		toldTexts: event.pinnedTexts,
		messages: [],
		items: [],
		queued: [],
		usage: noUsage,
		costUsd: 0,
		isPriced: true,
		contextTokens: 0,
		turn: {isRunning: false, since: 0},
	};
}

function withCost(conversation: Conversation, event: Extract<Event, {type: 'answer.finished'}>): Conversation {
	const keepsMessage = event.message.content.length > 0;
	return {
		...conversation,
		messages: keepsMessage ? [...conversation.messages, event.message] : conversation.messages,
		usage: addUsage(conversation.usage, event.usage),
		costUsd: conversation.costUsd + (event.costUsd ?? 0),
		isPriced: conversation.isPriced && event.costUsd !== undefined,
		contextTokens: inputTokens(event.usage) + event.usage.output,
	};
}

function changeFacts(conversation: Conversation, event: Event): Conversation {
	switch (event.type) {
		case 'message.sent':
		case 'results.appended': {
			return {
				...conversation,
				messages: [...conversation.messages, event.message],
				toldTexts: {...conversation.toldTexts, ...event.toldTexts},
			};
		}

		case 'message.queued': {
			return {...conversation, queued: [...conversation.queued, event.text]};
		}

		case 'message.taken-back': {
			const at = conversation.queued.lastIndexOf(event.text);
			return {...conversation, queued: conversation.queued.filter((_, index) => index !== at)};
		}

		case 'queue.taken': {
			return {...conversation, queued: []};
		}

		case 'turn.started': {
			return {...conversation, turn: {isRunning: true, since: event.at}};
		}

		case 'turn.finished': {
			return {...conversation, turn: {isRunning: false, since: event.at, end: event.outcome}};
		}

		case 'answer.finished': {
			return withCost(conversation, event);
		}

		default: {
			return conversation;
		}
	}
}

function addCost(state: State, event: Event): State {
	if (event.type !== 'answer.finished') {
		return state;
	}

	return {
		...state,
		usage: addUsage(state.usage, event.usage),
		costUsd: state.costUsd + (event.costUsd ?? 0),
		isPriced: state.isPriced && event.costUsd !== undefined,
	};
}

function serviceState(state: State, event: Event): State {
	switch (event.type) {
		case 'service.waiting': {
			return {...state, waiting: {reason: event.reason, attempt: event.attempt, until: event.until}};
		}

		case 'service.stalled': {
			return {...state, stalledSeconds: event.seconds};
		}

		case 'text.streamed':
		case 'thinking.streamed':
		case 'call.streamed':
		case 'answer.finished':
		case 'turn.started':
		case 'turn.finished': {
			const {waiting: _, ...rest} = state;
			return state.waiting === undefined && state.stalledSeconds === 0 ? state : {...rest, stalledSeconds: 0};
		}

		default: {
			return state;
		}
	}
}

/** Conversations: what the model is sent, what a person sees of it, and what it costs. */
export function reduceConversation(before: State, event: Event): State {
	const state = serviceState(addCost(before, event), event);
	if (event.type === 'conversation.opened') {
		const opened = openConversation(event);
		return {...state, conversations: {...state.conversations, [opened.id]: opened}, current: opened.id};
	}

	if (event.type === 'conversation.entered') {
		return {...state, current: event.conversation};
	}

	if (event.type === 'stage.entered' || event.type === 'spec.opened') {
		const {current: _, ...rest} = state;
		return rest;
	}

	const id = 'conversation' in event ? event.conversation : state.current;
	const conversation = id === undefined ? undefined : state.conversations[id];
	if (id === undefined || conversation === undefined) {
		return state;
	}

	const changed = changeChat(changeFacts(conversation, event), event, state.clock);
	return changed === conversation ? state : {...state, conversations: {...state.conversations, [id]: changed}};
}
