import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TodoStore } from '../src/index.ts';

test('add gives ids in order', () => {
  const store = new TodoStore();
  assert.equal(store.add('one').id, 1);
  assert.equal(store.add('two').id, 2);
});

test('a title and a real day are needed', () => {
  const store = new TodoStore();
  assert.throws(() => store.add(' '), RangeError);
  assert.throws(() => store.add('x', { due: '2025-02-30' }), RangeError);
  assert.equal(store.list().length, 0);
});

test('complete keeps the first day', () => {
  const store = new TodoStore();
  const { id } = store.add('one');
  store.complete(id, '2025-03-01');
  assert.equal(store.complete(id, '2025-03-05').done, '2025-03-01');
});

test('list is sorted by due day and can leave out what is done', () => {
  const store = new TodoStore();
  store.add('none');
  store.add('late', { due: '2025-05-01' });
  store.add('soon', { due: '2025-04-01' });
  store.complete(2, '2025-03-01');
  assert.deepEqual(store.list().map((todo) => todo.title), ['soon', 'late', 'none']);
  assert.deepEqual(store.list({ open: true }).map((todo) => todo.title), ['soon', 'none']);
});

test('what is handed out is a copy', () => {
  const store = new TodoStore();
  const todo = store.add('one', { tags: ['a'] });
  todo.tags.push('b');
  assert.deepEqual(store.get(1).tags, ['a']);
});

test('dump and load', () => {
  const store = new TodoStore();
  store.add('one', { due: '2025-04-01', tags: ['a'] });
  store.complete(1, '2025-03-30');
  const loaded = TodoStore.load(store.dump());
  assert.deepEqual(loaded.list(), store.list());
  assert.equal(loaded.add('two').id, 2);
});
