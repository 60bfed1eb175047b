import {existsSync} from 'node:fs';
import {basename, join} from 'node:path';
import {decide} from '../permission/decide.ts';
import type {TestCommandFact} from '../protocol/event.ts';
import type {Conversation} from '../protocol/state.ts';
import {sameTestCommands, splitFolder} from '../test-runners/index.ts';
import {resolvePath} from '../workspace/resolve-path.ts';
import {askPermission, subjectOf} from './ask-permission.ts';
import {type CallDecision, type CallToDecide, refuse} from './call-decision.ts';
import type {Services} from './services.ts';
import {findTestCommand, findTestCommands} from './test-command.ts';

function spellingsOf(fact: TestCommandFact): readonly string[] {
	const {folder} = splitFolder(fact.command);
	const same = sameTestCommands(fact);
	return [fact.command, ...(folder === undefined ? same : same.map(command => `cd ${folder} && ${command}`))];
}

/** The compiler that a project brings checks types, and writes nothing, as its tests do before they run. Without it, npx would fetch one. */
function typeChecks({root}: Services): readonly string[] {
	return existsSync(join(root, 'node_modules/.bin/tsc')) ? ['npx tsc --noEmit', 'node_modules/.bin/tsc --noEmit'] : [];
}

/** The approved test commands that a command line may be one of: the project's, and where it goes to a folder first, those of the packages. */
async function approvedTestCommands(services: Services, command: string): Promise<readonly string[]> {
	// A project's first test command may have come with the files of this very turn.
	const own = services.store.state().workspace.testCommand ?? (await findTestCommand(services));
	const isElsewhere = splitFolder(command).folder !== undefined;
	const known = [...(own === undefined ? [] : [own]), ...(isElsewhere ? await findTestCommands(services, 'every') : [])];
	const approved = known.filter(({isApproved}) => isApproved).flatMap(spellingsOf);
	return approved.length === 0 ? [] : [...approved, ...typeChecks(services)];
}

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
		testCommands: action.kind === 'command' ? await approvedTestCommands(services, action.command) : [],
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
