import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {type AddedLibraries, addedLibraries} from './added-libraries.ts';
import type {EvalCase} from './case.ts';
import {playControl} from './control.ts';
import {countKept} from './hand-edit.ts';
import {type HiddenResult, runHiddenTests} from './hidden-tests.ts';
import {type Calls, measureWork, type Work} from './measure.ts';
import {type PlayOptions, play} from './play.ts';
import {startRelay, type Traffic} from './relay.ts';
import {makeScratch} from './scratch.ts';

/** A case that takes longer than this hangs. */
const limitMs = 60 * 60_000;

/** One line of a set of results. */
export type EvalRun = {
	readonly v: 1;
	readonly set: string;
	readonly case: string;
	readonly kind: 'kiro-tui' | 'control';
	/** ISO 8601. */
	readonly at: string;
	/** Every required task is ticked; of the control: it said that it was done. */
	readonly isFinished: boolean;
	readonly rescues: number;
	readonly hidden: HiddenResult;
	/** Ticked tasks that `verify` does not agree with at the end. */
	readonly falseTicks: readonly string[];
	readonly edits: {readonly total: number; readonly made: number; readonly kept: number};
	readonly calls: Calls;
	/** Absent for the control. */
	readonly work?: Omit<Work, 'calls'>;
	/** Absent in results from before it was counted. */
	readonly libraries?: AddedLibraries;
	readonly traffic: Traffic;
	readonly costUsd: number | null;
	readonly durationMs: number;
	/** The run itself broke, with what it said. */
	readonly error?: string;
};

export type EvalOptions = Omit<PlayOptions, 'url' | 'signal'> & {
	readonly set: string;
	readonly baseUrl: string;
	readonly isControl: boolean;
	/** Leaves the scratch folder, and says where it is. */
	readonly keeps: boolean;
};

const noHidden: HiddenResult = {passed: 0, total: 0, failed: [], tags: {}};
const noCalls: Calls = {total: 0, malformed: 0, refused: 0, failed: 0};
const nothingDone: Pick<EvalRun, 'isFinished' | 'rescues' | 'falseTicks' | 'calls' | 'costUsd'> = {
	isFinished: false,
	rescues: 0,
	falseTicks: [],
	calls: noCalls,
	costUsd: null,
};

/** Takes one case through once, on the program or on the control, and tells how it went. */
export async function runCase(evalCase: EvalCase, options: EvalOptions): Promise<EvalRun> {
	const {set, baseUrl, isControl, keeps, say, key, model} = options;
	const startedAt = Date.now();
	const scratch = await makeScratch(evalCase);
	await using relay = await startRelay(baseUrl);
	const playing = {url: relay.url, key, model, say, signal: AbortSignal.timeout(limitMs)};
	const base = {
		v: 1,
		set,
		case: evalCase.name,
		kind: isControl ? 'control' : 'kiro-tui',
		at: new Date(startedAt).toISOString(),
	} as const;
	let end: Partial<EvalRun> = {};
	let made = 0;
	try {
		if (isControl) {
			const played = await playControl(evalCase, scratch, playing);
			made = played.editsMade;
			end = {isFinished: played.isFinished, calls: {...played.calls, refused: 0}};
		} else {
			const played = await play(evalCase, scratch, playing);
			made = played.editsMade;
			const {calls, ...work} = await measureWork(played, join(scratch.root, '.kiro/specs', evalCase.spec));
			const costs = played.results.map(({cost_usd}) => cost_usd);
			end = {
				isFinished: played.isFinished,
				rescues: played.rescues,
				falseTicks: played.doubts,
				calls,
				work,
				costUsd: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
			};
		}
	} catch (error) {
		end = {error: error instanceof Error ? error.message : String(error)};
	}

	await mkdir(scratch.root, {recursive: true});
	const kept = isControl ? evalCase.edits.length : await countKept(evalCase, scratch.root);
	const traffic = relay.traffic();
	const libraries = await addedLibraries(join(evalCase.folder, 'project'), scratch);
	const durationMs = Date.now() - startedAt;
	const hidden = await runHiddenTests(evalCase, scratch).catch(error => ({...noHidden, problem: String(error)}));
	if (keeps) {
		say(`kept in ${scratch.root}`);
	} else {
		await scratch.remove();
	}

	return {...base, ...nothingDone, ...end, hidden, edits: {total: evalCase.edits.length, made, kept}, libraries, traffic, durationMs};
}
