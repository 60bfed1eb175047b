import type {ToolOutcome} from '../protocol/tool.ts';
import {unifiedDiff} from '../spec/changed-lines.ts';

/** A call that did not do what it was asked: what happened and what to do next, the same for the model and the person. */
export function failed(message: string): ToolOutcome {
	return {ok: false, forModel: message, display: {kind: 'text', text: message}};
}

/** A call whose result is a short text. */
export function told(message: string): ToolOutcome {
	return {ok: true, forModel: message, display: {kind: 'text', text: message}};
}

/** Lines that a change added and removed. */
export type Changed = {readonly added: number; readonly removed: number};

function countIn(patch: string): Changed {
	const lines = patch.split('\n');
	const hunks = lines.slice(lines.findIndex(line => line.startsWith('@@')));
	const count = (mark: string) => hunks.filter(line => line.startsWith(mark)).length;
	return {added: count('+'), removed: count('-')};
}

export type Written = {
	readonly path: string;
	readonly before: string;
	readonly after: string;
	readonly verb: string;
	/** A sentence behind it, from what changed and how many lines there are now. */
	readonly noteFor?: (changed: Changed, lines: number) => string | undefined;
};

/** A file that was changed: its diff for the person, its size for the model. */
export function written({path, before, after, verb, noteFor}: Written): ToolOutcome {
	const patch = unifiedDiff(path, before, after);
	const {added, removed} = countIn(patch);
	const note = noteFor?.({added, removed}, after.replace(/\n$/, '').split('\n').length);
	return {
		ok: true,
		forModel: [`${verb} ${path}: ${added} lines added, ${removed} removed.`, ...(note === undefined ? [] : [note])].join(' '),
		display: {kind: 'diff', path, patch, added, removed},
	};
}
