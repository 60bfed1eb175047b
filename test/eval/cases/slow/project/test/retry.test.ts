import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retry } from '../src/retry.ts';

async function failing(failures: number, options: { times: number; delayMs: number; factor?: number }) {
  const start = performance.now();
  const attempts: number[] = [];
  const work = async (attempt: number) => {
    attempts.push(attempt);
    if (attempt <= failures) throw new Error(`try ${attempt}`);
    return 'sent';
  };
  const result = await retry(work, options).catch((error: Error) => error.message);
  return { result, attempts, ms: performance.now() - start };
}

test('nothing to wait for', async () => {
  const { result, attempts } = await failing(0, { times: 3, delayMs: 5_000 });
  assert.equal(result, 'sent');
  assert.deepEqual(attempts, [1]);
});

test('the breaks get longer', async () => {
  const { result, ms } = await failing(2, { times: 3, delayMs: 2_000 });
  assert.equal(result, 'sent');
  assert.ok(ms > 5_900);
});

test('the breaks can stay the same', async () => {
  const { result, ms } = await failing(2, { times: 3, delayMs: 2_500, factor: 1 });
  assert.equal(result, 'sent');
  assert.ok(ms > 4_900 && ms < 7_000);
});

test('the last error is given on', async () => {
  const { result, attempts } = await failing(9, { times: 3, delayMs: 1_500 });
  assert.equal(result, 'try 3');
  assert.deepEqual(attempts, [1, 2, 3]);
});

test('there is no break after the last try', async () => {
  const { ms } = await failing(9, { times: 2, delayMs: 4_500 });
  assert.ok(ms < 6_000);
});
