import type {Action, Decision, Mode, Rule} from '../protocol/permission.ts';
import {decideCommand} from './decide-command.ts';
import {decidePath, type ResolvedPlace} from './decide-path.ts';
import {matchesPath, relativeToRoot} from './path-pattern.ts';

export type DecideInput = {
	readonly action: Action;
	readonly mode: Mode;
	/** Of all scopes; the most restrictive wins, and a project's own may only tighten. */
	readonly rules: readonly Rule[];
	/** Absolute real path of the workspace root. */
	readonly root: string;
	/** What a person calls the workspace. */
	readonly rootName: string;
	/** The approved test command, and other ways to say it; empty when none is approved as it stands. */
	readonly testCommands: readonly string[];
	/** What else may run, each only as it stands: the scripts that an approved test command is made of. */
	readonly exactCommands?: readonly string[];
	/** Where the action's path leads, links followed; without it the letters of the path decide. */
	readonly path?: ResolvedPlace;
};

function placeOf(path: string, root: string): ResolvedPlace {
	const relative = relativeToRoot(path, root);
	return relative === undefined ? {isOutside: true} : {isOutside: false, relative};
}

function decidePackageLookup(name: string, rules: readonly Rule[]): Decision {
	const matching = rules.filter(
		rule => rule.capability === 'package-lookup' && (rule.match === '*' || rule.match === name || matchesPath(rule.match, name)),
	);
	if (matching.some(rule => rule.effect === 'deny')) {
		return {kind: 'deny', why: 'A rule denies looking up packages'};
	}

	const isAsked = matching.some(rule => rule.effect === 'ask');
	return !isAsked && matching.some(rule => rule.effect === 'allow' && rule.from !== 'project')
		? {kind: 'allow'}
		: {kind: 'ask', why: 'It asks a package registry over the network', ...(!isAsked && {pattern: '*'})};
}

/** Decides what a tool call may do: deny beats ask beats allow, and what is not understood is asked. Pure: it looks at nothing but its input. */
export function decide({action, path, ...context}: DecideInput): Decision {
	switch (action.kind) {
		case 'command': {
			return decideCommand(action.command, context);
		}

		case 'read':
		case 'write': {
			return decidePath({...context, kind: action.kind, given: action.path, place: path ?? placeOf(action.path, context.root)});
		}

		case 'package-lookup': {
			return decidePackageLookup(action.name, context.rules);
		}

		case 'document':
		case 'harmless': {
			return {kind: 'allow'};
		}

		default: {
			return action satisfies never;
		}
	}
}
