import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Shelf } from '../src/shelf.ts';

test('notes with the same title are kept apart', () => {
  const shelf = new Shelf();
  shelf.add('Tea', 'green');
  const second = shelf.add('Tea', 'black');
  assert.equal(second.name, 'tea-2');
  assert.equal(shelf.get('tea')?.text, 'green');
  assert.deepEqual(shelf.files(), { 'tea.txt': 'Tea\n\ngreen\n', 'tea-2.txt': 'Tea\n\nblack\n' });
});
