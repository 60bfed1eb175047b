import type {CallId} from '../protocol/ids.ts';
import type {Tool} from '../protocol/tool.ts';
import type {Services} from './services.ts';

export type CallToDecide = {readonly call: CallId; readonly tool: Tool; readonly input: unknown};

export type CallDecision = {readonly allowed: true} | {readonly allowed: false; readonly reason: string; readonly stopTurn?: boolean};

/** Whether a call may change files outside the documents. */
export function changesFiles({tool, input}: CallToDecide): boolean {
	const {kind} = tool.action(input);
	return kind === 'write' || kind === 'command';
}

/** Says no to a call, with the reason that the model and the person read. */
export function refuse(
	services: Services,
	call: CallId,
	tool: Tool,
	subject: string,
	why: string,
): Extract<CallDecision, {allowed: false}> {
	services.append({type: 'call.denied', call, tool: tool.name, subject, why});
	return {allowed: false, reason: why};
}
