import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LONG_JOB_MS } from '../src/limits.ts';
import { runJob } from '../src/runner.ts';

function clock(ms: number) {
  const times = [0, ms];
  return () => times.shift() ?? ms;
}

test('a short job', async () => {
  const lines: string[] = [];
  const outcome = await runJob('lint', async () => 1, { now: clock(3_000), log: (line) => lines.push(line) });
  assert.deepEqual(outcome, { name: 'lint', ok: true, ms: 3_000 });
  assert.deepEqual(lines, ['lint: done in 3s']);
});

test('a long job is marked', async () => {
  const lines: string[] = [];
  await runJob('build', async () => 1, { now: clock(LONG_JOB_MS), log: (line) => lines.push(line) });
  assert.match(lines[0], /^build: done in .* \(long\)$/);
});

test('a job that throws is an outcome', async () => {
  const lines: string[] = [];
  const error = new Error('no');
  const outcome = await runJob('x', () => Promise.reject(error), { now: clock(500), log: (line) => lines.push(line) });
  assert.deepEqual(outcome, { name: 'x', ok: false, ms: 500, error });
  assert.deepEqual(lines, ['x: failed after 500 ms']);
});
