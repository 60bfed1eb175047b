import type {Invocation} from '../arguments.ts';
import {parseRule} from '../permission/rules.ts';
import {childEnvironment} from '../process/child-env.ts';
import {exitCodes} from '../protocol/exit-codes.ts';
import {summariseSpecs} from '../session/list-specs.ts';
import {readEvidence} from '../session/read-evidence.ts';
import {readSettings} from '../workspace/settings.ts';
import type {HeadlessIo} from './headless-io.ts';
import {printCheck} from './print-check.ts';
import {type Doctor, printDoctor} from './print-doctor.ts';
import {printMatrix} from './print-matrix.ts';
import {printPullRequest} from './print-pull-request.ts';
import {printReport} from './print-report.ts';
import {statusJson, statusText} from './print-status.ts';

export type ReadOnly = Extract<Invocation, {kind: 'status' | 'check' | 'doctor' | 'matrix' | 'report' | 'pr'}>;

type Place = Omit<Doctor, 'json'>;

/** Ripgrep lists and searches a large project in a second or two. */
const searchMs = 60_000;

async function ofEvidence(invocation: Extract<ReadOnly, {kind: 'matrix' | 'report' | 'pr'}>, place: Place, io: HeadlessIo) {
	const {root, directories} = place;
	const env = childEnvironment(place);
	const signal = AbortSignal.timeout(searchMs);
	const evidence = await readEvidence({root, state: directories.state, env, signal}, invocation.spec);
	switch (invocation.kind) {
		case 'matrix': {
			const {format, isUnprovenOnly} = invocation;
			return printMatrix(evidence, {format: io.format === 'text' ? format : 'json', isUnprovenOnly}, io);
		}

		case 'report': {
			return printReport(evidence, {json: invocation.json || io.format !== 'text'}, io);
		}

		case 'pr': {
			return printPullRequest(evidence, io);
		}

		default: {
			return invocation satisfies never;
		}
	}
}

/** Does what only reads: it starts nothing of the repository, needs no trust and no key, and sends nothing. */
export async function runReadOnly(invocation: ReadOnly, place: Place, io: HeadlessIo): Promise<number> {
	if (invocation.kind === 'matrix' || invocation.kind === 'report' || invocation.kind === 'pr') {
		return ofEvidence(invocation, place, io);
	}

	if (invocation.kind === 'doctor') {
		return printDoctor({...place, json: invocation.json}, io);
	}

	const {root, directories} = place;
	const {settings} = await readSettings({config: directories.config, root, parseRule});
	const specs = await summariseSpecs({root, state: directories.state, checksOff: settings.checksOff});
	if (invocation.kind === 'check') {
		return printCheck(specs, invocation, io);
	}

	io.write(invocation.json || io.format !== 'text' ? statusJson(specs) : statusText(specs));
	return exitCodes.done;
}
