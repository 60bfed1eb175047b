import {readFile} from 'node:fs/promises';
import {createRecordedModel, type RecordedAnswer} from '../model/providers/recorded.ts';
import {runCommand} from '../process/run.ts';
import {printable} from '../protocol/printable.ts';
import {UserError} from '../protocol/user-error.ts';
import type {SessionOptions} from '../session/services.ts';
import {openSession, type Session} from '../session/session.ts';
import {playStep} from './play-step.ts';
import {prepareTour, type TourFolder, type TourFolderOptions} from './prepare-tour.ts';
import {recording} from './recording.ts';
import {answerInTour, steps} from './steps.ts';
import {tellEvent} from './tell-event.ts';

// The exit codes of the README's table.
const done = 0;
const failed = 1;
const evidenceSaysNo = 5;

const commandTimeoutMs = 60_000;

const fixedReply =
	'This is the recorded tour, and its model knows the words of its script only: this is a fixed reply. Take the next step of the tour, or start kiro-tui in a project of your own.';

export type TourOptions = TourFolderOptions & {
	readonly version: string;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** A new UUID. */
	readonly newId: () => string;
	/** What the model says; a test breaks it. */
	readonly answers?: readonly RecordedAnswer[];
	/** Pause after each word of the model, in milliseconds, so that an eye can follow; none by default. */
	readonly delayMs?: number;
};

/** How a session of the tour is opened: everything is real but the model's words. Only a screen leaves the questions to a person. */
export function tourSessionOptions(options: TourOptions, folder: TourFolder): SessionOptions {
	return {
		root: folder.root,
		isTrustable: false,
		home: folder.home,
		packageRoot: options.packageRoot,
		directories: folder.directories,
		env: folder.env,
		model: createRecordedModel({answers: options.answers ?? recording, fallback: fixedReply, delayMs: options.delayMs ?? 0}),
		isRecorded: true,
		version: options.version,
		trust: 'granted',
		rules: [],
		commandTimeoutMs,
		provesTasks: true,
		now: options.now,
		newId: options.newId,
	};
}

type Print = (line: string) => void;

async function playAll(session: Session, print: Print, signal: AbortSignal): Promise<number> {
	signal.addEventListener('abort', () => void session.send({type: 'interrupt'}));
	for (const [index, step] of steps.entries()) {
		print(`${index + 1}/${steps.length} ${step.caption}`);
		const isDone = await playStep(session, step, signal);
		if (signal.aborted) {
			print('Stopped');
			return failed;
		}

		if (!isDone) {
			print(`This step did not come true: ${step.caption}`);
			return step.isProof ? evidenceSaysNo : failed;
		}
	}

	return done;
}

/** Uses what was built, so that the last line shows what arrived at a (fake) notifier. */
async function tryOut(folder: TourFolder, print: Print, signal: AbortSignal) {
	const env = Object.fromEntries(Object.entries(folder.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
	const run = async (command: string) => runCommand({command, cwd: folder.root, env, timeoutMs: commandTimeoutMs, signal});
	await run('node bin/todo.js add Water the plants');
	await run('node bin/todo.js add Call Ada');
	await run('node bin/todo.js done 1');
	const seen = await readFile(folder.notifications, 'utf8').catch(() => '');
	print(seen === '' ? 'Tried out: no notifier was started' : `Tried out, todo done 1: ${seen.trim()}`);
}

/**
 * Plays the tour without a screen, one line a fact, each labelled as recorded. Resolves with the exit code: 0 when every required task is
 * ticked on evidence and the tests of the free change are green, 5 when the evidence says no, else what stopped it.
 */
export async function runTourPlain(
	options: TourOptions & {readonly write: (line: string) => void; readonly signal: AbortSignal},
): Promise<number> {
	const print: Print = line => options.write(`recorded | ${printable(line).replaceAll('\n', ' ')}\n`);
	const folder = await prepareTour(options);
	try {
		const session = await openSession({
			...tourSessionOptions(options, folder),
			answerFor(ask) {
				const answer = answerInTour(ask);
				print(`${ask.title}: ${ask.options.find(option => option.key === answer.key)?.label ?? answer.key}`);
				return answer;
			},
		});
		try {
			session.store.subscribe(event => {
				for (const line of tellEvent(event)) {
					print(line);
				}
			});
			const code = await playAll(session, print, options.signal);
			if (code === done) {
				await session.settled();
				await tryOut(folder, print, options.signal);
			}

			return code;
		} finally {
			await session.close();
		}
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		print(`${error.message}. ${error.nextStep}`);
		return error.exitCode;
	} finally {
		await folder.close();
	}
}
