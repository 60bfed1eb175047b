import {calls, ends, records, says, whenTold} from './blocks.ts';

const tests = `import assert from 'node:assert/strict';
import {test} from 'node:test';
import {notifierFor} from '../src/notify.js';

const notification = {title: 'Task done', text: 'Buy milk'};

test('Linux shows it with notify-send [1.2]', () => {
	const {command, args} = notifierFor('linux', notification);
	assert.equal(command, 'notify-send');
	assert.deepEqual(args.slice(-2), ['Task done', 'Buy milk']);
});

test('macOS shows it with osascript [1.2]', () => {
	const {command, args} = notifierFor('darwin', notification);
	assert.equal(command, 'osascript');
	assert.ok(args.includes('display notification (item 2 of argv) with title (item 1 of argv)'));
	assert.deepEqual(args.slice(-2), ['Task done', 'Buy milk']);
});

test('Windows shows it with PowerShell [1.2]', () => {
	const {command, env} = notifierFor('win32', notification);
	assert.equal(command, 'powershell');
	assert.deepEqual(env, {TODO_TITLE: 'Task done', TODO_TEXT: 'Buy milk'});
});

test('a text is never read as an option or a script [1.3]', () => {
	const text = '--help"; $(touch x)\\nquit app "Finder"';
	for (const platform of ['linux', 'darwin', 'win32']) {
		const {args, env} = notifierFor(platform, {title: 'Task done', text});
		const whole = [...args, ...Object.values(env)].filter(part => part === text);
		const within = args.filter(part => part.includes('touch') && part !== text);
		assert.deepEqual([whole.length, within], [1, []], platform);
	}

	assert.equal(notifierFor('linux', {title: 'Task done', text}).args.at(-3), '--');
});
`;

const stub = `/** The notifier of a platform, ready to start without a shell; undefined where none is known. */
export function notifierFor() {
	return {command: '', args: [], env: {}};
}
`;

// The false claim of the tour: on macOS the text takes the place of the title.
const code = `const appleScript = ['on run argv', 'display notification (item 2 of argv) with title (item 1 of argv)', 'end run'];

const toastScript = [
	'$manager = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]',
	"$toast = $manager::GetTemplateContent('ToastText02')",
	"$lines = $toast.GetElementsByTagName('text')",
	'[void]$lines.Item(0).AppendChild($toast.CreateTextNode($env:TODO_TITLE))',
	'[void]$lines.Item(1).AppendChild($toast.CreateTextNode($env:TODO_TEXT))',
	"$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\\\WindowsPowerShell\\\\v1.0\\\\powershell.exe'",
	'$manager::CreateToastNotifier($app).Show([Windows.UI.Notifications.ToastNotification]::new($toast))',
].join('; ');

/** The notifier of a platform, ready to start without a shell; undefined where none is known. */
export function notifierFor(platform, {title, text}) {
	switch (platform) {
		case 'linux':
			return {command: 'notify-send', args: ['--app-name=todo', '--', title, text], env: {}};
		case 'darwin':
			return {command: 'osascript', args: [...appleScript.flatMap(line => ['-e', line]), text, title], env: {}};
		case 'win32':
			// PowerShell would read further arguments as more script, so the words travel in the environment.
			return {
				command: 'powershell',
				args: ['-NoProfile', '-NonInteractive', '-Command', toastScript],
				env: {TODO_TITLE: title, TODO_TEXT: text},
			};
		default:
			return undefined;
	}
}
`;

const wrong = "...appleScript.flatMap(line => ['-e', line]), text, title]";
const right = "...appleScript.flatMap(line => ['-e', line]), title, text]";

/** Task 1.1: claims to be done while one test is red, is told so, and repairs it. */
export const notifierCommand = records('implement 1.1', [
	[
		says('Tests first, with an empty function so that they can load. The code follows only if they are seen failing.'),
		calls('write', {path: 'test/notify.test.js', content: tests}),
		calls('write', {path: 'src/notify.js', content: stub}),
		calls('expect_red', {}),
		calls('edit', {path: 'src/notify.js', old_text: stub, new_text: code}),
		ends('Task 1.1 is done: `notifierFor` in `src/notify.js` gives the command of each platform.'),
	],
	whenTold('macOS shows it with osascript [1.2]', [
		says('The order is wrong on macOS: the script takes the title as its first argument, and I pass the text first.'),
		calls('edit', {path: 'src/notify.js', old_text: wrong, new_text: right}),
		calls('run', {command: 'npm test'}),
		ends(
			[
				'src/notify.js: new, exports `notifierFor(platform, {title, text})` → `{command, args, env}` or undefined.',
				'test/notify.test.js: one test a platform, one with a hostile text. `npm test` runs all.',
				'Not seen by any test: how the toast looks on Windows.',
			].join('\n'),
		),
	]),
]);
