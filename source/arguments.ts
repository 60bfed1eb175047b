import {Command, CommanderError, InvalidArgumentError, Option} from 'commander';
import type {Route, StageId} from './protocol/event.ts';
import {stageIds} from './protocol/event.ts';
import {type Mode, modes} from './protocol/permission.ts';
import {nearest} from './spec/nearest.ts';

type OutputFormat = 'text' | 'json' | 'stream-json';

/** The flags that every way of starting understands. */
export type CommonFlags = {
	readonly model?: string;
	readonly mode?: Mode;
	readonly maxBudgetUsd?: number;
	readonly trust: boolean;
	readonly debug?: string;
	readonly output: OutputFormat;
	readonly allow: readonly string[];
	readonly deny: readonly string[];
};

type SpecFlags = {readonly spec?: string; readonly stage?: StageId};

/** Which tasks `run` is about. */
type WhichTasks = 'next' | 'all' | 'failed' | {readonly task: string} | {readonly from?: string; readonly until?: string};
type MatrixFlags = {readonly spec?: string; readonly format: 'text' | 'json' | 'markdown'; readonly isUnprovenOnly: boolean};

/** What the command line asks for. */
export type Invocation = {readonly flags: CommonFlags} & (
	| ({readonly kind: 'open'; readonly idea?: string; readonly isContinued: boolean; readonly isInline: boolean} & SpecFlags)
	| ({readonly kind: 'message'; readonly text: string} & SpecFlags)
	| {readonly kind: 'new'; readonly name: string; readonly idea: string; readonly route?: Route}
	| {readonly kind: 'run'; readonly spec: string; readonly which: WhichTasks}
	| {readonly kind: 'approve'; readonly spec: string; readonly stage: string; readonly rev?: string}
	| {readonly kind: 'status'; readonly json: boolean}
	| {readonly kind: 'check'; readonly spec?: string; readonly json: boolean}
	| {readonly kind: 'doctor'; readonly json: boolean}
	| ({readonly kind: 'matrix'} & MatrixFlags)
	| ({readonly kind: 'verify'} & MatrixFlags)
	| {readonly kind: 'report'; readonly spec?: string; readonly json: boolean}
	| {readonly kind: 'pr'; readonly spec?: string}
	| {readonly kind: 'demo'; readonly isPlain: boolean}
);

export type ParsedArguments =
	| {readonly kind: 'run'; readonly invocation: Invocation}
	/** Help or version: printed, exit 0. */
	| {readonly kind: 'printed'; readonly text: string}
	/** A usage error: one line, exit 2. */
	| {readonly kind: 'refused'; readonly message: string};

type Raw = Readonly<Record<string, unknown>>;

function dollars(value: string): number {
	const amount = Number(value);
	if (!Number.isFinite(amount) || amount <= 0) {
		throw new InvalidArgumentError('It is a sum in US dollars, for example 2.50.');
	}

	return amount;
}

const collect = (value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value];

/** A command's own flags over those given before its name. No option has a default, so that neither hides the other. */
function flagsOf(command: Command): Raw {
	return {...command.parent?.opts(), ...command.opts()};
}

function withCommonFlags(command: Command): Command {
	return command
		.option('--model <id>', 'the model to use')
		.addOption(new Option('--mode <mode>', 'how much goes unasked').choices(modes))
		.option('--max-budget-usd <dollars>', 'pause before this sum is passed', dollars)
		.option('--trust', 'trust this folder for this process')
		.option('--debug <file>', 'write a log to this file, without secrets')
		.addOption(new Option('-o, --output <format>', 'how a run without a screen reports').choices(['text', 'json', 'stream-json']))
		.option('--allow <rule>', 'allow a command without asking, for example "npm run lint"', collect)
		.option('--deny <rule>', 'never allow a command', collect);
}

function commonFlags(raw: Raw): CommonFlags {
	const {model, mode, maxBudgetUsd, trust, debug, output, allow, deny} = raw as Partial<CommonFlags>;
	return {
		...(model !== undefined && {model}),
		...(mode !== undefined && {mode}),
		...(maxBudgetUsd !== undefined && {maxBudgetUsd}),
		trust: trust === true,
		...(debug !== undefined && {debug}),
		output: output ?? 'text',
		allow: allow ?? [],
		deny: deny ?? [],
	};
}

function specFlags(raw: Raw): SpecFlags {
	const {spec, stage} = raw as SpecFlags;
	return {...(spec !== undefined && {spec}), ...(stage !== undefined && {stage})};
}

type Take = (invocation: Invocation) => void;

function openOrMessage(idea: string | undefined, raw: Raw): Invocation {
	const flags = commonFlags(raw);
	if (typeof raw.print === 'string') {
		return {kind: 'message', text: raw.print, ...specFlags(raw), flags};
	}

	return {
		kind: 'open',
		...(idea !== undefined && {idea}),
		isContinued: raw.continue === true,
		isInline: raw.inline === true,
		...specFlags(raw),
		flags,
	};
}

function whichTasks(raw: Raw): WhichTasks {
	const {task, from, until, all, failed} = raw as {task?: string; from?: string; until?: string; all?: boolean; failed?: boolean};
	if (task !== undefined) {
		return {task};
	}

	if (from !== undefined || until !== undefined) {
		return {...(from !== undefined && {from}), ...(until !== undefined && {until})};
	}

	return failed === true ? 'failed' : all === true ? 'all' : 'next';
}

function addWritingCommands(program: Command, take: Take) {
	withCommonFlags(program.command('new <name> <idea>').description('begin a spec and run its first turn'))
		.addOption(new Option('--route <route>', 'how much ceremony').choices(['patch', 'quick', 'bugfix', 'feature']))
		.action((name: string, idea: string, _: Raw, command: Command) => {
			const raw = flagsOf(command);
			const route = raw.route as Route | undefined;
			take({kind: 'new', name, idea, ...(route !== undefined && {route}), flags: commonFlags(raw)});
		});
	withCommonFlags(program.command('run').description('run tasks of a spec, with the tests after each'))
		.requiredOption('--spec <name>', 'the spec')
		.option('--task <number>', 'this task only')
		.option('--from <number>', 'from this task on')
		.option('--until <number>', 'up to this task, then no further')
		.option('--failed', 'the open tasks whose newest attempt failed')
		.option('--all', 'all open required tasks')
		.action((_: Raw, command: Command) => {
			const raw = flagsOf(command);
			take({kind: 'run', spec: String(raw.spec), which: whichTasks(raw), flags: commonFlags(raw)});
		});
	withCommonFlags(program.command('approve <spec> <stage>').description('approve a document by the hash of its text'))
		.option('--rev <hash>', '8 or more hex digits of the hash; without it the hash is printed')
		.action((spec: string, stage: string, _: Raw, command: Command) => {
			const raw = flagsOf(command);
			const rev = raw.rev as string | undefined;
			take({kind: 'approve', spec, stage, ...(rev !== undefined && {rev}), flags: commonFlags(raw)});
		});
}

function addReadingCommands(program: Command, take: Take) {
	withCommonFlags(program.command('status').description('every spec: stage, tasks, approvals, problems; runs nothing'))
		.option('--json', 'as JSON')
		.action((_: Raw, command: Command) => {
			const raw = flagsOf(command);
			take({kind: 'status', json: raw.json === true, flags: commonFlags(raw)});
		});
	withCommonFlags(program.command('check').description('check specs: ids, references, approvals; runs nothing'))
		.option('--spec <name>', 'this spec only')
		.option('--json', 'as JSON')
		.action((_: Raw, command: Command) => {
			const raw = flagsOf(command);
			const spec = raw.spec as string | undefined;
			take({kind: 'check', json: raw.json === true, ...(spec !== undefined && {spec}), flags: commonFlags(raw)});
		});
	withCommonFlags(program.command('doctor').description('what this machine has for kiro-tui; runs nothing of the folder'))
		.option('--json', 'as JSON')
		.action((_: Raw, command: Command) => {
			const raw = flagsOf(command);
			take({kind: 'doctor', json: raw.json === true, flags: commonFlags(raw)});
		});
	withCommonFlags(program.command('demo').description('the tour: a recorded model takes a sample project from idea to green tests'))
		.option('--plain', 'plain lines, also in a terminal')
		.action((_: Raw, command: Command) => {
			const raw = flagsOf(command);
			take({kind: 'demo', isPlain: raw.plain === true, flags: commonFlags(raw)});
		});
}

function matrixFlags(raw: Raw): MatrixFlags {
	const format = raw.json === true ? 'json' : raw.markdown === true ? 'markdown' : 'text';
	return {...named(raw), format, isUnprovenOnly: raw.unproven === true};
}

function named({spec}: Raw): {readonly spec?: string} {
	return typeof spec === 'string' ? {spec} : {};
}

function addEvidenceCommands(program: Command, take: Take) {
	const descriptions = {
		matrix: 'each criterion with its tests, evidence, age, tasks and cost; runs nothing',
		verify: 'run the tests, then the same table; 5 when a ticked task is not shown to be done',
	};
	for (const kind of ['matrix', 'verify'] as const) {
		withCommonFlags(program.command(kind).description(descriptions[kind]))
			.option('--spec <name>', 'this spec only')
			.addOption(new Option('--json', 'as JSON').conflicts('markdown'))
			.option('--markdown', 'as Markdown, for a pull request')
			.option('--unproven', 'only what is not proven or passing')
			.action((_: Raw, command: Command) => {
				const raw = flagsOf(command);
				take({kind, ...matrixFlags(raw), flags: commonFlags(raw)});
			});
	}

	withCommonFlags(program.command('report').description('from the idea to green: times, cost, repairs, what was caught; runs nothing'))
		.option('--spec <name>', 'this spec only')
		.option('--json', 'as JSON')
		.action((_: Raw, command: Command) => {
			const raw = flagsOf(command);
			take({kind: 'report', ...named(raw), json: raw.json === true, flags: commonFlags(raw)});
		});
	withCommonFlags(program.command('pr').description('print the text of a pull request in Markdown; runs nothing'))
		.option('--spec <name>', 'the spec; may be left out where there is one')
		.action((_: Raw, command: Command) => {
			const raw = flagsOf(command);
			take({kind: 'pr', ...named(raw), flags: commonFlags(raw)});
		});
}

function createProgram(version: string, take: Take): Command {
	const program = withCommonFlags(new Command('kiro-tui'))
		.description('Spec-driven development in the terminal')
		.enablePositionalOptions()
		.argument('[idea]', 'an idea or a question to begin with')
		.option('-p, --print <message>', 'send one message without a screen; standard input is appended')
		.option('--spec <name>', 'open this spec')
		.addOption(new Option('--stage <stage>', 'go to this stage').choices(stageIds))
		.option('-c, --continue', 'go on where the newest session stopped')
		.option('--inline', 'a plain line face, for screen readers and simple terminals')
		.version(version, '--version')
		.action((idea: string | undefined, _: Raw, command: Command) => take(openOrMessage(idea, flagsOf(command))));
	addWritingCommands(program, take);
	addReadingCommands(program, take);
	addEvidenceCommands(program, take);
	return program;
}

/** Reads the command line (without node and script). Never prints and never exits. */
export function parseArguments(argv: readonly string[], version: string): ParsedArguments {
	let invocation: Invocation | undefined;
	let printed = '';
	const program = createProgram(version, taken => {
		invocation = taken;
	});
	const configure = (command: Command) => {
		command.exitOverride().configureOutput({
			writeOut(text) {
				printed += text;
			},
			writeErr() {},
		});
		for (const child of command.commands) {
			configure(child);
		}
	};
	configure(program);
	try {
		program.parse([...argv], {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) {
			throw error;
		}

		return error.exitCode === 0
			? {kind: 'printed', text: printed}
			: {kind: 'refused', message: error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ')};
	}

	if (invocation === undefined) {
		return {kind: 'printed', text: printed};
	}

	const word = invocation.kind === 'open' ? invocation.idea : undefined;
	if (word !== undefined && /^[\w-]+$/.test(word)) {
		const near = nearest(
			word,
			program.commands.map(command => command.name()),
		);
		const hint = near.length === 0 ? 'an idea has more than one word; kiro-tui --help lists the commands' : `nearest: ${near.join(', ')}`;
		return {kind: 'refused', message: `there is no command ${word}: ${hint}`};
	}

	return {kind: 'run', invocation};
}
