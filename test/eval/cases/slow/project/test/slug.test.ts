import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slug, uniqueSlug } from '../src/slug.ts';

test('small letters, digits and single dashes', () => {
  assert.equal(slug('Green Tea, 2nd try!'), 'green-tea-2nd-try');
  assert.equal(slug('Crème brûlée'), 'creme-brulee');
});

test('nothing left', () => {
  assert.equal(slug('???'), 'note');
});

test('a taken name gets a number', () => {
  assert.equal(uniqueSlug('Tea', []), 'tea');
  assert.equal(uniqueSlug('Tea', ['tea']), 'tea-2');
  assert.equal(uniqueSlug('Tea', ['tea', 'tea-2']), 'tea-3');
});
