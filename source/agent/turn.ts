import type {Model, ModelRequest} from '../model/model.ts';
import type {Message, StopReason} from '../protocol/message.ts';
import type {Artifact, Tool, ToolContext} from '../protocol/tool.ts';
import type {Loop} from './repeat-guard.ts';
import type {Review} from './review-answer.ts';
import type {Decide} from './run-calls.ts';

export type TurnOutcome =
	/** The model ended its turn, for the reason given. */
	| {readonly kind: 'finished'; readonly stop: StopReason}
	/** The signal was aborted. */
	| {readonly kind: 'interrupted'}
	/** The turn made as many requests as one turn may. */
	| {readonly kind: 'limit'}
	/** A person declined a call and stopped the turn with it. */
	| {readonly kind: 'declined'}
	/** The model ended its turn without a word, and did so again when it was told. */
	| {readonly kind: 'empty'}
	/** The model ended its turn with a call to this tool written as text, and did so again when it was told. */
	| {readonly kind: 'written-call'; readonly tool: string}
	/** The model kept sending the same calls to no effect. */
	| {readonly kind: 'looping'; readonly loop: Loop};

/** What came up while the tools ran and goes to the model with their results. */
export type Pending = {
	/** For the model only. */
	readonly texts: readonly string[];
	/** Messages of the person, shown in the chat too. */
	readonly shown: readonly string[];
	/** The documents that the model knows of after these texts. */
	readonly told: Readonly<Partial<Record<Artifact, string>>>;
};

export type Turn = {
	readonly model: Model;
	readonly request: Omit<ModelRequest, 'messages' | 'tools'>;
	/** The conversation so far; its last message is the person's. */
	readonly messages: readonly Message[];
	readonly tools: readonly Tool[];
	readonly context: ToolContext;
	readonly decide: Decide;
	readonly takePending: () => Promise<Pending>;
	/** The documents as the model itself wrote them last: with the last results of a turn nothing is told, but these it knows. */
	readonly ownTexts: () => Promise<Pending['told']>;
	/** What the program says to a model whose answer lacks something, by name. */
	readonly notices: Review['notices'];
	readonly missing: Review['missing'];
	readonly signal: AbortSignal;
	/** Requests that one turn may make; 100 unless said otherwise. */
	readonly maxRequests?: number;
};
