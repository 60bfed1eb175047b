import type {Key} from './key.ts';
import {codedKey, isTypeable, modifiersOf, namedKey} from './key-codes.ts';

/** What a whole control sequence means: keys, the start of a paste, or nothing (a reply, a click, a key that was let go). */
export type SequenceMeaning = Key | 'paste-start' | undefined;

const letters: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};

const numbers: Readonly<Record<number, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
	25: 'f13',
	26: 'f14',
	28: 'f15',
	29: 'f16',
	31: 'f17',
	32: 'f18',
	33: 'f19',
	34: 'f20',
};

const released = 3;

function numberOf(text: string | undefined): number | undefined {
	return text === undefined || text === '' ? undefined : Number(text);
}

/** `code:shifted:base ; modifiers:event ; text:text` (kitty). */
function kittyKey(fields: readonly string[]): Key | undefined {
	const [code, shifted, base] = (fields[0] ?? '').split(':').map(numberOf);
	const [modifiers, event] = (fields[1] ?? '').split(':').map(numberOf);
	if (code === undefined || event === released) {
		return undefined;
	}

	const points = (fields[2] ?? '').split(':').flatMap(text => numberOf(text) ?? []);
	const text = points.every(point => point <= 0x10_ff_ff) ? String.fromCodePoint(...points) : '';
	return codedKey({
		code,
		...(shifted !== undefined && {shifted}),
		...(base !== undefined && {base}),
		modifiers: modifiers ?? 1,
		...(isTypeable(text) && {text}),
	});
}

function modified(name: string | undefined, field: string | undefined): Key | undefined {
	const [parameter, event] = (field ?? '').split(':').map(numberOf);
	const modifiers = modifiersOf(parameter ?? 1);
	return name === undefined || modifiers === undefined || event === released ? undefined : namedKey(name, modifiers);
}

function letterKey(final: string, fields: readonly string[]): Key | undefined {
	// `CSI row ; column R` answers where the cursor is. Shift+F3 looks the same and loses: no key here needs it.
	if (final === 'R' && fields.length > 1) {
		return undefined;
	}

	return modified(letters[final], fields[1]);
}

function tildeKey(fields: readonly string[]): SequenceMeaning {
	const number = numberOf(fields[0]?.split(':')[0]);
	if (number === 200) {
		return 'paste-start';
	}

	// xterm's modifyOtherKeys: `CSI 27 ; modifiers ; code ~`.
	if (number === 27) {
		const code = numberOf(fields[2]);
		return code === undefined ? undefined : codedKey({code, modifiers: numberOf(fields[1]) ?? 1});
	}

	return number === undefined ? undefined : modified(numbers[number], fields[1]);
}

/** SGR mouse reports (mode 1006): the wheel is buttons 64 and 65, whatever modifiers are added; clicks and moves mean nothing. */
function mouse(parameters: string, final: string): Key | undefined {
	const button = Number.parseInt(parameters.slice(1), 10) & ~0b1_1100;
	if (final !== 'M' || (button !== 64 && button !== 65)) {
		return undefined;
	}

	return {kind: 'wheel', direction: button === 64 ? 'up' : 'down'};
}

/** rxvt marks modifiers by the last character: `CSI a` is Shift+Up, `CSI 3 $` Shift+Delete, `CSI 3 ^` Ctrl+Delete. */
function rxvtKey(parameters: string, final: string): Key | undefined {
	const name = numbers[Number(parameters)];
	return name === undefined ? undefined : namedKey(name, {shift: final !== '^', ctrl: final !== '$'});
}

const shiftedArrows: Readonly<Record<string, string>> = {a: 'up', b: 'down', c: 'right', d: 'left'};

/**
 * Reads one control sequence without its `ESC [`. `parameters` holds everything before the last character. What it does not know is a
 * reply of the terminal and means nothing; it never becomes text.
 */
export function parseCsi(parameters: string, final: string): SequenceMeaning {
	if (parameters.startsWith('<')) {
		return mouse(parameters, final);
	}

	if (parameters === '' && (final === 'I' || final === 'O')) {
		return {kind: 'focus', isFocused: final === 'I'};
	}

	if (parameters === '' && shiftedArrows[final] !== undefined) {
		return namedKey(shiftedArrows[final], {shift: true});
	}

	// The Linux console: `CSI [ A` to `CSI [ E` are F1 to F5.
	if (parameters === '[') {
		return /^[A-E]$/.test(final) ? namedKey(`f${final.charCodeAt(0) - 64}`) : undefined;
	}

	// A private mark or an intermediate character makes it a reply: modes, device attributes, the keyboard protocol's flags.
	if (!/^[\d:;]*$/.test(parameters)) {
		return undefined;
	}

	return keySequence(parameters, final);
}

function keySequence(parameters: string, final: string): SequenceMeaning {
	const fields = parameters.split(';');
	switch (final) {
		case '~': {
			return tildeKey(fields);
		}

		case 'u': {
			return kittyKey(fields);
		}

		case 'Z': {
			return namedKey('tab', {shift: true});
		}

		case '$':
		case '^':
		case '@': {
			return rxvtKey(parameters, final);
		}

		default: {
			return letterKey(final, fields);
		}
	}
}

const ss3Keypad: Readonly<Record<string, string>> = {j: '*', k: '+', l: ',', m: '-', n: '.', o: '/', X: '='};

/** Reads `ESC O` and one letter: cursor keys and F1 to F4 in application mode, the keypad, and rxvt's Ctrl with an arrow. */
export function parseSs3(parameters: string, final: string): SequenceMeaning {
	if (final === 'M') {
		return namedKey('enter');
	}

	if (shiftedArrows[final] !== undefined) {
		return namedKey(shiftedArrows[final], {ctrl: true});
	}

	const typed = final >= 'p' && final <= 'y' ? `${final.charCodeAt(0) - 112}` : ss3Keypad[final];
	if (typed !== undefined) {
		return {kind: 'text', text: typed, alt: false};
	}

	// Old xterms put the modifier before the letter: `ESC O 5 P`; some write it as `ESC O 1 ; 5 P`.
	return modified(letters[final], parameters.split(';').at(-1));
}
