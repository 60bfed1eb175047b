import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TodoStore } from '../src/index.ts';

const anyStore = (store: TodoStore): any => store;

function repeating(due: string, every: number, unit: string, tags: string[] = []) {
  const store = new TodoStore();
  const { id } = anyStore(store).add('Water plants', { due, tags, repeat: { every, unit } });
  return { store, id };
}

function open(store: TodoStore): any[] {
  return store.list({ open: true });
}

test('completing a weekly todo adds one that is due a week later', () => {
  const { store, id } = repeating('2025-03-10', 1, 'week');
  store.complete(id, '2025-03-10');
  assert.deepEqual(open(store).map((todo) => todo.due), ['2025-03-17']);
});

test('the next todo has the same title, tags and repeat', () => {
  const { store, id } = repeating('2025-03-10', 2, 'day', ['home', 'green']);
  store.complete(id, '2025-03-10');
  const [next] = open(store);
  assert.notEqual(next.id, id);
  assert.equal(next.title, 'Water plants');
  assert.deepEqual(next.tags, ['home', 'green']);
  assert.deepEqual({ ...next.repeat }, { every: 2, unit: 'day' });
  assert.equal(store.get(id).done, '2025-03-10');
});

test('days of the series that are not after today are left out', () => {
  const late = repeating('2025-03-01', 3, 'day');
  late.store.complete(late.id, '2025-03-08');
  assert.deepEqual(open(late.store).map((todo) => todo.due), ['2025-03-10']);
  const exact = repeating('2025-03-01', 3, 'day');
  exact.store.complete(exact.id, '2025-03-07');
  assert.deepEqual(open(exact.store).map((todo) => todo.due), ['2025-03-10']);
});

test('a todo that is completed early is not due again on the same day', () => {
  const { store, id } = repeating('2025-03-10', 1, 'week');
  store.complete(id, '2025-02-20');
  assert.deepEqual(open(store).map((todo) => todo.due), ['2025-03-17']);
});

test('[trap] a monthly series that began on the 31st goes back to it after a short month', () => {
  const { store, id } = repeating('2025-01-31', 1, 'month');
  store.complete(id, '2025-01-31');
  const [february] = open(store);
  assert.equal(february.due, '2025-02-28');
  store.complete(february.id, '2025-02-28');
  assert.deepEqual(open(store).map((todo) => todo.due), ['2025-03-31']);
});

test('[trap] a monthly series keeps its day over dump and load', () => {
  const { store, id } = repeating('2025-01-31', 1, 'month');
  store.complete(id, '2025-01-31');
  const loaded = TodoStore.load(store.dump());
  const [february] = open(loaded);
  loaded.complete(february.id, '2025-02-28');
  assert.deepEqual(open(loaded).map((todo) => todo.due), ['2025-03-31']);
});

test('a repeating todo still repeats after dump and load', () => {
  const { store } = repeating('2025-03-10', 2, 'week');
  const loaded = TodoStore.load(store.dump());
  assert.deepEqual({ ...open(loaded)[0].repeat }, { every: 2, unit: 'week' });
  loaded.complete(1, '2025-03-10');
  assert.deepEqual(open(loaded).map((todo) => todo.due), ['2025-03-24']);
});

test('[trap] completing a done todo again adds nothing', () => {
  const { store, id } = repeating('2025-03-10', 1, 'day');
  store.complete(id, '2025-03-10');
  store.complete(id, '2025-03-11');
  assert.equal(store.list().length, 2);
});

test('[trap] changing the repeat object of the caller does not change the series', () => {
  const store = new TodoStore();
  const repeat = { every: 1, unit: 'week' };
  const { id } = anyStore(store).add('Bins', { due: '2025-03-10', repeat });
  repeat.every = 5;
  store.complete(id, '2025-03-10');
  assert.deepEqual(open(store).map((todo) => todo.due), ['2025-03-17']);
});

test('a wrong repeat is a RangeError and adds nothing', () => {
  const store = new TodoStore();
  const due = '2025-03-10';
  const wrong = [
    { due, repeat: { every: 0, unit: 'day' } },
    { due, repeat: { every: 1.5, unit: 'day' } },
    { due, repeat: { every: Number.NaN, unit: 'day' } },
    { due, repeat: { every: 1, unit: 'year' } },
    { repeat: { every: 1, unit: 'day' } },
  ];
  for (const options of wrong) assert.throws(() => anyStore(store).add('x', options), RangeError);
  assert.equal(store.list().length, 0);
});

test('stopRepeat leaves an open ordinary todo', () => {
  const { store, id } = repeating('2025-03-10', 1, 'week');
  anyStore(store).stopRepeat(id);
  const [todo] = open(store);
  assert.equal(todo.due, '2025-03-10');
  assert.equal(todo.repeat, undefined);
  store.complete(id, '2025-03-10');
  assert.deepEqual(open(store), []);
});

test('occurrences of a series include both ends and start at the due day', () => {
  const { store, id } = repeating('2025-01-31', 1, 'month');
  const days = (from: string, to: string) => anyStore(store).occurrences(id, from, to);
  assert.deepEqual(days('2025-02-28', '2025-04-30'), ['2025-02-28', '2025-03-31', '2025-04-30']);
  assert.deepEqual(days('2024-06-01', '2025-02-27'), ['2025-01-31']);
});

test('occurrences of an ordinary todo are its due day or nothing', () => {
  const store = new TodoStore();
  const dated = store.add('one', { due: '2025-03-10' });
  const bare = store.add('two');
  assert.deepEqual(anyStore(store).occurrences(dated.id, '2025-03-10', '2025-03-20'), ['2025-03-10']);
  assert.deepEqual(anyStore(store).occurrences(dated.id, '2025-03-11', '2025-03-20'), []);
  assert.deepEqual(anyStore(store).occurrences(bare.id, '2025-03-01', '2025-03-20'), []);
});

test('a dump from before the change loads and works', () => {
  const old = {
    version: 1,
    nextId: 8,
    todos: [{ id: 7, title: 'Old', tags: ['a'], due: '2025-03-10' }],
  };
  const store = TodoStore.load(JSON.stringify(old));
  store.complete(7, '2025-03-10');
  assert.deepEqual(open(store), []);
  assert.equal(store.add('New').id, 8);
});

test('[edit] the next todo names the one before in previous', () => {
  const { store, id } = repeating('2025-03-10', 1, 'week');
  store.complete(id, '2025-03-10');
  assert.equal(open(store)[0].previous, id);
});
