import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {approvalText} from '../protocol/select.ts';
import type {State} from '../protocol/state.ts';
import type {Store} from '../protocol/store.ts';
import {UserError} from '../protocol/user-error.ts';
import type {Session} from '../session/session.ts';
import type {TaskId} from '../spec/tasks.ts';
import type {TourAction, TourStep} from './steps.ts';

/** A watcher that tells nothing for this long, in milliseconds, has failed. */
const watchLimitMs = 10_000;

/** Resolves with true as soon as the state fits, and with false when the signal comes first. */
async function untilState(store: Store, fits: (state: State) => boolean, signal: AbortSignal): Promise<boolean> {
	if (fits(store.state()) || signal.aborted) {
		return fits(store.state());
	}

	return new Promise(resolve => {
		const end = (value: boolean) => {
			unsubscribe();
			signal.removeEventListener('abort', stop);
			resolve(value);
		};
		const stop = () => end(false);
		const unsubscribe = store.subscribe((_, state) => {
			if (fits(state)) {
				end(true);
			}
		});
		signal.addEventListener('abort', stop);
	});
}

/** Adds the line as an editor would; refuses when the line above it is not there, so that a changed recording is noticed. */
async function editByHand(session: Session, {artifact, after, line}: Extract<TourAction, {kind: 'edit'}>) {
	const {workspace, spec} = session.store.state();
	const file = join(workspace.root, spec?.path ?? '', `${artifact}.md`);
	const before = await readFile(file, 'utf8');
	if (!before.includes(`${after}\n`)) {
		throw new UserError(`The tour cannot make its hand edit: ${artifact}.md has no line "${after}"`, {nextStep: 'Start the tour again'});
	}

	await writeFile(
		file,
		before.replace(`${after}\n`, () => `${after}\n${line}\n`),
	);
}

async function requireSent(session: Session, intent: Parameters<Session['send']>[0]) {
	const sent = await session.send(intent);
	if (!sent.ok) {
		throw sent.error;
	}
}

async function act(session: Session, action: TourAction) {
	switch (action.kind) {
		case 'type': {
			return requireSent(session, {type: 'send', text: action.text});
		}

		case 'approve': {
			const {spec} = session.store.state();
			const digest = spec === undefined ? '' : approvalText(spec, action.stage);
			return requireSent(session, {type: 'approve', stage: action.stage, digest});
		}

		case 'edit': {
			return editByHand(session, action);
		}

		case 'start': {
			return requireSent(session, {type: 'start-task', task: action.task as TaskId});
		}

		case 'run-all': {
			return requireSent(session, {type: 'run-tasks', tasks: 'all'});
		}

		default: {
			return action satisfies never;
		}
	}
}

/**
 * Does what the person does in this step and waits for its work to end. Resolves with whether it came true. Throws a `UserError` when
 * the program refuses it.
 */
export async function playStep(session: Session, {action, isDone}: TourStep, signal: AbortSignal): Promise<boolean> {
	await act(session, action);
	// A hand edit has no work of its own that could end: the watcher has to notice it.
	const limit = action.kind === 'edit' ? AbortSignal.timeout(watchLimitMs) : AbortSignal.abort();
	return untilState(session.store, isDone, AbortSignal.any([signal, limit]));
}
