import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from '../src/duration.ts';

test('durations', () => {
  assert.equal(formatDuration(850), '850 ms');
  assert.equal(formatDuration(12_900), '12s');
  assert.equal(formatDuration(125_000), '2m 5s');
  assert.equal(formatDuration(3_603_000), '1h 0m 3s');
});
