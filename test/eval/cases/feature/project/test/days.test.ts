import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, isDay } from '../src/index.ts';

test('a day must exist', () => {
  assert.equal(isDay('2024-02-29'), true);
  assert.equal(isDay('2025-02-29'), false);
  assert.equal(isDay('2025-3-1'), false);
});

test('adding days crosses months', () => {
  assert.equal(addDays('2025-02-27', 3), '2025-03-02');
  assert.equal(addDays('2025-01-01', -1), '2024-12-31');
});
