import {compareReports} from '../protocol/compare-reports.ts';
import type {ConversationId} from '../protocol/ids.ts';
import {baselineFor, rememberBaseline} from './baseline.ts';
import {describeChanges} from './describe-changes.ts';
import {manifestChanges, takeManifest} from './file-manifest.ts';
import {hasQueued} from './queue.ts';
import {runTestsForChange} from './run-tests.ts';
import type {Services, Work} from './services.ts';
import {type TurnMessage, type TurnResult, takeTurn} from './take-turn.ts';
import {tellTests} from './tell-tests.ts';
import {findTestCommand} from './test-command.ts';
import {checkpointFor} from './undo.ts';

async function wantsTests(services: Services): Promise<boolean> {
	const testCommand = await findTestCommand(services);
	return services.settings.vibe.tests === 'auto' && testCommand?.isApproved === true;
}

/** Files that free turns changed and whose tests a newer message ended before they had run. */
const untested = new WeakMap<Services, ReadonlySet<string>>();

/** What the tests showed before an undo is not so any more: they run again, like after a free turn. */
export async function runTestsAfterUndo(services: Services, restored: readonly string[], work: Work): Promise<void> {
	await runTestsAfter(services, undefined, restored, work);
}

async function runTestsAfter(services: Services, id: ConversationId | undefined, justChanged: readonly string[], work: Work) {
	const changed = new Set([...(untested.get(services) ?? []), ...justChanged]);
	if (changed.size === 0 || work.abort.signal.aborted || !(await wantsTests(services))) {
		return;
	}

	untested.set(services, changed);
	if (id !== undefined && hasQueued(services.store.state(), id)) {
		return;
	}

	work.yieldToMessage = new AbortController();
	const report = await runTestsForChange(services, {changed: [...changed], work});
	const comparison = compareReports(services.store.state().tests.baseline, report);
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
	const before = await takeManifest(services, signal);
	await checkpointFor(services, `vibe: ${(message.shown ?? message.text).slice(0, 40)}`);
	const result = await takeTurn(services, id, message, signal, {
		async beforeChange() {
			if (await wantsTests(services)) {
				await baselineFor(services, work);
			}
		},
	});
	const changed = manifestChanges(before, await takeManifest(services, signal));
	services.append({type: 'files.changed', files: await describeChanges(services, ...freeCheckpoints(services))});
	await runTestsAfter(services, id, changed, work);
	return result;
}
