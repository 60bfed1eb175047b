import { formatDuration } from './duration.ts';
import { LONG_JOB_MS } from './limits.ts';

export type Outcome = { name: string; ok: boolean; ms: number; error?: unknown };

export type JobOptions = {
  /** The clock, in milliseconds. */
  now?: () => number;
  log?: (line: string) => void;
};

/** Runs a job to its end. A job that throws is an outcome, not an error. */
export async function runJob(
  name: string,
  work: () => Promise<unknown>,
  { now = Date.now, log = console.log }: JobOptions = {},
): Promise<Outcome> {
  const start = now();
  const outcome: Outcome = { name, ok: true, ms: 0 };
  try {
    await work();
  } catch (error) {
    outcome.ok = false;
    outcome.error = error;
  }
  outcome.ms = now() - start;
  const result = outcome.ok ? 'done in' : 'failed after';
  const mark = outcome.ms >= LONG_JOB_MS ? ' (long)' : '';
  log(`${name}: ${result} ${formatDuration(outcome.ms)}${mark}`);
  return outcome;
}
