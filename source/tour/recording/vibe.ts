import {calls, ends, records, says} from './blocks.ts';
import {handEdit} from './requirements.ts';

/** What free iteration adds to the agreement, when the person says yes. */
export const newCriterion = '5. WHILE open tasks are left, THE Todo_CLI SHALL use the title `Task done, <n> left` with their number';

const oldCall = `	const problem = await notify({title: 'Task done', text: completed.text}, {platform, env});
`;
const newCall = `	const left = tasks.filter(task => !task.isDone).length;
	const title = left === 0 ? 'Task done' : \`Task done, \${left} left\`;
	const problem = await notify({title, text: completed.text}, {platform, env});
`;

const lastLines = `	assert.deepEqual(errors, ['No notification: notify-send could not be started']);
	assert.deepEqual(JSON.parse(await readFile(io.file, 'utf8')), [{text: 'Buy milk', isDone: true}]);
});
`;
const newTest = `
test('the title says how many tasks are left', {skip}, async t => {
	const {env, seen} = await fakeNotifier(t, {command: 'notify-send'});
	const io = await openList(t, env);
	await run(['add', 'Buy milk'], io);
	await run(['add', 'Call Ada'], io);
	await run(['done', '2'], io);
	assert.deepEqual((await seen()).slice(-2), ['Task done, 1 left', 'Call Ada']);
});
`;

/** Free iteration: one change, and what it means for the spec. */
export const vibe = records('vibe', [
	[calls('read', {path: 'src/cli.js'}), calls('read', {path: 'test/cli.test.js'})],
	[
		says('A test with two tasks, then the title.'),
		calls('edit', {path: 'test/cli.test.js', old_text: lastLines, new_text: lastLines + newTest}),
		calls('edit', {path: 'src/cli.js', old_text: oldCall, new_text: newCall}),
		calls('run', {command: 'npm test'}),
		ends(
			'With tasks left, the title now reads `Task done, 1 left`; with none it stays `Task done`. That goes past 1.1, which knows only the plain title.',
		),
	],
	[
		says('Yes: the title now tells what is left, and no criterion says so. This is its sentence, and its test gets its id.'),
		calls('edit_document', {document: 'requirements', old_text: handEdit.line, new_text: `${handEdit.line}\n${newCriterion}`}),
		calls('edit', {path: 'test/cli.test.js', old_text: "tasks are left'", new_text: "tasks are left [1.5]'"}),
		ends('1.5 stands in `requirements.md`, which wants a new approval, and its test names it. Design and tasks stay.'),
	],
]);
