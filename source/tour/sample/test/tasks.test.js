import assert from 'node:assert/strict';
import {test} from 'node:test';
import {addTask, completeTask, formatTasks} from '../src/tasks.js';

test('a new task is open and stands last', () => {
	const tasks = addTask([{text: 'Buy milk', isDone: true}], '  Call Ada ');
	assert.deepEqual(tasks.at(-1), {text: 'Call Ada', isDone: false});
});

test('a task without a text is refused', () => {
	assert.throws(() => addTask([], '  '), /needs a text/);
});

test('completing a task leaves the others alone', () => {
	const {tasks, completed} = completeTask(addTask(addTask([], 'Buy milk'), 'Call Ada'), 2);
	assert.equal(completed.text, 'Call Ada');
	assert.deepEqual(formatTasks(tasks), ['1. [ ] Buy milk', '2. [x] Call Ada']);
});

test('a task is completed once', () => {
	const {tasks} = completeTask(addTask([], 'Buy milk'), 1);
	assert.throws(() => completeTask(tasks, 1), /done already/);
});
