import type {Invocation} from '../arguments.ts';
import {childEnvironment} from '../process/child-env.ts';
import {exitCodes} from '../protocol/exit-codes.ts';
import {printable} from '../protocol/printable.ts';
import {safeJson} from '../protocol/safe-json.ts';
import {UserError} from '../protocol/user-error.ts';
import type {SessionOptions} from '../session/services.ts';
import type {Session} from '../session/session.ts';
import {approveDocument} from './approve-document.ts';
import type {HeadlessIo} from './headless-io.ts';
import {outcomeOf} from './outcome-of.ts';
import {reportEvent, reportEvents} from './report-events.ts';
import {type Gathered, gather, resultOf} from './run-result.ts';
import {verifySpecs} from './verify-specs.ts';

type Working = Extract<Invocation, {kind: 'message' | 'new' | 'run' | 'approve' | 'verify'}>;

/** What is asked for, and where the session was opened. */
export type Asked = {readonly invocation: Working; readonly options: Pick<SessionOptions, 'root' | 'directories' | 'env' | 'packageRoot'>};

async function requireSent(session: Session, ...intents: readonly Parameters<Session['send']>[0][]) {
	for (const intent of intents) {
		const sent = await session.send(intent);
		if (!sent.ok) {
			throw sent.error;
		}
	}
}

async function message(session: Session, {spec, stage, text}: Extract<Working, {kind: 'message'}>) {
	if (spec !== undefined) {
		await requireSent(session, {type: 'open-spec', name: spec});
	} else if (session.store.state().specs.length === 1) {
		await requireSent(session, {type: 'open-spec', name: session.store.state().specs[0]?.name ?? ''});
	}

	const asked = stage ?? (spec === undefined ? 'vibe' : undefined);
	await requireSent(session, {type: 'say', text, ...(asked !== undefined && {stage: asked})});
}

async function runSpec(session: Session, {spec, which}: Extract<Working, {kind: 'run'}>) {
	await requireSent(session, {type: 'open-spec', name: spec});
	const {from, until} = typeof which === 'string' || 'task' in which ? {} : which;
	const range = [from, ...(until === undefined ? [] : ['to', until])].filter(part => part !== undefined).join(' ');
	const text =
		which === 'all' || which === 'failed'
			? `/run ${which === 'all' ? '' : which}`
			: which === 'next'
				? '/start'
				: 'task' in which
					? `/start ${which.task}`
					: `/run ${range}`;
	await requireSent(session, {type: 'command', text: text.trim()});
}

/** Ripgrep lists and searches a large project in a second or two. */
const searchMs = 60_000;

async function work(session: Session, {invocation, options}: Asked, io: HeadlessIo): Promise<number | undefined> {
	switch (invocation.kind) {
		case 'message': {
			await message(session, invocation);
			return undefined;
		}

		case 'new': {
			const {name, idea, route} = invocation;
			await requireSent(session, {type: 'create-spec', name, idea, route: route ?? 'feature'});
			return undefined;
		}

		case 'run': {
			await runSpec(session, invocation);
			return undefined;
		}

		case 'approve': {
			return approveDocument(session, invocation, io);
		}

		case 'verify': {
			const {root, directories} = options;
			const open = () => ({root, state: directories.state, env: childEnvironment(options), signal: AbortSignal.timeout(searchMs)});
			return verifySpecs(session, {invocation, open}, io);
		}

		default: {
			return invocation satisfies never;
		}
	}
}

function requireTrust(session: Session) {
	if (session.store.state().workspace.trust !== 'trusted') {
		throw new UserError('This folder is not trusted, so nothing of it is run and none of its text is sent', {
			nextStep: 'Look at it, then start again with --trust, or open kiro-tui here once and say yes',
			exitCode: exitCodes.notPermitted,
		});
	}
}

type End = {readonly code: number; readonly error?: UserError; readonly isTold?: boolean};

function report(io: HeadlessIo, session: Session, gathered: Gathered, end: End) {
	const words = end.error === undefined ? {} : {message: end.error.message, nextStep: end.error.nextStep};
	if (io.format !== 'text') {
		io.write(`${safeJson(resultOf(session.store.state(), gathered, end.code, words))}\n`);
		return;
	}

	if (end.error !== undefined && end.isTold !== true) {
		io.writeError(`${printable(end.error.message)}\n${printable(end.error.nextStep)}\n`);
	}
}

/** Does one command without a screen and resolves with its exit code. Prose goes to standard output, progress to standard error. */
export async function runHeadless(session: Session, asked: Asked, io: HeadlessIo): Promise<number> {
	const gathered = gather(session.store);
	for (const notice of session.store.state().notices) {
		reportEvent({type: 'noticed', ...notice}, io);
	}

	const stop = reportEvents(session.store, io);
	const told = new Set<string>();
	const stopListening = session.store.subscribe(event => {
		const text = event.type === 'noticed' ? event.text : event.type === 'turn.finished' ? event.message : undefined;
		told.add(text ?? '');
	});
	try {
		requireTrust(session);
		const worked = await work(session, asked, io);
		await session.settled();
		const code = worked ?? outcomeOf(session.store.state(), gathered);
		report(io, session, gathered, {code});
		return code;
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}

		stop();
		report(io, session, gathered, {code: error.exitCode, error, isTold: told.has(error.message)});
		return error.exitCode;
	} finally {
		stop();
		stopListening();
	}
}
