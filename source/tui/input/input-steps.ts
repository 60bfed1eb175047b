import {type ControlSequence, controlSequence} from './control-sequence.ts';
import {graphemesOf} from './graphemes.ts';
import type {Key} from './key.ts';
import {controlKey, isTypeable, namedKey} from './key-codes.ts';

export type InputMode = 'ground' | 'paste' | 'string';

/** One thing read from the front of the input, up to `next`; `incomplete` needs more bytes, or a silence, to be understood. */
export type Step =
	| {
			readonly next: number;
			readonly keys: readonly Key[];
			readonly mode?: InputMode /** Text of a paste that goes on. */;
			readonly pasted?: string;
	  }
	| 'incomplete';

const esc = '\x1b';
const pasteEnd = '\x1b[201~';
/** What opens a string of the terminal (DCS, SOS, OSC, PM, APC); it ends with ST, an OSC also with BEL. */
const stringStart = /^[P\]X^_]$/;
/** The last character waits for its other half, or for the rest of its emoji. */
const cutText = /[\u200d\ud800-\udbff]$/;

function textStep(text: string, at: number): Step {
	const length = text.slice(at).search(/[\x00-\x1f\x7f]/);
	const end = length === -1 ? text.length : at + length;
	const graphemes = graphemesOf(text.slice(at, end));
	const last = graphemes.at(-1) ?? '';
	const isCut = end === text.length && cutText.test(last);
	const whole = isCut ? graphemes.slice(0, -1) : graphemes;
	if (isCut && whole.length === 0) {
		return 'incomplete';
	}

	return {keys: asText(whole, false), next: isCut ? end - last.length : end};
}

function altStep(text: string, at: number): Step {
	const code = text.codePointAt(at + 1) ?? 0;
	if (code < 0x20 || code === 0x7f) {
		return {keys: [controlKey(code, true)], next: at + 2};
	}

	const typed = String.fromCodePoint(code);
	const next = at + 1 + typed.length;
	if (next === text.length && cutText.test(typed)) {
		return 'incomplete';
	}

	return {keys: isTypeable(typed) ? [{kind: 'text', text: typed, alt: true}] : [], next};
}

function openingStep(text: string, at: number): Step {
	if (!stringStart.test(text.charAt(at + 1))) {
		return altStep(text, at);
	}

	return text.length === at + 2 ? 'incomplete' : {keys: [], next: at + 2, mode: 'string'};
}

function keysOf(sequence: Extract<ControlSequence, {kind: 'whole'}>, isAfterEscape: boolean): readonly Key[] {
	const {meaning} = sequence;
	const keys = meaning === undefined || meaning === 'paste-start' ? [] : [meaning];
	if (!isAfterEscape) {
		return keys;
	}

	// ESC before an arrow is Alt in rxvt and with "Option as Esc"; before anything else it was the Esc key.
	const [key] = keys;
	return key?.kind === 'key' ? [{...key, alt: true}] : [namedKey('escape'), ...keys];
}

function escapeStep(text: string, at: number): Step {
	const isDouble = text[at + 1] === esc;
	const opening = text[at + (isDouble ? 2 : 1)];
	if (opening === undefined) {
		return 'incomplete';
	}

	if (opening !== '[' && opening !== 'O') {
		return isDouble ? {keys: [namedKey('escape')], next: at + 1} : openingStep(text, at);
	}

	const sequence = controlSequence(text, isDouble ? at + 1 : at);
	if (sequence.kind === 'incomplete') {
		return 'incomplete';
	}

	if (sequence.kind === 'broken') {
		return {keys: isDouble ? [namedKey('escape')] : [], next: sequence.next};
	}

	const isPaste = sequence.meaning === 'paste-start';
	return {keys: keysOf(sequence, isDouble), next: sequence.next, ...(isPaste && {mode: 'paste'})};
}

function groundStep(text: string, at: number): Step {
	const code = text.charCodeAt(at);
	if (code === 0x1b) {
		return escapeStep(text, at);
	}

	return code < 0x20 || code === 0x7f ? {keys: [controlKey(code)], next: at + 1} : textStep(text, at);
}

function pasteStep(text: string, at: number): Step {
	const end = text.indexOf(pasteEnd, at);
	if (end !== -1) {
		return {keys: [], pasted: text.slice(at, end), next: end + pasteEnd.length, mode: 'ground'};
	}

	// The end mark may have been cut: what could be its first characters waits.
	const next = text.length - pasteEnd.length + 1;
	return next <= at ? 'incomplete' : {keys: [], pasted: text.slice(at, next), next};
}

/** Swallows a string of the terminal. A control character that cannot be in one gives the keyboard back at once. */
function stringStep(text: string, at: number): Step {
	const length = text.slice(at).search(/[\x00-\x1f\x7f\x9c]/);
	if (length === -1) {
		return {keys: [], next: text.length};
	}

	const end = at + length;
	const isCut = text[end] === esc && end + 1 === text.length;
	if (isCut) {
		return length === 0 ? 'incomplete' : {keys: [], next: end};
	}

	const isSt = text[end] === esc && text[end + 1] === '\\';
	const isBell = text[end] === '\x07' || text[end] === '\x9c';
	return {keys: [], next: end + (isSt ? 2 : isBell ? 1 : 0), mode: 'ground'};
}

/** Reads the next thing at `at`, which is inside the text. */
export function nextStep(mode: InputMode, text: string, at: number): Step {
	switch (mode) {
		case 'ground': {
			return groundStep(text, at);
		}

		case 'paste': {
			return pasteStep(text, at);
		}

		case 'string': {
			return stringStep(text, at);
		}

		default: {
			return mode satisfies never;
		}
	}
}

function asText(graphemes: readonly string[], alt: boolean): readonly Key[] {
	return graphemes.filter(isTypeable).map((text): Key => ({kind: 'text', text, alt}));
}

/**
 * A held-back beginning taken for what it is when nothing follows. Undefined while it may be a reply that is late: nobody types the inside
 * of a sequence, and Alt+[ and Alt+O are no keys of this program.
 */
export function settledKeys(text: string): readonly Key[] | undefined {
	if (!text.startsWith(esc)) {
		return asText(graphemesOf(text), false);
	}

	const rest = text.replace(/^\x1b{1,2}/, '');
	const escapes = text.length - rest.length;
	if (rest === '') {
		return Array.from({length: escapes}, () => namedKey('escape'));
	}

	if (rest.length > 1 || rest === '[' || rest === 'O') {
		return undefined;
	}

	return [...(escapes === 2 ? [namedKey('escape')] : []), ...asText([rest], true)];
}

/** What is left of a beginning that was given up: an Esc key in front of a sequence that never ended. */
export function abandonedKeys(text: string): readonly Key[] {
	return text.startsWith(esc + esc) ? [namedKey('escape')] : [];
}
