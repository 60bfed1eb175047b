import {randomUUID} from 'node:crypto';
import {appendFileSync, readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {type CommonFlags, type Invocation, parseArguments} from './arguments.ts';
import type {HeadlessIo} from './headless/headless-io.ts';
import type {ReadOnly} from './headless/run-read-only.ts';
import {exitCodes} from './protocol/exit-codes.ts';
import {printable} from './protocol/printable.ts';
import {UserError} from './protocol/user-error.ts';
import type {SessionOptions} from './session/services.ts';
import type {Session} from './session/session.ts';
import {findRoot} from './workspace/find-root.ts';
import {directoriesFor} from './workspace/state-directory.ts';
import {writeCrash} from './write-crash.ts';

// Below this file environment, arguments, clock and randomness are parameters.
const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const {version}: {readonly version: string} = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
const {env} = process;
const home = env.HOME ?? homedir();
const now = () => Date.now();
const newId = () => randomUUID();
const clock = {
	now,
	random: () => Math.random(),
	sleep: async (ms: number, signal: AbortSignal) => {
		try {
			await sleep(ms, undefined, {signal});
		} catch {
			const {stoppedError} = await import('./model/model.ts');
			throw stoppedError();
		}
	},
};

const signalCodes = {SIGHUP: 129, SIGINT: 130, SIGTERM: 143} as const;

function debugLog(flags: CommonFlags): ((line: string) => void) | undefined {
	const file = flags.debug;
	if (file === undefined) {
		return undefined;
	}

	const write = (text: string) => appendFileSync(file, text, {mode: 0o600});
	try {
		write('');
	} catch (error) {
		throw new UserError(`The log ${file} cannot be written`, {
			cause: error,
			nextStep: 'Name a file in a folder that exists: --debug <file>',
			exitCode: exitCodes.usage,
		});
	}

	return line => write(`${line}\n`);
}

/** Where we were started. Node cannot tell it when the folder was removed meanwhile. */
function currentFolder(): string {
	try {
		return process.cwd();
	} catch (error) {
		throw new UserError('The folder you are in is gone', {cause: error, nextStep: 'Change to a folder that exists, then start again'});
	}
}

async function rulesOf(flags: CommonFlags): Promise<SessionOptions['rules']> {
	if (flags.allow.length === 0 && flags.deny.length === 0) {
		return [];
	}

	const {parseRule} = await import('./permission/rules.ts');
	const texts = [...flags.deny.map(text => ['deny', text] as const), ...flags.allow.map(text => ['allow', text] as const)];
	return texts.map(([effect, text]) => {
		const rule = parseRule(effect, text, 'flag');
		if ('error' in rule) {
			throw new UserError(`--${effect} "${text}" is not a rule: ${rule.error}`, {
				nextStep: `For example: --${effect} "npm run lint"`,
				exitCode: exitCodes.usage,
			});
		}

		return rule;
	});
}

type Answering = Pick<SessionOptions, 'answerFor' | 'isUnattended'>;

async function sessionOptions(flags: CommonFlags, answering: Answering = {}): Promise<SessionOptions> {
	const log = debugLog(flags);
	const {environmentFor, openModel} = await import('./model/open-model.ts');
	const opened = await openModel({env, home, clock, ...(log !== undefined && {log})});
	const timeout = Number(env.KIRO_TUI_COMMAND_TIMEOUT_MS);
	return {
		...(await findRoot(currentFolder(), home)),
		home,
		packageRoot,
		directories: directoriesFor({env, home}),
		env,
		...(opened !== undefined && {model: opened.model}),
		isRecorded: false,
		connect: async baseUrl => (await openModel({env: environmentFor(env, baseUrl), home, clock}))?.model,
		...(flags.model !== undefined && {modelId: flags.model}),
		version,
		...(flags.mode !== undefined && {mode: flags.mode}),
		...(flags.maxBudgetUsd !== undefined && {budgetUsd: flags.maxBudgetUsd}),
		trust: flags.trust ? 'granted' : 'ask',
		rules: await rulesOf(flags),
		commandTimeoutMs: timeout > 0 ? timeout : 120_000,
		provesTasks: true,
		...answering,
		now,
		newId,
	};
}

async function withDebugLog(session: Session, flags: CommonFlags) {
	if (flags.debug !== undefined) {
		const {secretsIn, writeDebugLog} = await import('./session/write-debug-log.ts');
		writeDebugLog(session.store, flags.debug, secretsIn(env));
	}
}

/** Ends what runs when a signal comes, leaves the journal whole, and exits with the signal's code. */
function endOnSignals(close: () => Promise<void>, signals: readonly (keyof typeof signalCodes)[] = ['SIGHUP', 'SIGINT', 'SIGTERM']) {
	for (const signal of signals) {
		process.once(signal, () => {
			void (async () => {
				const {killAll} = await import('./process/run.ts');
				killAll();
				await Promise.race([close(), sleep(1500)]);
				process.stderr.write(`\nkiro-tui: stopped by ${signal}; go on with: kiro-tui -c\n`);
				process.exit(signalCodes[signal]);
			})();
		});
	}
}

async function readStandardInput(): Promise<string> {
	if (process.stdin.isTTY) {
		return '';
	}

	let text = '';
	for await (const chunk of process.stdin.setEncoding('utf8')) {
		text += chunk;
	}

	return text;
}

async function runWithoutScreen(
	invocation: Extract<Invocation, {kind: 'message' | 'new' | 'run' | 'approve' | 'verify'}>,
	io: HeadlessIo,
): Promise<number> {
	const [{runHeadless}, {answerForNobody}] = await Promise.all([import('./headless/run-headless.ts'), import('./headless/answer-for.ts')]);
	const {openSession} = await import('./session/session.ts');
	const options = await sessionOptions(invocation.flags, {answerFor: answerForNobody, isUnattended: true});
	const session = await openSession(options);
	endOnSignals(session.close);
	try {
		await withDebugLog(session, invocation.flags);
		const input = invocation.kind === 'message' ? await readStandardInput() : '';
		const whole =
			invocation.kind === 'message' && input.trim() !== '' ? {...invocation, text: `${invocation.text}\n\n${input}`} : invocation;
		return await runHeadless(session, {invocation: whole, options}, io);
	} finally {
		await session.close();
	}
}

async function readOnly(invocation: ReadOnly, io: HeadlessIo): Promise<number> {
	const {runReadOnly} = await import('./headless/run-read-only.ts');
	const place = {...(await findRoot(currentFolder(), home)), directories: directoriesFor({env, home})};
	return runReadOnly(invocation, {...place, env, home, packageRoot, version, nodeVersion: process.versions.node}, io);
}

async function demo(invocation: Extract<Invocation, {kind: 'demo'}>, io: HeadlessIo): Promise<number> {
	const options = {packageRoot, env, nodePath: process.execPath, version, now, newId};
	if (process.stdin.isTTY && process.stdout.isTTY && !invocation.isPlain) {
		const {openTour} = await import('./open-tour.ts');
		return openTour(options);
	}

	const {runTourPlain} = await import('./tour/run-tour.ts');
	const stop = new AbortController();
	const playing = runTourPlain({...options, write: io.write, signal: stop.signal});
	endOnSignals(async () => {
		stop.abort();
		await playing;
	});
	return playing;
}

async function open(invocation: Extract<Invocation, {kind: 'open'}>): Promise<number> {
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new UserError('kiro-tui needs a terminal to open', {
			nextStep: 'Without one: kiro-tui -p "<message>", kiro-tui run --spec <name>, kiro-tui status, or kiro-tui demo',
			exitCode: exitCodes.usage,
		});
	}

	const {openScreen} = await import('./open-screen.ts');
	const options = await sessionOptions(invocation.flags);
	const {openSession} = await import('./session/session.ts');
	const session = await openSession(options);
	await withDebugLog(session, invocation.flags);
	return openScreen({session, options, invocation, endOnSignals});
}

async function dispatch(invocation: Invocation, io: HeadlessIo): Promise<number> {
	switch (invocation.kind) {
		case 'message':
		case 'new':
		case 'run':
		case 'verify':
		case 'approve': {
			return runWithoutScreen(invocation, io);
		}

		case 'status':
		case 'check':
		case 'matrix':
		case 'report':
		case 'pr':
		case 'doctor': {
			return readOnly(invocation, io);
		}

		case 'demo': {
			return demo(invocation, io);
		}

		case 'open': {
			return open(invocation);
		}

		default: {
			return invocation satisfies never;
		}
	}
}

async function main(): Promise<number> {
	const parsed = parseArguments(process.argv.slice(2), version);
	if (parsed.kind === 'printed') {
		process.stdout.write(parsed.text);
		return exitCodes.done;
	}

	if (parsed.kind === 'refused') {
		process.stderr.write(`kiro-tui: ${printable(parsed.message)}\n`);
		return exitCodes.usage;
	}

	const io: HeadlessIo = {
		write: text => process.stdout.write(text),
		writeError: text => process.stderr.write(text),
		columns: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
		format: parsed.invocation.flags.output,
	};
	try {
		return await dispatch(parsed.invocation, io);
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		process.stderr.write(`kiro-tui: ${printable(error.message)}\n${printable(error.nextStep)}\n`);
		return error.exitCode;
	}
}

const reportCrash = (error: unknown): never => {
	writeCrash(error, {folder: directoriesFor({env, home}).state, env, version, nodeVersion: process.versions.node, at: now()});
	process.exit(exitCodes.error);
};

process.on('uncaughtException', reportCrash);
process.on('unhandledRejection', reportCrash);
process.exitCode = await main().catch(reportCrash);
