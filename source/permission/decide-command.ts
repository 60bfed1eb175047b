import type {Decision, Mode, Rule} from '../protocol/permission.ts';
import {catches, covers, exactPattern, parseCommandPattern} from './command-pattern.ts';
import {namesSpecs, pathRisk, type Risk, riskOf, startsKiroTui} from './command-risk.ts';
import {withInnerCommands} from './inner-commands.ts';
import {isReadOnly} from './read-only.ts';
import {isEvaluating} from './rules.ts';
import {type Argv, readShellCommand} from './shell-command.ts';
import {isCompileCheck, isPackageTestRun, isTestRun} from './test-command.ts';

export type CommandContext = {
	readonly mode: Mode;
	readonly rules: readonly Rule[];
	readonly root: string;
	readonly rootName: string;
	/** The approved test commands, as a person would type them, those of packages with `cd <folder> && ` before them. */
	readonly testCommands: readonly string[];
	/** What else may run as it stands, without a word more. */
	readonly exactCommands?: readonly string[];
};

type Effect = Rule['effect'];

type Caught = {readonly rule: Rule; readonly isRead: boolean};

/** The rule that catches one of the commands; one that cannot be read catches everything, so that a typing error opens nothing. */
function caughtBy(commands: readonly Argv[], rules: readonly Rule[], effect: Effect): Caught | undefined {
	const found = rules
		.filter(rule => rule.capability === 'command' && rule.effect === effect)
		.flatMap((rule): readonly Caught[] => {
			const pattern = parseCommandPattern(rule.match);
			if ('error' in pattern) {
				return [{rule, isRead: false}];
			}

			return commands.some(argv => catches(pattern, argv)) ? [{rule, isRead: true}] : [];
		});
	return found.find(({isRead}) => isRead) ?? found[0];
}

function named(rule: Rule): string {
	return `the rule ${rule.effect} Bash(${rule.match})${rule.from === 'project' ? ' of this project' : ''}`;
}

function restricted(commands: readonly Argv[], isOpaque: boolean, rules: readonly Rule[]): Decision | undefined {
	const inner = withInnerCommands(commands);
	const denied = caughtBy(inner, rules, 'deny');
	if (denied?.isRead === true) {
		return {kind: 'deny', why: `Not allowed by ${named(denied.rule)}`};
	}

	const asked = denied ?? caughtBy(inner, rules, 'ask');
	if (asked !== undefined) {
		return {
			kind: 'ask',
			why: asked.isRead ? `Asked because of ${named(asked.rule)}` : `${named(asked.rule)} cannot be read, so every command asks`,
		};
	}

	const hasDeny = rules.some(rule => rule.capability === 'command' && rule.effect === 'deny');
	return isOpaque && hasDeny ? {kind: 'ask', why: 'It cannot be checked against the rules that deny commands'} : undefined;
}

/** Allow rules of a repository do not count (reliability.md, R2). */
function isAllowedByRule(argv: Argv, context: CommandContext): boolean {
	return context.rules.some(rule => {
		if (rule.capability !== 'command' || rule.effect !== 'allow' || rule.from === 'project') {
			return false;
		}

		const pattern = parseCommandPattern(rule.match);
		if ('error' in pattern || !covers(pattern, argv)) {
			return false;
		}

		if (!pattern.isPrefix) {
			return true;
		}

		// "npm run *" was said with the workspace in mind, and "git *" without a thought of `git reset --hard`.
		const isGrave = riskOf(argv)?.isGrave === true && riskOf(pattern.words)?.isGrave !== true;
		return pathRisk(argv, context) === undefined && !isEvaluating(argv) && !isGrave;
	});
}

/** The shell starts in the root, so going there changes nothing: `cd <root> && npm test`. */
function staysHere(argv: Argv, root: string): boolean {
	return argv[0] === 'cd' && argv.length === 2 && (argv[1] === root || argv[1] === '.');
}

/** `timeout 60 npm test` runs exactly what it says. */
function withoutTimeout(argv: Argv): Argv {
	return argv[0] === 'timeout' && /^\d+[smh]?$/.test(argv[1] ?? '') && argv.length > 2 ? argv.slice(2) : argv;
}

function riskIn(argv: Argv, context: CommandContext): Risk | undefined {
	return pathRisk(argv, context) ?? riskOf(argv);
}

/** Whether these words are a whole command line; a chain is none of its parts. */
function isWhole(argv: Argv, command: string): boolean {
	const {kind, commands} = readShellCommand(command);
	const [only = [], ...others] = commands;
	return kind === 'plain' && others.length === 0 && only.length === argv.length && only.every((word, index) => word === argv[index]);
}

function isAllowed(whole: Argv, context: CommandContext): boolean {
	const argv = withoutTimeout(whole);
	const {testCommands, exactCommands = [], root, mode} = context;
	const isExact = exactCommands.some(command => isWhole(argv, command));
	const isTest = isExact || testCommands.some(command => isTestRun(argv, command, root)) || isCompileCheck(argv, testCommands, root);
	if (staysHere(argv, root) || isAllowedByRule(whole, context) || isTest) {
		return true;
	}

	return riskIn(argv, context) === undefined && (isReadOnly(argv) || mode === 'auto-task');
}

const prefixable: Readonly<Record<string, RegExp>> = {
	npm: /^(?:install|i|ci|add|ls|audit|outdated)$/,
	pnpm: /^(?:install|i|add|test|build|lint)$/,
	yarn: /^(?:install|add|test|build|lint)$/,
	bun: /^(?:install|add|test)$/,
	npx: /^(?:tsc|vitest|jest|mocha|eslint|prettier|biome|knip)$/,
	cargo: /^(?:build|check|test|clippy|fmt|add)$/,
	go: /^(?:build|test|vet|fmt|mod)$/,
	git: /^(?:add|commit|fetch|pull)$/,
	pip: /^install$/,
	dotnet: /^(?:build|test)$/,
};

/** What "always" would allow: two words and what follows where that stays small, else exactly this command, else nothing. */
function patternFor(argv: Argv, risk: Risk | undefined): string | undefined {
	const [program = '', subcommand = ''] = argv;
	if (risk?.isGrave === true || isEvaluating(argv)) {
		return undefined;
	}

	const hasPrefix = Object.hasOwn(prefixable, program) && prefixable[program]?.test(subcommand) === true;
	return hasPrefix ? `${program} ${subcommand} *` : exactPattern(argv);
}

function asked(open: readonly Argv[], context: CommandContext): Decision {
	const [first] = open;
	const risks = open.map(argv => riskIn(argv, context));
	const why = risks.find(risk => risk !== undefined)?.why ?? `No rule allows "${first?.slice(0, 3).join(' ') ?? ''}" yet`;
	// One pattern can only speak for one command; the others would ask again.
	const pattern = open.length === 1 && first !== undefined ? patternFor(first, risks[0]) : undefined;
	return {kind: 'ask', why, ...(pattern !== undefined && {pattern})};
}

/** Decides a command line. Only what is understood to the last character can go unasked. */
export function decideCommand(text: string, context: CommandContext): Decision {
	const command = readShellCommand(text);
	const refusal = restricted(command.commands, command.kind === 'opaque', context.rules);
	if (refusal !== undefined) {
		return refusal;
	}

	const inner = withInnerCommands(command.commands);
	if (inner.some(argv => startsKiroTui(argv, context.root))) {
		return {kind: 'ask', why: 'It starts kiro-tui, which could approve and tick by itself'};
	}

	if (/\.kiro[\\/]+specs/i.test(text) || inner.some(namesSpecs)) {
		return {kind: 'ask', why: 'It names .kiro/specs, which only the spec tools change; what a command changes there is never evidence'};
	}

	// An approved test command may use the shell; then it is allowed letter by letter.
	if ([...context.testCommands, ...(context.exactCommands ?? [])].includes(text)) {
		return {kind: 'allow'};
	}

	if (command.kind === 'opaque') {
		return {kind: 'ask', why: command.why};
	}

	if (isPackageTestRun(command.commands, context.testCommands, context.root)) {
		return {kind: 'allow'};
	}

	const open = command.commands.filter(argv => !isAllowed(argv, context));
	return open.length === 0 ? {kind: 'allow'} : asked(open, context);
}
