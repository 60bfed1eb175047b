// The shapes of the Messages API (platform.claude.com/docs/en/api/messages), without its SDK: the journal stores them as they are,
// because thinking blocks must go back to the service exactly as they came.

type TextBlock = {readonly type: 'text'; readonly text: string};
type ThinkingBlock = {readonly type: 'thinking'; readonly thinking: string; readonly signature: string};
type RedactedThinkingBlock = {readonly type: 'redacted_thinking'; readonly data: string};
export type ToolUseBlock = {readonly type: 'tool_use'; readonly id: string; readonly name: string; readonly input: unknown};
export type ToolResultBlock = {
	readonly type: 'tool_result';
	readonly tool_use_id: string;
	readonly content: string;
	readonly is_error?: boolean;
};
/** A block this program does not know: kept and sent back unchanged. */
type OpaqueBlock = {readonly type: 'opaque'; readonly block: Readonly<Record<string, unknown>>};

export type AssistantBlock = TextBlock | ThinkingBlock | RedactedThinkingBlock | ToolUseBlock | OpaqueBlock;
export type UserBlock = TextBlock | ToolResultBlock;

export type UserMessage = {readonly role: 'user'; readonly content: readonly UserBlock[]};
export type AssistantMessage = {readonly role: 'assistant'; readonly content: readonly AssistantBlock[]};
export type Message = UserMessage | AssistantMessage;

/** Tokens of one answer, as the service counted them. `input` is what was neither read from nor written to the cache. */
export type Usage = {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
};

export const noUsage: Usage = {input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0};

export function addUsage(one: Usage, other: Usage): Usage {
	return {
		input: one.input + other.input,
		output: one.output + other.output,
		cacheRead: one.cacheRead + other.cacheRead,
		cacheWrite5m: one.cacheWrite5m + other.cacheWrite5m,
		cacheWrite1h: one.cacheWrite1h + other.cacheWrite1h,
	};
}

/** All tokens that went in, cached or not. */
export function inputTokens(usage: Usage): number {
	return usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;
}

/** Why an answer ended; anything the service invents later arrives as `unknown` and never runs a tool. */
export type StopReason =
	| 'end_turn'
	| 'tool_use'
	| 'max_tokens'
	| 'stop_sequence'
	| 'pause_turn'
	| 'refusal'
	| 'model_context_window_exceeded'
	| 'unknown';
