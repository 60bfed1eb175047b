import type {Intent} from '../../protocol/intent.ts';
import {runCommand} from '../commands/run-command.ts';
import {chooseModelId} from '../model-for.ts';
import {takeBack} from '../queue.ts';
import {refreshEvidence} from '../refresh-evidence.ts';
import {keepComment} from '../review-comments.ts';
import {runAskedTests} from '../run-tests.ts';
import type {Services} from '../services.ts';
import {acceptTask, untickTask} from './accept-task.ts';
import {approve, approveText} from './approve.ts';
import {commitTask} from './commit-task.ts';
import {continueNewest} from './continue-newest.ts';
import {createSpec} from './create-spec.ts';
import {enterStage} from './enter-stage.ts';
import {goHome} from './go-home.ts';
import {openSpec} from './open-spec.ts';
import {repin} from './repin.ts';
import {requireIdle} from './require.ts';
import {revertHunk} from './revert-hunk.ts';
import {reviewTask} from './review-task.ts';
import {changeQueue, runTasks, startTask} from './run-tasks.ts';
import {say} from './say.ts';
import {send} from './send.ts';
import {setTestCommand} from './set-test-command.ts';
import {showDiff} from './show-diff.ts';
import {dropVibe, keepVibe, undo} from './undo.ts';
import {verify} from './verify.ts';

/** One handler per intent; each is a straight piece of async code that appends what it did. */
export async function handle(services: Services, intent: Intent): Promise<void> {
	switch (intent.type) {
		case 'send': {
			return send(services, intent.text);
		}

		case 'command': {
			return runCommand(services, intent.text);
		}

		case 'say': {
			return say(services, intent.text, intent.stage);
		}

		case 'take-back': {
			return takeBack(services, intent.text);
		}

		case 'answer': {
			return services.append({type: 'answered', ask: intent.ask, answer: intent.answer});
		}

		case 'create-spec': {
			await createSpec(services, intent);
			return;
		}

		case 'open-spec': {
			requireIdle(services);
			return openSpec(services, intent.name);
		}

		case 'go-home': {
			return goHome(services);
		}

		case 'continue': {
			return continueNewest(services);
		}

		case 'enter-stage': {
			return enterStage(services, intent.stage);
		}

		case 'approve': {
			return approve(services, intent.stage, intent.digest);
		}

		case 'approve-text': {
			await approveText(services, intent.stage, intent.digest);
			return;
		}

		case 'interrupt': {
			return services.work?.abort.abort();
		}

		default: {
			return handleTasks(services, intent);
		}
	}
}

type TaskIntent = Exclude<
	Intent,
	{
		type:
			| 'send'
			| 'command'
			| 'take-back'
			| 'answer'
			| 'create-spec'
			| 'open-spec'
			| 'go-home'
			| 'continue'
			| 'enter-stage'
			| 'approve'
			| 'approve-text'
			| 'say'
			| 'interrupt';
	}
>;

async function handleTasks(services: Services, intent: TaskIntent): Promise<void> {
	switch (intent.type) {
		case 'start-task': {
			await startTask(services, intent.task);
			return;
		}

		case 'run-tasks': {
			await runTasks(services, intent.tasks);
			return;
		}

		case 'change-queue': {
			return changeQueue(services, intent.task);
		}

		case 'pause-after-task': {
			return services.append({type: 'run.pause-asked', isAsked: !services.store.state().run.isPauseAsked});
		}

		case 'accept-task': {
			return acceptTask(services, intent.task, intent.reason);
		}

		case 'untick-task': {
			return untickTask(services, intent.task);
		}

		case 'run-tests': {
			return runAskedTests(services, intent);
		}

		case 'read-evidence': {
			return refreshEvidence(services);
		}

		case 'verify': {
			return verify(services, intent.spec);
		}

		case 'skip-tests': {
			return services.work?.skipTests?.abort();
		}

		case 'show-diff': {
			return showDiff(services, intent.task);
		}

		case 'comment-line': {
			return keepComment(services, intent.task, intent.comment);
		}

		case 'review-task': {
			await reviewTask(services, intent.task, intent.comments);
			return;
		}

		case 'revert-hunk': {
			return revertHunk(services, intent);
		}

		case 'commit-task': {
			return commitTask(services, intent.task);
		}

		case 'undo': {
			return undo(services, intent.task);
		}

		case 'keep': {
			return keepVibe(services);
		}

		case 'drop': {
			return dropVibe(services);
		}

		case 'set-mode': {
			return services.append({type: 'mode.changed', mode: intent.mode});
		}

		case 'choose-model': {
			return chooseModelId(services, intent.model);
		}

		case 'set-test-command': {
			return setTestCommand(services, intent.command);
		}

		case 'repin': {
			return repin(services);
		}

		default: {
			return intent satisfies never;
		}
	}
}
