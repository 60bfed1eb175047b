import type {Key} from './key.ts';

type Modifiers = {readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean};

const none: Modifiers = {ctrl: false, alt: false, shift: false};

export function namedKey(name: string, modifiers: Partial<Modifiers> = {}): Key {
	return {kind: 'key', name, ...none, ...modifiers};
}

/** Control characters, DEL and C1, halves of surrogate pairs, and what a decoder puts for bytes that are no text. */
const unprintable = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]|\p{Surrogate}/u;

/** Whether a text may be shown and inserted as typed. */
export function isTypeable(text: string): boolean {
	return text !== '' && !unprintable.test(text);
}

/** The bits of `1 + modifiers` in xterm's and kitty's sequences; undefined with Super, Hyper or Meta, which belong to the desktop. */
export function modifiersOf(parameter: number): Modifiers | undefined {
	const bits = Math.max(0, parameter - 1);
	if ((bits & 0b11_1000) !== 0) {
		return undefined;
	}

	return {shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0};
}

/** A C0 control character as the key that sends it: Ctrl+I, Ctrl+M and Ctrl+[ are Tab, Enter and Esc, as every terminal has them. */
export function controlKey(code: number, alt = false): Key {
	switch (code) {
		case 0x08:
		case 0x7f: {
			return namedKey('backspace', {alt});
		}

		case 0x09: {
			return namedKey('tab', {alt});
		}

		case 0x0a: {
			return namedKey('newline', {alt});
		}

		case 0x0d: {
			return namedKey('enter', {alt});
		}

		case 0x1b: {
			return namedKey('escape', {alt});
		}

		case 0x00: {
			return namedKey('space', {ctrl: true, alt});
		}

		default: {
			return namedKey(String.fromCharCode(code + 64).toLowerCase(), {ctrl: true, alt});
		}
	}
}

// https://sw.kovidgoyal.net/kitty/keyboard-protocol/#functional-key-definitions
const functional: Readonly<Record<number, string>> = {
	8: 'backspace',
	9: 'tab',
	10: 'newline',
	13: 'enter',
	27: 'escape',
	127: 'backspace',
	57414: 'enter',
	57417: 'left',
	57418: 'right',
	57419: 'up',
	57420: 'down',
	57421: 'pageup',
	57422: 'pagedown',
	57423: 'home',
	57424: 'end',
	57425: 'insert',
	57426: 'delete',
};

const keypad = '0123456789./*-+';
const keypadStart = 57399;
const keypadText: Readonly<Record<number, string>> = {57415: '=', 57416: ','};

/** Chords that a terminal without a modern protocol cannot tell from a named key; they stay that key everywhere. */
const chordNames: Readonly<Record<string, string>> = {i: 'tab', m: 'enter', j: 'newline', h: 'backspace', '[': 'escape'};

function textOf(code: number): string | undefined {
	if (code >= keypadStart && code < keypadStart + keypad.length) {
		return keypad[code - keypadStart];
	}

	if (keypadText[code] !== undefined) {
		return keypadText[code];
	}

	// U+E000 to U+F8FF: kitty's numbers for keys that type nothing (Caps Lock, the modifiers themselves, media keys).
	const isText = code >= 0x20 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xf8_ff);
	const text = isText ? String.fromCodePoint(code) : '';
	return isTypeable(text) ? text : undefined;
}

function chord(text: string, modifiers: Modifiers): Key {
	const letter = text.toLowerCase();
	const name = chordNames[letter];
	if (name !== undefined) {
		return namedKey(name, {...modifiers, ctrl: false});
	}

	return namedKey(letter === ' ' ? 'space' : letter, modifiers);
}

export type CodedKey = {
	readonly code: number;
	/** What Shift makes of the key, where the terminal tells. */
	readonly shifted?: number;
	/** The same key on a Latin layout, where the terminal tells: Ctrl+C is Ctrl+C on a Cyrillic keyboard too. */
	readonly base?: number;
	readonly modifiers: number;
	readonly text?: string;
};

/** A key that was sent as a number (kitty's CSI u, xterm's modifyOtherKeys); undefined for keys that do nothing by themselves. */
export function codedKey(key: CodedKey): Key | undefined {
	const modifiers = modifiersOf(key.modifiers);
	if (modifiers === undefined) {
		return undefined;
	}

	const name = functional[key.code] ?? functionKey(key.code);
	if (name !== undefined) {
		return namedKey(name, modifiers);
	}

	const plain = textOf(key.code);
	if (modifiers.ctrl) {
		const latin = key.base === undefined ? plain : textOf(key.base);
		return latin === undefined ? undefined : chord(latin, modifiers);
	}

	const typed = key.text !== undefined && isTypeable(key.text) ? key.text : shiftedText(key, plain, modifiers);
	return typed === undefined ? undefined : {kind: 'text', text: typed, alt: modifiers.alt};
}

function functionKey(code: number): string | undefined {
	// 57376 is F13; F1 to F12 have sequences of their own.
	return code >= 57376 && code <= 57398 ? `f${code - 57376 + 13}` : undefined;
}

function shiftedText(key: CodedKey, plain: string | undefined, modifiers: Modifiers): string | undefined {
	if (!modifiers.shift) {
		return plain;
	}

	return key.shifted === undefined ? plain?.toUpperCase() : textOf(key.shifted);
}
