import {type BaselineOf, compareRuns} from '../protocol/compare-reports.ts';
import type {TestCommandFact} from '../protocol/event.ts';
import type {ConversationId} from '../protocol/ids.ts';
import type {TestReport} from '../protocol/test-report.ts';
import {testCommandHash} from '../workspace/trust.ts';
import {baselineAt, baselineFor, baselineNow, rememberBaseline} from './baseline.ts';
import {baselineInCopy} from './baseline-in-copy.ts';
import {describeChanges} from './describe-changes.ts';
import {type FileManifest, manifestChanges, takeManifest} from './file-manifest.ts';
import {hasQueued} from './queue.ts';
import {runTestsForChange} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import {type TurnMessage, type TurnResult, takeTurn} from './take-turn.ts';
import {tellTests} from './tell-tests.ts';
import {findTestCommand, findTestCommands, requireTestCommands} from './test-command.ts';
import {checkpointFor} from './undo.ts';

/** What free turns changed, and how it was before. */
type FreeChange = {
	readonly files: readonly string[];
	readonly checkpoints: readonly string[];
	/** The files as the first of these turns found them; undefined after an undo. */
	readonly manifest: FileManifest | undefined;
};

/** Changes whose tests a newer message ended before they had run. */
const untested = new WeakMap<Services, FreeChange>();

function together(earlier: FreeChange | undefined, now: FreeChange): FreeChange {
	return earlier === undefined
		? now
		: {
				files: [...new Set([...earlier.files, ...now.files])],
				checkpoints: [...earlier.checkpoints, ...now.checkpoints],
				manifest: earlier.manifest,
			};
}

/** What the tests showed before an undo is not so any more: they run again, like after a free turn. */
export async function runTestsAfterUndo(services: Services, restored: readonly string[], work: Work): Promise<void> {
	await runTestsAfter(services, undefined, {files: restored, checkpoints: [], manifest: undefined}, work);
}

const refused = new WeakMap<Services, Set<string>>();

/** The commands of what changed. A person is asked once about each; one that was refused is left out from then on. */
async function commandsOf(services: Services, files: readonly string[], signal: AbortSignal): Promise<readonly TestCommandFact[]> {
	const hashes = refused.get(services) ?? new Set();
	const found = (await findTestCommands(services, {files})).filter(fact => !hashes.has(testCommandHash(fact)));
	const isAnyApproved = services.store.state().workspace.testCommand?.isApproved === true || found.some(({isApproved}) => isApproved);
	if (services.settings.vibe.tests !== 'auto' || !isAnyApproved) {
		return [];
	}

	const approved: TestCommandFact[] = [];
	for (const fact of found) {
		refused.set(services, hashes.add(testCommandHash(fact)));
		approved.push(...(await requireTestCommands(services, [fact], signal)));
		hashes.delete(testCommandHash(fact));
	}

	return approved;
}

/** Before a turn only the project's one command is run; which other packages it changes is known after it. */
async function baselinesOf(
	services: Services,
	commands: readonly TestCommandFact[],
	{checkpoints, manifest}: FreeChange,
	work: Work,
): Promise<BaselineOf> {
	const now = baselineNow(services);
	const main = services.store.state().workspace.testCommand?.command;
	const others = new Map<string, TestReport | undefined>();
	for (const fact of commands.filter(({command}) => command !== main)) {
		const {command} = fact;
		const known = manifest === undefined ? now(command) : baselineAt(services, command, manifest);
		const report = known ?? (await baselineInCopy(services, {fact, checkpoints, manifest}, work));
		others.set(command, report);
		if (report !== undefined) {
			services.append({type: 'baseline.set', report});
		}
	}

	return command => (others.has(command) ? others.get(command) : now(command));
}

async function runTestsAfter(services: Services, id: ConversationId | undefined, justNow: FreeChange, work: Work) {
	const {signal} = work.abort;
	const change = together(untested.get(services), justNow);
	if (change.files.length === 0 || signal.aborted) {
		return;
	}

	const commands = await commandsOf(services, change.files, signal);
	if (commands.length === 0) {
		return;
	}

	untested.set(services, change);
	if (id !== undefined && hasQueued(services.store.state(), id)) {
		return;
	}

	work.yieldToMessage = new AbortController();
	const baselineOf = await baselinesOf(services, commands, change, work);
	const report = await runTestsForChange(services, {commands, changed: change.files, work});
	const comparison = compareRuns(baselineOf, report);
	await tellTests(services, {report, reason: 'vibe', comparison});
	if (report.problem !== 'stopped') {
		untested.delete(services);
	}

	if (comparison.newFailures.length === 0) {
		await rememberBaseline(services, report, work.abort.signal);
	}
}

/** The checkpoints of free turns since the newest task: what they changed, no approved task carries. */
function freeCheckpoints(services: Services): readonly string[] {
	const {checkpoints} = services.store.state();
	const lastTask = checkpoints.findLastIndex(({task}) => task !== undefined);
	return checkpoints.slice(lastTask + 1).map(({id}) => id);
}

/** A free turn with the whole spec pinned: a checkpoint before it, the related tests after it when files outside `.kiro` changed. */
export async function takeVibeTurn(services: Services, id: ConversationId, message: TurnMessage, work: Work): Promise<TurnResult> {
	const {signal} = work.abort;
	const manifest = await takeManifest(services, signal);
	const checkpoint = await checkpointFor(services, `vibe: ${(message.shown ?? message.text).slice(0, 40)}`);
	const result = await takeTurn(services, id, message, signal, {
		async beforeChange() {
			const testCommand = await findTestCommand(services);
			if (services.settings.vibe.tests === 'auto' && testCommand?.isApproved === true) {
				await baselineFor(services, [testCommand], work);
			}
		},
	});
	const files = manifestChanges(manifest, await takeManifest(services, signal));
	services.append({type: 'files.changed', files: await describeChanges(services, ...freeCheckpoints(services))});
	await runTestsAfter(services, id, {files, checkpoints: [checkpoint], manifest}, work);
	return result;
}
