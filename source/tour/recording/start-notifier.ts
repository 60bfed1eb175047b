import {calls, ends, records, says} from './blocks.ts';

const fake = `import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** A notifier that runs one line of shell, alone on PATH, so that no test shows a real notification. */
export async function fakeNotifier(t, {command, line = 'printf "%s\\\\n" "$@" >> "$SEEN"'}) {
	const folder = await mkdtemp(join(tmpdir(), 'notifier-'));
	t.after(() => rm(folder, {recursive: true}));
	await writeFile(join(folder, command), \`#!/bin/sh\\n\${line}\\n\`, {mode: 0o755});
	const file = join(folder, 'seen');
	return {
		env: {PATH: folder, SEEN: file},
		/** The arguments of every start so far. */
		async seen() {
			const text = await readFile(file, 'utf8').catch(() => '');
			return text.split('\\n').slice(0, -1);
		},
	};
}
`;

const tests = `import assert from 'node:assert/strict';
import {test} from 'node:test';
import {notify, patienceMs} from '../src/notify.js';
import {fakeNotifier} from '../support/fake-notifier.js';

const notification = {title: 'Task done', text: 'Buy milk'};
// The fakes are shell scripts.
const skip = process.platform === 'win32';

for (const [platform, command] of [['linux', 'notify-send'], ['darwin', 'osascript'], ['win32', 'powershell']]) {
	test(\`\${command} is started once\`, {skip}, async t => {
		const {env, seen} = await fakeNotifier(t, {command, line: 'printf "%s|%s\\\\n" "$#" "$TODO_TEXT" >> "$SEEN"'});
		assert.equal(await notify(notification, {platform, env}), undefined);
		assert.equal((await seen()).length, 1);
	});
}

test('a notifier that hangs is stopped, by default after 5 seconds [2.2]', {skip}, async t => {
	const {env} = await fakeNotifier(t, {command: 'notify-send', line: 'while :; do :; done'});
	assert.equal(patienceMs, 5000);
	assert.equal(await notify(notification, {platform: 'linux', env, timeoutMs: 100}), 'notify-send took too long');
});

test('a notifier that is missing or fails gives a reason', {skip}, async t => {
	const {env} = await fakeNotifier(t, {command: 'osascript', line: 'exit 3'});
	assert.equal(await notify(notification, {platform: 'linux', env}), 'notify-send could not be started');
	assert.equal(await notify(notification, {platform: 'darwin', env}), 'osascript failed');
	assert.equal(await notify(notification, {platform: 'sunos', env}), 'no notifier is known for sunos');
});
`;

const firstLine = 'const appleScript = [';
const withPatience = `import {spawn} from 'node:child_process';

/** How long a notifier may take, in milliseconds. */
export const patienceMs = 5000;

${firstLine}`;

const end = `		default:
			return undefined;
	}
}
`;
const stub = `/** Shows a notification. Resolves with the reason when none was shown; never rejects. */
export async function notify() {}
`;
const code = `/** Shows a notification. Resolves with the reason when none was shown; never rejects. */
export async function notify(notification, {platform, env, timeoutMs = patienceMs}) {
	const notifier = notifierFor(platform, notification);
	if (notifier === undefined) {
		return \`no notifier is known for \${platform}\`;
	}

	const {command, args} = notifier;
	return new Promise(resolve => {
		const child = spawn(command, args, {
			env: {...env, ...notifier.env},
			stdio: 'ignore',
			signal: AbortSignal.timeout(timeoutMs),
			killSignal: 'SIGKILL',
		});
		child.on('error', error => {
			const problem = error.name === 'AbortError' ? 'took too long' : 'could not be started';
			resolve(\`\${command} \${problem}\`);
		});
		child.on('close', code => resolve(code === 0 ? undefined : \`\${command} failed\`));
	});
}
`;

/** Task 1.2: the notifier is started, and stopped when it hangs. */
export const startNotifier = records('implement 1.2', [
	[
		says(
			'The tests get a fake notifier that is alone on PATH, so that nobody sees a notification while they run. The limit is an abort signal: it stops the child and holds nothing open afterwards.',
		),
		calls('write', {path: 'support/fake-notifier.js', content: fake}),
		calls('write', {path: 'test/start-notifier.test.js', content: tests}),
		calls('edit', {path: 'src/notify.js', old_text: firstLine, new_text: withPatience}),
		calls('edit', {path: 'src/notify.js', old_text: end, new_text: `${end}\n${stub}`}),
		calls('expect_red', {}),
		calls('edit', {path: 'src/notify.js', old_text: stub, new_text: code}),
		calls('run', {command: 'npm test'}),
		ends(
			[
				'src/notify.js: `notify({title, text}, {platform, env, timeoutMs})` resolves with undefined, or with the reason as text; `patienceMs` is 5000.',
				'support/fake-notifier.js: `fakeNotifier(t, {command, line})` gives `env` and `seen()`; the fakes need a shell, so these tests are skipped on Windows.',
				'`npm test` runs all.',
			].join('\n'),
		),
	],
]);
