/** How much goes unasked. In requirements, design and tasks only the stage's own document is written, in every mode. */
export type Mode = 'ask' | 'auto-edit' | 'auto-task';

export const modes: readonly Mode[] = ['ask', 'auto-edit', 'auto-task'];

/** What a tool call would do to the world, in the terms permission decides on. Paths are as the model gave them. */
export type Action =
	| {readonly kind: 'read'; readonly path: string}
	| {readonly kind: 'write'; readonly path: string}
	| {readonly kind: 'command'; readonly command: string}
	| {readonly kind: 'document'}
	| {readonly kind: 'package-lookup'; readonly name: string}
	| {readonly kind: 'harmless'};

/** deny > ask > allow; a repository's rules may only tighten. `match` is a command (exact, or a prefix when it ends in ` *`), a path glob, or a package. */
export type Rule = {
	readonly effect: 'allow' | 'ask' | 'deny';
	readonly capability: 'command' | 'read' | 'write' | 'package-lookup';
	readonly match: string;
	readonly from: 'built-in' | 'user' | 'project' | 'flag' | 'session';
};

export type Decision =
	| {readonly kind: 'allow'}
	| {
			readonly kind: 'ask';
			/** Why it is asked, one sentence. */
			readonly why: string;
			/** What "always" would allow from now on; absent when nothing safe can be offered. */
			readonly pattern?: string;
	  }
	| {readonly kind: 'deny'; readonly why: string};
