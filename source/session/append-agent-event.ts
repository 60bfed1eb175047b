import type {AgentEvent} from '../agent/run-turn.ts';
import type {ConversationId} from '../protocol/ids.ts';
import type {Usage} from '../protocol/message.ts';
import type {Artifact} from '../protocol/tool.ts';
import {partialString} from './partial-string.ts';
import type {Services} from './services.ts';
import {stageOf} from './stages/index.ts';

type Clock = {readonly now: number; readonly costOf: (usage: Usage, model: string) => number | undefined};

/** The document that a streaming `write_document` call grows, as far as it has arrived. */
function streamDocument(services: Services, id: ConversationId, json: string) {
	const conversation = services.store.state().conversations[id];
	const named = partialString(json, 'document');
	const known = (['requirements', 'design', 'tasks'] as const).find(artifact => artifact === named);
	const artifact: Artifact | undefined = known ?? (conversation === undefined ? undefined : stageOf(conversation.stage).artifact);
	const text = partialString(json, 'content');
	if (artifact !== undefined && text !== undefined) {
		services.append({type: 'artifact.streamed', artifact, text});
	}
}

/** What a person can be told of a call that is still streaming in. */
function callSoFar(json: string): {readonly title: string; readonly lines?: number} {
	const document = partialString(json, 'document');
	const about = ['path', 'command', 'pattern', 'question', 'name'].map(field => partialString(json, field));
	const title = document === undefined ? (about.find(value => value !== undefined) ?? '') : `${document}.md`;
	const text = partialString(json, 'content') ?? partialString(json, 'new_text');
	return {title, ...(text !== undefined && {lines: text.replace(/\n$/, '').split('\n').length})};
}

/** Turns what the agent tells into facts of the session. */
export function appendAgentEvent(services: Services, conversation: ConversationId, event: AgentEvent, clock: Clock): void {
	const {append} = services;
	switch (event.type) {
		case 'call.streamed': {
			const {type, call, name, json} = event;
			append({type, conversation, call, name, ...callSoFar(json)});
			if (name === 'write_document') {
				streamDocument(services, conversation, json);
			}

			return;
		}

		case 'service.waiting': {
			append({type: 'service.waiting', attempt: event.attempt, reason: event.reason, until: clock.now + event.seconds * 1000});
			return;
		}

		case 'service.stalled': {
			append(event);
			return;
		}

		case 'answer.finished': {
			const costUsd = clock.costOf(event.usage, event.model);
			append({...event, conversation, ...(costUsd !== undefined && {costUsd})});
			return;
		}

		case 'call.output': {
			append(event);
			return;
		}

		case 'call.finished': {
			const {call, ok, display} = event;
			append({type: 'call.finished', conversation, call, ok, display});
			return;
		}

		default: {
			append({...event, conversation});
		}
	}
}
