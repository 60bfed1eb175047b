/** A job that takes at least this long is a long one. */
export const LONG_JOB_MS = 60_000;

/** Nobody waits longer than this for an outside program that is not the job itself. */
export const PROGRAM_LIMIT_MS = 2_000;
