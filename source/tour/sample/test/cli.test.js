import assert from 'node:assert/strict';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {run} from '../src/cli.js';

async function openList(t) {
	const folder = await mkdtemp(join(tmpdir(), 'todo-'));
	t.after(() => rm(folder, {recursive: true}));
	const lines = [];
	const file = join(folder, 'todo.json');
	return {lines, file, print: line => lines.push(line), printError: line => lines.push(line)};
}

test('what was added is listed, also by the next run', async t => {
	const io = await openList(t);
	assert.equal(await run(['add', 'Buy', 'milk'], io), 0);
	assert.equal(await run(['list'], io), 0);
	assert.deepEqual(io.lines, ['Added 1: Buy milk', '1. [ ] Buy milk']);
});

test('done ticks the task in the file', async t => {
	const io = await openList(t);
	await run(['add', 'Buy milk'], io);
	assert.equal(await run(['done', '1'], io), 0);
	assert.equal(io.lines.at(-1), 'Done: Buy milk');
	assert.deepEqual(JSON.parse(await readFile(io.file, 'utf8')), [{text: 'Buy milk', isDone: true}]);
});

test('an unknown number changes nothing and exits with 1', async t => {
	const io = await openList(t);
	assert.equal(await run(['done', '7'], io), 1);
	assert.deepEqual(io.lines, ['There is no task 7']);
});

test('a damaged file is said in one line', async t => {
	const io = await openList(t);
	await writeFile(io.file, '{');
	assert.equal(await run(['list'], io), 1);
	assert.match(io.lines[0], /is not a to-do list$/);
});

test('an unknown command shows the usage and exits with 2', async t => {
	const io = await openList(t);
	assert.equal(await run(['remove'], io), 2);
	assert.match(io.lines[0], /^Usage:/);
});
