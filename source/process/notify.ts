import {homedir} from 'node:os';
import {type Environment, findProgram} from './find-program.ts';
import {runQuietly} from './quiet-run.ts';

export type Notification = {
	readonly title: string;
	readonly text: string;
	readonly env: Environment;
	/** A notifier inside this folder is not started. */
	readonly root: string;
};

const timeoutMs = 5000;

/** The texts are arguments, never part of a script. */
const notifiers: readonly {readonly name: string; readonly args: (title: string, text: string) => readonly string[]}[] = [
	{
		name: 'osascript',
		args: (title, text) => [
			'-e',
			'on run argv',
			'-e',
			'display notification (item 2 of argv) with title (item 1 of argv)',
			'-e',
			'end run',
			'--',
			title,
			text,
		],
	},
	{name: 'notify-send', args: (title, text) => ['--app-name=kiro-tui', '--', title, text]},
];

/** Shows a desktop notification where a notifier exists; resolves with whether one took it. Never rejects. */
export async function notify({title, text, env, root}: Notification): Promise<boolean> {
	const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
	for (const {name, args} of notifiers) {
		const file = await findProgram(name, {env, root});
		const result =
			file === undefined
				? undefined
				: await runQuietly({file, args: args(title, text), cwd: homedir(), env: Object.fromEntries(given), timeoutMs});
		if (result?.isOk === true) {
			return true;
		}
	}

	return false;
}
