import type {Rule} from '../protocol/permission.ts';
import {type CommandPattern, parseCommandPattern} from './command-pattern.ts';
import {isWrapper, programOf} from './inner-commands.ts';

const capabilities: Readonly<Record<string, Rule['capability']>> = {
	Bash: 'command',
	Read: 'read',
	Edit: 'write',
	Write: 'write',
	Package: 'package-lookup',
};

/** Programs that evaluate their arguments, so that allowing them with any arguments allows everything. */
const evaluating: ReadonlySet<string> = new Set(
	'test [ [[ printf read unset declare typeset local export readonly let eval . source trap alias awk gawk mawk sed tee perl ruby php lua osascript cd pushd'.split(
		' ',
	),
);

const fetchers: ReadonlySet<string> = new Set(['npx', 'bunx', 'pnpx']);

/** Whether what runs depends on more than the first words show: wrappers, shells, and builtins that evaluate text. `npx <tool>` is that tool. */
export function isEvaluating(argv: readonly string[]): boolean {
	if (fetchers.has(programOf(argv)) && /^[@\w][\w./@-]*$/.test(argv[1] ?? '')) {
		return isEvaluating(argv.slice(1));
	}

	return isWrapper(argv) || evaluating.has(programOf(argv));
}

function commandError(effect: Rule['effect'], pattern: CommandPattern): string | undefined {
	return effect === 'allow' && pattern.isPrefix && isEvaluating(pattern.words)
		? `${pattern.words[0] ?? ''} runs what it is given, so this would allow every command; allow exact commands instead`
		: undefined;
}

function pathError(match: string): string | undefined {
	if (/[{}]/.test(match)) {
		return 'braces are not understood; write one rule for each path';
	}

	return match.startsWith('~') || /(?:^|\/)\.\.(?:\/|$)/.test(match)
		? 'write the path from the root of the workspace, or from /'
		: undefined;
}

function matchError(effect: Rule['effect'], capability: Rule['capability'], match: string): string | undefined {
	if (match === '') {
		return 'it names nothing';
	}

	switch (capability) {
		case 'command': {
			const pattern = parseCommandPattern(match);
			return 'error' in pattern ? pattern.error : commandError(effect, pattern);
		}

		case 'read':
		case 'write': {
			return pathError(match);
		}

		case 'package-lookup': {
			return undefined;
		}

		default: {
			return capability satisfies never;
		}
	}
}

/**
 * Reads a rule as a person writes it: `Bash(npm run lint *)`, `Read(./.env)`, `Edit(src/**)`, `Package(*)`; a capability alone means all of
 * it, anything else without brackets is a command. What can never match, or would allow everything by the back door, is an error.
 */
export function parseRule(effect: Rule['effect'], text: string, from: Rule['from']): Rule | {readonly error: string} {
	const trimmed = text.trim();
	const [, name, inside] = /^([A-Za-z_]\w*)\((.*)\)$/s.exec(trimmed) ?? [];
	const named = Object.hasOwn(capabilities, name ?? trimmed) ? capabilities[name ?? trimmed] : undefined;
	if (name !== undefined && named === undefined) {
		return {error: `no tool is called ${name}; rules begin with ${Object.keys(capabilities).join(', ')}`};
	}

	const capability = named ?? 'command';
	const match = (inside ?? (named === undefined ? trimmed : capability === 'read' || capability === 'write' ? '**' : '*')).trim();
	const error = matchError(effect, capability, match);
	return error === undefined ? {effect, capability, match, from} : {error};
}
