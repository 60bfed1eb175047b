import type {Display} from '../protocol/display.ts';
import type {CallId} from '../protocol/ids.ts';
import type {AssistantMessage, StopReason, Usage, UserMessage} from '../protocol/message.ts';
import type {Artifact} from '../protocol/tool.ts';

/** What the agent tells while a turn runs; the session makes facts of it. */
export type AgentEvent =
	| {readonly type: 'text.streamed'; readonly delta: string}
	| {readonly type: 'thinking.streamed'; readonly delta: string}
	| {readonly type: 'call.streamed'; readonly call: CallId; readonly name: string; readonly json: string}
	| {
			readonly type: 'answer.finished';
			readonly message: AssistantMessage;
			readonly stop: StopReason;
			readonly usage: Usage;
			readonly model: string;
	  }
	| {readonly type: 'answer.restarted'; readonly reason: string}
	| {readonly type: 'service.waiting'; readonly attempt: number; readonly reason: string; readonly seconds: number}
	| {readonly type: 'service.stalled'; readonly seconds: number}
	| {readonly type: 'call.requested'; readonly call: CallId; readonly name: string; readonly title: string}
	| {readonly type: 'call.output'; readonly call: CallId; readonly text: string}
	| {readonly type: 'call.finished'; readonly call: CallId; readonly ok: boolean; readonly display: Display}
	| {
			readonly type: 'results.appended';
			readonly message: UserMessage;
			/** Texts of the person that travelled with the results. */
			readonly shown: readonly string[];
			readonly toldTexts?: Readonly<Partial<Record<Artifact, string>>>;
	  };
