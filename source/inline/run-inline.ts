import type {Answer} from '../protocol/ask.ts';
import type {Intent} from '../protocol/intent.ts';
import {nextStep} from '../protocol/next-step.ts';
import {printable} from '../protocol/printable.ts';
import type {Store} from '../protocol/store.ts';
import {answerLine, askLines} from './answer-line.ts';
import {tellEvent} from './tell-event.ts';

export type InlineOptions = {
	readonly session: {readonly store: Store; readonly send: (intent: Intent) => Promise<unknown>};
	readonly commands: readonly {readonly name: string; readonly usage: string; readonly summary: string}[];
	/** What a person types, line by line; it ends when the input does. */
	readonly lines: AsyncIterable<string>;
	/** Writes a text; it is printable already and ends with a line end where one belongs. */
	readonly write: (text: string) => void;
	readonly initialIdea?: string;
	/** Aborted by Ctrl+C: interrupts what runs, and leaves when nothing does. */
	readonly onInterrupt?: (interrupt: () => 'interrupted' | 'idle') => void;
};

function helpLines(commands: InlineOptions['commands']): readonly string[] {
	const own = [
		{name: 'help', usage: '', summary: 'these lines'},
		{name: 'interrupt', usage: '', summary: 'stop what runs'},
		{name: 'quit', usage: '', summary: 'leave; everything is kept'},
	];
	return [...commands, ...own].map(command => `  /${command.name}${command.usage === '' ? '' : ` ${command.usage}`}  ${command.summary}`);
}

function specLines(store: Store): readonly string[] {
	const {specs, since} = store.state();
	return [
		...specs.map(spec => `  ${spec.name}: ${spec.stage}, ${spec.tasks.done} of ${spec.tasks.total} tasks`),
		...(since === undefined || since.lines.length === 0 ? [] : ['Since you left:', ...since.lines.map(line => `  ${line}`)]),
		...(specs.length === 0 ? [] : ['Open one with: /spec <name>']),
	];
}

/** Takes one typed line after the other and turns it into what the session should do. */
function createListener({session, commands}: InlineOptions, say: (lines: readonly string[]) => void, sent: (intent: Intent) => void) {
	const {store} = session;
	let reasonFor: {readonly ask: string; readonly key: string} | undefined;

	const answer = (ask: string, given: Answer): void => {
		reasonFor = undefined;
		sent({type: 'answer', ask, answer: given});
	};

	const answerAsk = (line: string): void => {
		const [ask] = store.state().asks;
		if (ask === undefined) {
			return;
		}

		if (reasonFor?.ask === ask.id) {
			answer(ask.id, {key: reasonFor.key, text: line.trim()});
			return;
		}

		const read = answerLine(ask, line);
		if (read.kind === 'answer') {
			answer(ask.id, read.answer);
			return;
		}

		if (read.kind === 'text') {
			reasonFor = {ask: ask.id, key: read.key};
		}

		say(read.kind === 'text' ? ['In a few words:'] : askLines(ask));
	};

	return (line: string): 'go-on' | 'leave' => {
		const text = line.trim();
		if (text === '/quit' || text === '/exit') {
			return 'leave';
		}

		if (text === '/interrupt') {
			sent({type: 'interrupt'});
		} else if (text === '/help') {
			say(helpLines(commands));
		} else if (store.state().asks.length > 0 && !text.startsWith('/')) {
			answerAsk(line);
		} else if (text !== '') {
			sent({type: 'send', text: line});
		}

		return 'go-on';
	};
}

/** What comes next, once nothing is at work. */
function promptLines(store: Store): readonly string[] {
	const step = nextStep(store.state());
	const commands: Readonly<Record<string, string>> = {a: '/approve', s: '/start', S: '/run', v: '/vibe', d: '/diff'};
	const ways = step.keys.flatMap(({key}) => commands[key] ?? []);
	return ['', `${step.text}${ways.length === 0 ? '' : `: ${ways.join(', ')}`}`];
}

/**
 * The plain face: each finished thing is written once, choices are numbered, and a line is a message, a command or an answer. For screen
 * readers, dumb terminals and `--inline`. Resolves with the exit code when the input ends or the person leaves.
 */
export async function runInline(options: InlineOptions): Promise<number> {
	const {session, write} = options;
	const {store} = session;
	const isRecorded = () => store.state().model?.isRecorded === true;
	const say = (lines: readonly string[]): void => {
		const label = isRecorded() ? '[recorded] ' : '';
		write(lines.map(line => `${line === '' ? '' : label}${printable(line)}\n`).join(''));
	};

	const running = new Set<Promise<unknown>>();
	const failed = Promise.withResolvers<never>();
	failed.promise.catch(() => undefined);
	const sent = (intent: Intent): void => {
		const work = session.send(intent).catch((error: unknown) => failed.reject(error));
		running.add(work);
		void work.then(() => {
			running.delete(work);
			if (running.size === 0 && store.state().asks.length === 0) {
				say(promptLines(store));
			}
		});
	};

	// The idea of the command line waits until the folder may be used; a folder that stays read-only gets none.
	let idea = options.initialIdea;
	const sendIdea = (): void => {
		if (idea !== undefined) {
			sent({type: 'send', text: idea});
			idea = undefined;
		}
	};

	const stop = store.subscribe(event => {
		const lines = event.type === 'asked' ? askLines(event.ask) : tellEvent(event);
		if (lines.length > 0) {
			say(lines);
		}

		if (event.type === 'workspace.trusted' && event.trust === 'trusted') {
			sendIdea();
		}
	});
	options.onInterrupt?.(() => {
		const isIdle = running.size === 0;
		for (const ask of store.state().asks) {
			// A question holds its work open; leaving it is never a yes.
			void session.send({type: 'answer', ask: ask.id, answer: {key: 'escape'}});
		}

		if (!isIdle) {
			void session.send({type: 'interrupt'});
		}

		return isIdle ? 'idle' : 'interrupted';
	});
	const listen = createListener(options, say, sent);
	say([`kiro-tui in ${store.state().workspace.name}`, ...specLines(store), 'Type an idea, a question, or /help.']);
	if (store.state().workspace.trust === 'asked') {
		sent({type: 'command', text: '/trust'});
	} else {
		sendIdea();
	}

	try {
		await Promise.race([readAll(options.lines, listen), failed.promise]);
	} finally {
		// Nobody is left to answer: what waits is left, which is never a yes.
		for (const ask of store.state().asks) {
			await session.send({type: 'answer', ask: ask.id, answer: {key: 'escape'}});
		}

		await Promise.allSettled(running);
		stop();
	}

	return 0;
}

async function readAll(lines: AsyncIterable<string>, listen: (line: string) => 'go-on' | 'leave'): Promise<void> {
	for await (const line of lines) {
		if (listen(line) === 'leave') {
			return;
		}
	}
}
