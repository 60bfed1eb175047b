import { setTimeout as wait } from 'node:timers/promises';

export type RetryOptions = { times: number; delayMs: number; factor?: number };

/** Tries work up to `times` times; the break before each further try is `factor` times as long as the last. */
export async function retry<T>(work: (attempt: number) => Promise<T>, { times, delayMs, factor = 2 }: RetryOptions): Promise<T> {
  let delay = delayMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= times) throw error;
      await wait(delay);
      delay *= factor;
    }
  }
}
