import {z} from 'zod';

const price = z.strictObject({
	/** US dollars for a million tokens. */
	input: z.number().nonnegative(),
	output: z.number().nonnegative(),
	cacheRead: z.exactOptional(z.number().nonnegative()),
	cacheWrite5m: z.exactOptional(z.number().nonnegative()),
	cacheWrite1h: z.exactOptional(z.number().nonnegative()),
});

export type Price = z.infer<typeof price>;

const modelId = z.exactOptional(z.string().min(1));
const texts = z.exactOptional(z.array(z.string()));

/** The keys of the user's `settings.json`. Each is checked by itself, so that one mistake does not switch the others off. */
export const userSettingsFields = {
	$schema: z.string(),
	rules: z.strictObject({allow: texts, ask: texts, deny: texts}),
	repairRounds: z.int().min(0).max(10),
	tests: z.strictObject({
		scope: z.exactOptional(z.enum(['all', 'affected'])),
		timeoutMs: z.exactOptional(z.int().min(1000)),
		fullUnderMs: z.exactOptional(z.int().min(0)),
	}),
	vibe: z.strictObject({tests: z.exactOptional(z.enum(['auto', 'off']))}),
	models: z.strictObject({requirements: modelId, design: modelId, tasks: modelId, implement: modelId, vibe: modelId}),
	prices: z.record(z.string(), price),
	budgetUsd: z.number().positive(),
	commits: z.enum(['off', 'ask']),
	checks: z.strictObject({off: texts}),
	notifications: z.boolean(),
	ledger: z.strictObject({costs: z.exactOptional(z.boolean())}),
};

/** The keys that a project's `.kiro/tui/settings.json` may set. */
export const projectSettingsFields = {
	$schema: z.string(),
	testCommand: z.string().min(1).max(1000),
	checks: z.strictObject({off: texts}),
	// What tightens counts even beside what may not stand here.
	rules: z.looseObject({ask: texts, deny: texts}),
};

export type Fields = Readonly<Record<string, z.ZodType>>;

export type ValuesOf<Shape extends Fields> = {readonly [Key in keyof Shape]?: z.infer<Shape[Key]>};

export type UserSettings = ValuesOf<typeof userSettingsFields>;
