import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Shelf } from '../src/shelf.ts';
import * as module from '../src/slug.ts';

const { slug, uniqueSlug }: any = module;

const LONG = 'How to make a very good cup of green tea in the morning';

test('a long slug ends after the last whole word that fits', () => {
  assert.equal(slug('Green tea and black coffee', 12), 'green-tea');
});

test('without max a slug has at most 40 characters', () => {
  assert.equal(slug(LONG), 'how-to-make-a-very-good-cup-of-green-tea');
  assert.equal(slug(LONG.replace('green', 'strong')), 'how-to-make-a-very-good-cup-of-strong');
  assert.equal(slug('one two three four five six seven eight nine'), 'one-two-three-four-five-six-seven-eight');
});

test('[trap] a cut exactly between two words keeps the word before it', () => {
  assert.equal(slug('green tea leaves', 9), 'green-tea');
  assert.equal(slug('green tea leaves', 10), 'green-tea');
});

test('a first word that is too long is cut inside', () => {
  assert.equal(slug('abcdefghijklmnop tea', 10), 'abcdefghij');
});

test('a slug that just fits stays as it is', () => {
  assert.equal(slug('Green tea!', 9), 'green-tea');
  assert.equal(slug('abcdefghij', 10), 'abcdefghij');
});

test('uniqueSlug without a clash is the slug', () => {
  assert.equal(uniqueSlug('Green tea and black coffee', [], 12), 'green-tea');
});

test('[trap] the number counts', () => {
  assert.equal(uniqueSlug('green tea leaves', ['green-tea'], 11), 'green-tea-2');
  assert.equal(uniqueSlug('green tea leaves', ['green-tea'], 10), 'green-2');
  assert.equal(uniqueSlug('abcdefghijklmnop', ['abcdefghij'], 10), 'abcdefgh-2');
});

test('[trap] a number of two digits counts as well', () => {
  const taken = ['abcdefghij', ...[2, 3, 4, 5, 6, 7, 8, 9].map((number) => `abcdefgh-${number}`)];
  assert.equal(uniqueSlug('abcdefghijklmnop', taken, 10), 'abcdefg-10');
});

test('a taken short name still gets a number', () => {
  assert.equal(uniqueSlug('Tea', ['tea', 'tea-2']), 'tea-3');
});

test('the shelf gives names of at most 40 characters, all different', () => {
  const shelf = new Shelf();
  const names = Array.from({ length: 12 }, () => shelf.add(LONG, 'x').name);
  assert.equal(new Set(names).size, 12);
  for (const name of names) assert.ok(name.length <= 40, name);
});

test('[edit] a max below 8 is refused', () => {
  assert.throws(() => slug('tea', 7), RangeError);
  assert.throws(() => uniqueSlug('tea', [], 7), RangeError);
  assert.equal(slug('tea', 8), 'tea');
});
