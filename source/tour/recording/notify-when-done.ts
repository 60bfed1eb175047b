import {calls, ends, records, says, thinks} from './blocks.ts';

const oldHead = `import {run} from '../src/cli.js';

async function openList(t) {
`;
const newHead = `import {run} from '../src/cli.js';
import {fakeNotifier} from '../support/fake-notifier.js';

// The fakes are shell scripts.
const skip = process.platform === 'win32';

async function openList(t, env = {TODO_QUIET: '1'}) {
`;

const oldList = 'printError: line => lines.push(line)};';
const newList = `printError: line => lines.push(line), platform: 'linux', env};`;

const oldEnd = `	assert.match(io.lines[0], /^Usage:/);
});
`;
const newTests = `
test('done sends one notification with the text of the task [1.1]', {skip}, async t => {
	const {env, seen} = await fakeNotifier(t, {command: 'notify-send'});
	const io = await openList(t, env);
	await run(['add', 'Buy milk'], io);
	assert.equal(await run(['done', '1'], io), 0);
	assert.equal(await run(['done', '1'], io), 1);
	assert.deepEqual(await seen(), ['--app-name=todo', '--', 'Task done', 'Buy milk']);
});

test('with TODO_QUIET set, done sends none [1.4]', {skip}, async t => {
	const {env, seen} = await fakeNotifier(t, {command: 'notify-send'});
	const io = await openList(t, {...env, TODO_QUIET: '1'});
	await run(['add', 'Buy milk'], io);
	assert.equal(await run(['done', '1'], io), 0);
	assert.deepEqual(await seen(), []);
});

test('a missing notifier costs a line on standard error, not the task [2.1]', {skip}, async t => {
	const {env} = await fakeNotifier(t, {command: 'osascript'});
	const errors = [];
	const io = {...(await openList(t, env)), printError: line => errors.push(line)};
	await run(['add', 'Buy milk'], io);
	assert.equal(await run(['done', '1'], io), 0);
	assert.deepEqual(errors, ['No notification: notify-send could not be started']);
	assert.deepEqual(JSON.parse(await readFile(io.file, 'utf8')), [{text: 'Buy milk', isDone: true}]);
});
`;

const oldDone = `async function done(number, {file, print}) {
	const {tasks, completed} = completeTask(await readTasks(file), Number(number));
	await writeTasks(file, tasks);
	print(\`Done: \${completed.text}\`);
}
`;
const newDone = `async function done(number, {file, print, printError, platform, env}) {
	const {tasks, completed} = completeTask(await readTasks(file), Number(number));
	await writeTasks(file, tasks);
	print(\`Done: \${completed.text}\`);
	if (env.TODO_QUIET) {
		return;
	}

	const problem = await notify({title: 'Task done', text: completed.text}, {platform, env});
	if (problem !== undefined) {
		printError(\`No notification: \${problem}\`);
	}
}
`;

const firstImport = "import {readTasks, writeTasks} from './store.js';";

/** Task 2.1: the command notifies, and obeys the criterion that the person added by hand. */
export const notifyWhenDone = records('implement 2.1', [
	[
		thinks('The tests that are there must not notify anybody. 1.4 gives them the way: TODO_QUIET.'),
		says(
			'The tests come first; those that are there run with `TODO_QUIET`, so that they stay silent. The one for 1.4 passes for now, since nothing notifies yet.',
		),
		calls('edit', {path: 'test/cli.test.js', old_text: oldHead, new_text: newHead}),
		calls('edit', {path: 'test/cli.test.js', old_text: oldList, new_text: newList}),
		calls('edit', {path: 'test/cli.test.js', old_text: oldEnd, new_text: oldEnd + newTests}),
		calls('expect_red', {}),
		calls('edit', {path: 'src/cli.js', old_text: firstImport, new_text: `import {notify} from './notify.js';\n${firstImport}`}),
		calls('edit', {path: 'src/cli.js', old_text: oldDone, new_text: newDone}),
		calls('edit', {path: 'bin/todo.js', old_text: '{argv, env}', new_text: '{argv, env, platform}'}),
		calls('edit', {
			path: 'bin/todo.js',
			old_text: 'printError: line => console.error(line),\n',
			new_text: 'printError: line => console.error(line),\n\tplatform,\n\tenv,\n',
		}),
		calls('run', {command: 'npm test'}),
		ends(
			[
				'src/cli.js: `done` notifies after the list is written, unless `TODO_QUIET` is set; a reason goes to standard error.',
				'bin/todo.js hands the platform and the environment to `run`.',
				'test/cli.test.js: `openList(t, env)`; `npm test` runs all.',
			].join('\n'),
		),
	],
]);
