import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Answer, Ask} from '../../source/protocol/ask.ts';
import type {Event} from '../../source/protocol/event.ts';
import type {Intent} from '../../source/protocol/intent.ts';
import type {Rule} from '../../source/protocol/permission.ts';
import {approvalText} from '../../source/protocol/select.ts';
import {type FakeAnthropic, type Scripted, startFakeAnthropic} from '../support/fake-anthropic.ts';
import {type CliRun, cliEnvironment, launcher, runCli} from '../support/run-cli.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';
import {nodeProject, openTestSession, smallSpec, type TestSession} from '../support/test-session.ts';

export const specFolder = '.kiro/specs/products';

/** The project of the tests with the whole small spec in it, written by hand and approved by nobody. */
export const projectWithSpec: Readonly<Record<string, string>> = {
	...nodeProject,
	[`${specFolder}/requirements.md`]: smallSpec.requirements,
	[`${specFolder}/design.md`]: smallSpec.design,
	[`${specFolder}/tasks.md`]: smallSpec.tasks,
};

/** Sends intents one after the other; the first that fails is thrown. */
export async function send(opened: TestSession, ...intents: readonly Intent[]): Promise<void> {
	for (const intent of intents) {
		const outcome = await opened.session.send(intent);
		if (!outcome.ok) {
			throw outcome.error;
		}
	}
}

/** The sentence an intent is refused with; undefined when it is not. */
export async function refusalOf(opened: TestSession, intent: Intent): Promise<string | undefined> {
	const outcome = await opened.session.send(intent);
	return outcome.ok ? undefined : outcome.error.message;
}

export const allow = (match: string): Rule => ({effect: 'allow', capability: 'command', match, from: 'user'});

type BuildOptions = NonNullable<Parameters<typeof openTestSession>[0]>;

/** A session on a project whose spec `products` is approved to its last document, so that its task can start. */
export async function openToBuild({files = {}, ...options}: BuildOptions = {}): Promise<TestSession> {
	const opened = await openTestSession({files: {...projectWithSpec, ...files}, ...options});
	await send(opened, {type: 'open-spec', name: 'products'});
	const {spec} = opened.session.store.state();
	await send(opened, {type: 'approve', stage: 'tasks', digest: spec === undefined ? '' : approvalText(spec, 'tasks')});
	return opened;
}

/** Resolves with the next event that fits, or one that has happened already. */
export function happened<Type extends Event['type']>(
	opened: TestSession,
	type: Type,
	fits: (event: Extract<Event, {type: Type}>) => boolean = () => true,
): Promise<Extract<Event, {type: Type}>> {
	const isIt = (event: Event): event is Extract<Event, {type: Type}> => event.type === type && fits(event as Extract<Event, {type: Type}>);
	return new Promise(resolve => {
		const before = opened.events.find(isIt);
		if (before !== undefined) {
			resolve(before);
			return;
		}

		const stop = opened.session.store.subscribe(event => {
			if (isIt(event)) {
				stop();
				resolve(event);
			}
		});
	});
}

export function eventsOf<Type extends Event['type']>(opened: TestSession, type: Type): readonly Extract<Event, {type: Type}>[] {
	return opened.events.filter((event): event is Extract<Event, {type: Type}> => event.type === type);
}

/** Answers every choice the way a person would at the keyboard; gives what was asked. */
export function answerWith(opened: TestSession, answer: (ask: Ask) => Answer): readonly Ask[] {
	const asked: Ask[] = [];
	opened.session.store.subscribe(event => {
		if (event.type === 'asked') {
			asked.push(event.ask);
			queueMicrotask(() => void opened.session.send({type: 'answer', ask: event.ask.id, answer: answer(event.ask)}));
		}
	});
	return asked;
}

/** Waits until something on disk or among the processes is so. */
export async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) {
		await sleep(10);
	}
}

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		// A process that ended and was not waited for yet counts as ended.
		return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
	} catch {
		return false;
	}
}

/** The tool results of a request, the newest last. */
export function resultsIn(body: {readonly messages: readonly {readonly content: unknown}[]}): readonly {
	readonly id: string;
	readonly isError: boolean;
	readonly text: string;
}[] {
	return body.messages.flatMap(({content}) =>
		Array.isArray(content)
			? content.flatMap(block =>
					block.type === 'tool_result' ? [{id: block.tool_use_id, isError: block.is_error === true, text: String(block.content)}] : [],
				)
			: [],
	);
}

/** The last message of the newest request, as JSON. */
export function newestMessage(fake: FakeAnthropic): string {
	return JSON.stringify(fake.requests.at(-1)?.body.messages.at(-1));
}

/** Every file below a folder with its bytes as Latin-1 text; none when the folder is absent. */
export async function filesBelow(folder: string): Promise<Readonly<Record<string, string>>> {
	if (!existsSync(folder)) {
		return {};
	}

	const entries = await readdir(folder, {recursive: true, withFileTypes: true});
	const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
	return Object.fromEntries(await Promise.all(files.map(async file => [file, await readFile(file, 'latin1')] as const)));
}

export type CliStage = AsyncDisposable & {
	readonly folder: TempFolder;
	readonly fake: FakeAnthropic;
	/** The project's root. */
	readonly root: string;
	readonly at: (path: string) => string;
	readonly cli: (...args: readonly string[]) => Promise<CliRun>;
	/** Starts the program and does not wait for it. */
	readonly start: (...args: readonly string[]) => Running;
};

type Running = {readonly child: ChildProcess; readonly ended: Promise<CliRun>};

type CliStageOptions = {
	readonly script?: readonly Scripted[];
	readonly files?: Readonly<Record<string, string>>;
	readonly env?: Readonly<Record<string, string>> | ((root: string, fake: FakeAnthropic) => Readonly<Record<string, string>>);
};

/** A project on disk, the fake service, and the real binary to run in it. */
export async function openCli({script = [], files = nodeProject, env = {}}: CliStageOptions = {}): Promise<CliStage> {
	const folder = await tempFolder();
	const fake = await startFakeAnthropic(script);
	const root = folder.at('project');
	for (const [path, content] of Object.entries(files)) {
		await folder.write(`project/${path}`, content);
	}

	const options = {
		cwd: root,
		home: folder.path,
		env: {
			ANTHROPIC_BASE_URL: fake.url,
			ANTHROPIC_API_KEY: fake.key,
			KIRO_TUI_PROFILE: 'anthropic',
			...(typeof env === 'function' ? env(root, fake) : env),
		},
	};
	const running: ChildProcess[] = [];
	return {
		folder,
		fake,
		root,
		at: path => join(root, path),
		cli: (...args) => runCli(args, options),
		start(...args) {
			const child = spawn(process.execPath, [launcher, ...args], {
				cwd: root,
				env: cliEnvironment(options),
				stdio: ['ignore', 'pipe', 'pipe'],
			});
			running.push(child);
			let stdout = '';
			let stderr = '';
			child.stdout.on('data', (chunk: Buffer) => {
				stdout += chunk.toString();
			});
			child.stderr.on('data', (chunk: Buffer) => {
				stderr += chunk.toString();
			});
			const ended = new Promise<CliRun>(resolve => {
				child.on('close', code => resolve({code, stdout, stderr}));
			});
			return {child, ended};
		},
		async [Symbol.asyncDispose]() {
			for (const child of running.filter(one => one.exitCode === null)) {
				child.kill('SIGKILL');
			}

			await fake.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}
