import {parseRule} from '../permission/rules.ts';
import type {Action, Decision} from '../protocol/permission.ts';
import {hasHiddenCharacters, visibleCommand} from '../protocol/printable.ts';
import type {Tool} from '../protocol/tool.ts';
import {storeUserRule} from '../workspace/settings.ts';
import {compileChecks} from './approved-commands.ts';
import {type CallDecision, type CallToDecide, refuse} from './call-decision.ts';
import type {Services} from './services.ts';

/** What is judged: the command, the path, the name. */
export function subjectOf(action: Action, tool: Tool): string {
	switch (action.kind) {
		case 'command': {
			return action.command;
		}

		case 'read':
		case 'write': {
			return action.path;
		}

		case 'package-lookup': {
			return action.name;
		}

		case 'document':
		case 'harmless': {
			return tool.name;
		}

		default: {
			return action satisfies never;
		}
	}
}

function ruleText(action: Action, pattern: string): string {
	switch (action.kind) {
		case 'read': {
			return `Read(${pattern})`;
		}

		case 'write': {
			return `Edit(${pattern})`;
		}

		case 'package-lookup': {
			return `Package(${pattern})`;
		}

		default: {
			return `Bash(${pattern})`;
		}
	}
}

async function grant(services: Services, action: Action, pattern: string, scope: 'session' | 'always') {
	const rule = parseRule('allow', ruleText(action, pattern), scope === 'always' ? 'user' : 'session');
	if ('error' in rule) {
		services.append({type: 'noticed', level: 'warning', text: `"${pattern}" cannot be allowed as a rule: ${rule.error}`});
		return;
	}

	services.sessionRules.push(rule);
	if (scope === 'always') {
		await storeUserRule(services.options.directories.config, services.root, ruleText(action, pattern));
	}
}

const verbs: Readonly<Record<Action['kind'], string>> = {
	command: 'Run',
	read: 'Read',
	write: 'Write',
	'package-lookup': 'Look up package',
	document: 'Change',
	harmless: 'Use',
};

/** What a change of a document takes away and puts there, so that a person judges the change and not its name. */
function proposedLines(input: unknown): readonly string[] {
	if (typeof input !== 'object' || input === null || !('old_text' in input) || !('new_text' in input)) {
		return [];
	}

	const marked = (text: unknown, mark: string) => `${text}`.split('\n').map(line => `${mark} ${line}`);
	return [...marked(input.old_text, '-'), ...marked(input.new_text, '+')];
}

/** What the model may run instead, named exactly, so that a refused call costs no second guess. */
async function withoutAsking(services: Services, action: Action): Promise<string> {
	const {testCommand} = services.store.state().workspace;
	if (action.kind !== 'command' || testCommand?.isApproved !== true) {
		return '';
	}

	const [check] = await compileChecks(services, testCommand);
	const own = `${testCommand.command}, alone or with test files or the name of a test behind it`;
	return `. Without asking: ${own}${check === undefined ? '' : `, ${check}`}, and commands that only read`;
}

export type PermissionRequest = {
	readonly call: CallToDecide;
	readonly action: Action;
	readonly decision: Extract<Decision, {kind: 'ask'}>;
	readonly signal: AbortSignal;
};

/** Puts a tool call to the person, whole; a granted pattern becomes a rule of the session or of the user. */
export async function askPermission(
	services: Services,
	{call: {call, tool, input}, action, decision, signal}: PermissionRequest,
): Promise<CallDecision> {
	const subject = action.kind === 'document' ? tool.title(input) : subjectOf(action, tool);
	const {pattern, why} = decision;
	const answer = await services.ask(
		{
			kind: 'permission',
			title: `${verbs[action.kind]}  ${visibleCommand(subject)}`,
			lines: [
				why,
				...(action.kind === 'document' ? proposedLines(input) : []),
				...(hasHiddenCharacters(subject) ? ['It holds invisible characters, shown here as tokens'] : []),
			],
			options: [
				{key: 'y', label: 'once'},
				...(action.kind === 'document' ? [{key: 't', label: 'all changes of documents in this turn'}] : []),
				...(pattern === undefined
					? []
					: [
							{key: 's', label: 'this session'},
							{key: 'p', label: `always for ${visibleCommand(pattern)}`},
						]),
				{key: 'n', label: 'no'},
				{key: 'r', label: 'no, and say why', wantsText: true},
			],
			takesText: false,
			call,
		},
		signal,
	);
	switch (answer.key) {
		case 'y': {
			return {allowed: true} as const;
		}

		case 't': {
			services.grantedTurns.add(signal);
			return {allowed: true} as const;
		}

		case 's':
		case 'p': {
			if (pattern !== undefined) {
				await grant(services, action, pattern, answer.key === 'p' ? 'always' : 'session');
			}

			return {allowed: true} as const;
		}

		case 'r': {
			return refuse(services, call, tool, subject, answer.text ?? 'no');
		}

		case 'escape': {
			return {...refuse(services, call, tool, subject, 'The person stopped the turn'), stopTurn: true};
		}

		default: {
			// Whoever is not there to judge the reason leaves it to the model.
			const said = answer.text === undefined ? 'The person said no to this call' : `${why}, and ${answer.text}`;
			return refuse(services, call, tool, subject, `${said}${await withoutAsking(services, action)}`);
		}
	}
}
