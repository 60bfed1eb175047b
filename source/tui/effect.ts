import type {Intent} from '../protocol/intent.ts';
import type {Key} from './input/key.ts';

/** What a key sets off outside the picture. */
export type Effect =
	| {readonly kind: 'send'; readonly intent: Intent}
	| {readonly kind: 'exit'}
	/** Puts a text on the clipboard; `what` names it for the person. */
	| {readonly kind: 'copy'; readonly text: string; readonly what: string}
	/** Opens a file in the person's editor. */
	| {readonly kind: 'open-file'; readonly path: string; readonly line: number}
	/** Lets the person write the prompt in their editor. */
	| {readonly kind: 'edit-prompt'; readonly text: string}
	| {readonly kind: 'suspend'}
	| {readonly kind: 'redraw'}
	/** A key for the one-line field. */
	| {readonly kind: 'feed'; readonly key: Key}
	/** Forgets the keys that the one-line field has not taken. */
	| {readonly kind: 'clear-feed'}
	/** Looks again which files the project has, for a mention that begins. */
	| {readonly kind: 'list-files'}
	/** Keeps a sent message for the history. */
	| {readonly kind: 'remember'; readonly text: string};
