import type {Invocation} from './arguments.ts';
import {findLocalServers, type LocalServer} from './model/local-servers.ts';
import {killAll} from './process/run.ts';
import {screenOptions} from './screen-options.ts';
import type {SessionOptions} from './session/services.ts';
import type {Session} from './session/session.ts';
import type {TuiOptions} from './tui/run-tui.tsx';

export type OpenScreen = {
	readonly session: Session;
	readonly options: SessionOptions;
	readonly invocation: Extract<Invocation, {kind: 'open'}>;
	/** Ends the program in order when one of these signals comes. */
	readonly endOnSignals: (close: () => Promise<void>, signals: readonly ('SIGHUP' | 'SIGTERM')[]) => void;
};

type Ways = TuiOptions['home']['ways'];

function localWay(servers: readonly LocalServer[]): Ways[number] {
	const [first] = servers;
	return {
		title: 'A local model',
		detail:
			first === undefined
				? 'Start Ollama, LM Studio, llama.cpp or vLLM on this machine (for example: ollama pull qwen3-coder), then type /connect'
				: `${first.name} answers here with ${first.models.slice(0, 3).join(', ')}: type /connect to choose one`,
	};
}

function waysWith(servers: readonly LocalServer[]): Ways {
	return [
		{title: 'A key of your own', detail: 'Set ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN, or log in with an SDK profile, and start again'},
		{title: 'Another server', detail: 'Set ANTHROPIC_BASE_URL to one that speaks the Messages API'},
		localWay(servers),
		{title: 'The tour, without any model', detail: 'kiro-tui demo'},
	];
}

async function openWhatWasAsked({session, invocation}: OpenScreen) {
	if (invocation.isContinued) {
		await session.send({type: 'continue'});
	} else if (invocation.spec !== undefined) {
		await session.send({type: 'open-spec', name: invocation.spec});
	}

	if (invocation.stage !== undefined) {
		// It may begin a turn, which the person wants to see from its start.
		void session.send({type: 'enter-stage', stage: invocation.stage});
	}
}

/** The plain line face. Ctrl+C interrupts what runs, and leaves when nothing does. */
async function openLines({session, invocation, endOnSignals}: OpenScreen): Promise<number> {
	const {idea} = invocation;
	const [{runInline}, {commands}, {createInterface}] = await Promise.all([
		import('./inline/run-inline.ts'),
		import('./session/commands/run-command.ts'),
		import('node:readline'),
	]);
	const lines = createInterface({input: process.stdin, terminal: false});
	endOnSignals(session.close, ['SIGHUP', 'SIGTERM']);
	try {
		return await runInline({
			session,
			commands,
			lines,
			write: text => process.stdout.write(text),
			...(idea !== undefined && {initialIdea: idea}),
			onInterrupt(interrupt) {
				process.on('SIGINT', () => {
					if (interrupt() === 'idle') {
						lines.close();
					}
				});
			},
		});
	} finally {
		// An open input keeps the process alive.
		lines.close();
	}
}

/** Shows a session in the terminal until the person leaves; resolves with the exit code. */
export async function openScreen(screen: OpenScreen): Promise<number> {
	const {session, options, invocation} = screen;
	await openWhatWasAsked(screen);
	const {version} = options;
	try {
		if (invocation.isInline || options.env.TERM === 'dumb') {
			return await openLines(screen);
		}

		const {runTui} = await import('./tui/run-tui.tsx');
		// Only without a credential, and only now, is this machine asked for a model server.
		const laterHome =
			options.model === undefined
				? findLocalServers(AbortSignal.timeout(2000)).then(servers => ({version, ways: waysWith(servers)}))
				: undefined;
		return await runTui({
			...(await screenOptions(session, options)),
			stdin: process.stdin,
			stdout: process.stdout,
			home: {version, ways: waysWith([])},
			...(laterHome !== undefined && {laterHome}),
			...(invocation.idea !== undefined && {initialIdea: invocation.idea}),
			farewell: () =>
				session.isSaved()
					? 'Everything is kept. Go on with: kiro-tui -c'
					: 'The newest part of the conversation could not be saved; your files are as you see them. Go on with: kiro-tui -c',
		});
	} finally {
		await session.close();
		killAll();
	}
}
