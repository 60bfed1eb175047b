import {z} from 'zod';
import type {LedgerEntry} from '../protocol/ledger-entry.ts';

const grade = z.enum(['proven', 'passing', 'green', 'unproven', 'red']);
const stage = z.enum(['requirements', 'design', 'tasks']);
const usage = z.object({input: z.number(), output: z.number(), cacheRead: z.number(), cacheWrite5m: z.number(), cacheWrite1h: z.number()});
const counts = z.object({passed: z.number(), failed: z.number(), skipped: z.number()});
const base = {v: z.literal(1), id: z.string().regex(/^[^\r\n]+$/), at: z.iso.datetime({offset: true}), by: z.string()};

/** One line of `ledger.jsonl`; the format is in formats.md. Keys that are not known are dropped. */
export const ledgerEntrySchema: z.ZodType<LedgerEntry> = z.discriminatedUnion('type', [
	z.object({...base, type: z.literal('approval'), stage, sha256: z.string(), parts: z.record(z.string(), z.string())}),
	z.object({
		...base,
		type: z.literal('task'),
		task: z.string(),
		textHash: z.string(),
		outcome: z.enum(['done', 'waiting', 'failed', 'interrupted']),
		grade,
		criteria: z.array(z.string()),
		command: z.string(),
		before: z.exactOptional(counts),
		after: z.exactOptional(counts),
		red: z.array(z.string()),
		green: z.array(z.string()),
		evidence: z.exactOptional(
			z.array(z.object({criterion: z.string(), textHash: z.string(), grade, tests: z.array(z.string()), seenRed: z.array(z.string())})),
		),
		sources: z.exactOptional(z.record(z.string(), z.string())),
		flaky: z.exactOptional(z.array(z.string())),
		repairs: z.exactOptional(z.number()),
		caught: z.exactOptional(z.array(z.object({kind: z.enum(['false-claim', 'tampering', 'flaky']), what: z.string()}))),
		files: z.array(z.object({path: z.string(), before: z.exactOptional(z.string()), after: z.exactOptional(z.string())})),
		commit: z.exactOptional(z.string()),
		conversation: z.exactOptional(z.string()),
		usage: z.exactOptional(usage),
		costUsd: z.exactOptional(z.number()),
		durationMs: z.number(),
		report: z.exactOptional(z.string()),
	}),
	z.object({
		...base,
		type: z.literal('proof'),
		task: z.string(),
		textHash: z.string(),
		attempt: z.string(),
		evidence: z.array(
			z.object({
				criterion: z.string(),
				textHash: z.string(),
				tests: z.array(z.string()),
				outcome: z.enum(['fails', 'passes', 'unknown']),
				why: z.exactOptional(z.string()),
			}),
		),
		mutants: z.number(),
		survivors: z.array(z.object({path: z.string(), line: z.number(), description: z.string()})),
		durationMs: z.number(),
	}),
	z.object({
		...base,
		type: z.literal('check'),
		command: z.string(),
		criteria: z.array(z.object({criterion: z.string(), textHash: z.string()})),
		files: z.array(z.object({path: z.string(), after: z.exactOptional(z.string())})),
	}),
	z.object({...base, type: z.literal('accept'), task: z.string(), textHash: z.string(), grade, reason: z.string()}),
	z.object({...base, type: z.literal('tick'), task: z.string(), textHash: z.string(), marker: z.string()}),
	z.object({
		...base,
		type: z.literal('cost'),
		entry: z.exactOptional(z.string()),
		stage: z.string(),
		usage,
		costUsd: z.exactOptional(z.number()),
		durationMs: z.exactOptional(z.number()),
	}),
]);
