import {basename} from 'node:path';
import {decide} from '../permission/decide.ts';
import type {Conversation} from '../protocol/state.ts';
import {resolvePath} from '../workspace/resolve-path.ts';
import {approvedCommands} from './approved-commands.ts';
import {askPermission, subjectOf} from './ask-permission.ts';
import {type CallDecision, type CallToDecide, refuse} from './call-decision.ts';
import type {Services} from './services.ts';

/** Decides one tool call of a conversation, which need not be the one on screen, by the rules, and puts what they leave open to the person. */
export async function decideCall(
	services: Services,
	{stage}: Conversation,
	call: CallToDecide,
	signal: AbortSignal,
): Promise<CallDecision> {
	const {root} = services;
	const state = services.store.state();
	const action = call.tool.action(call.input);
	const path = action.kind === 'read' || action.kind === 'write' ? await resolvePath(root, action.path) : undefined;
	if (path?.kind === 'broken') {
		return refuse(services, call.call, call.tool, subjectOf(action, call.tool), path.why);
	}

	if (action.kind === 'document' && stage === 'vibe' && !services.grantedTurns.has(signal)) {
		const why = 'It changes an approved document, which then needs a new approval';
		return askPermission(services, {call, action, decision: {kind: 'ask', why}, signal});
	}

	const decision = decide({
		action,
		mode: state.mode,
		rules: [...services.options.rules, ...services.settings.rules, ...services.sessionRules],
		root,
		rootName: basename(root),
		...(action.kind === 'command' ? await approvedCommands(services, action.command) : {testCommands: []}),
		...(path !== undefined && {path: path.kind === 'inside' ? {isOutside: false, relative: path.relative} : {isOutside: true}}),
	});
	switch (decision.kind) {
		case 'allow': {
			return {allowed: true};
		}

		case 'deny': {
			return refuse(services, call.call, call.tool, subjectOf(action, call.tool), decision.why);
		}

		case 'ask': {
			return askPermission(services, {call, action, decision, signal});
		}

		default: {
			return decision satisfies never;
		}
	}
}
