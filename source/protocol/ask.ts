import type {CallId} from './ids.ts';

/** A choice that waits for a person. Every face shows it the same way: a title, some lines, and options with one key each. */
export type Ask = {
	readonly id: string;
	readonly kind:
		| 'trust'
		| 'permission'
		| 'question'
		| 'route'
		| 'test-command'
		| 'task'
		| 'undo'
		| 'approval'
		| 'budget'
		| 'model'
		| 'tampering'
		| 'commit';
	readonly title: string;
	/** What is judged, whole, and why it is asked; already free of secrets but not yet printable. */
	readonly lines: readonly string[];
	readonly options: readonly AskOption[];
	/** A free text is welcome instead of an option. */
	readonly takesText: boolean;
	/** The tool call that waits for the answer. */
	readonly call?: CallId;
};

export type AskOption = {
	/** One character, unique within the ask. */
	readonly key: string;
	readonly label: string;
	/** Choosing it opens a one-line field first (a reason, a pattern). */
	readonly wantsText?: boolean;
};

export type Answer = {
	/** The key of the chosen option; 'text' for a free text; 'escape' when the person left the bar. */
	readonly key: string;
	readonly text?: string;
};
