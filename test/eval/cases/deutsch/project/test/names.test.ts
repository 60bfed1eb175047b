import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName, sortMembers } from '../src/names.ts';

test('Dateinamen', () => {
  assert.equal(fileName('Anna-Lena Schmidt'), 'anna-lena-schmidt');
  assert.equal(fileName('  Dr. Otto  Hahn (2)'), 'dr-otto-hahn-2');
});

test('Mitglieder werden sortiert, die Liste selbst bleibt', () => {
  const names = ['Otto', 'Anna', 'Berta'];
  assert.deepEqual(sortMembers(names), ['Anna', 'Berta', 'Otto']);
  assert.deepEqual(names, ['Otto', 'Anna', 'Berta']);
});
