import type {RecordedAnswer} from '../model/providers/recorded.ts';
import {design} from './recording/design.ts';
import {notifierCommand} from './recording/notifier-command.ts';
import {notifyWhenDone} from './recording/notify-when-done.ts';
import {requirements} from './recording/requirements.ts';
import {startNotifier} from './recording/start-notifier.ts';
import {tasks} from './recording/tasks.ts';
import {vibe} from './recording/vibe.ts';

/** What the tour's model says, answer by answer. Only the words are recorded: the files, gates, tools and tests are real. */
export const recording: readonly RecordedAnswer[] = [
	...requirements,
	...design,
	...tasks,
	...notifierCommand,
	...startNotifier,
	...notifyWhenDone,
	...vibe,
];
