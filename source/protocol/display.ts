import type {TestReport} from './test-report.ts';

/** What a finished tool call shows a person; the model gets its own text. A new tool needs no new component. */
export type Display =
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'lines'; readonly lines: readonly string[]; readonly summary: string}
	| {readonly kind: 'diff'; readonly path: string; readonly patch: string; readonly added: number; readonly removed: number}
	| {readonly kind: 'report'; readonly report: TestReport}
	/** The last words of a turn, which a call carried: they are shown as the agent's own, not as a card. Empty where the turn goes on. */
	| {readonly kind: 'closing'; readonly text: string};
