import {parseCsi, parseSs3, type SequenceMeaning} from './parse-csi.ts';

export type ControlSequence =
	| {readonly kind: 'whole'; readonly meaning: SequenceMeaning; readonly next: number}
	| {readonly kind: 'incomplete'}
	/** A character that no sequence may hold: what came before it is dropped, it is read anew. */
	| {readonly kind: 'broken'; readonly next: number};

/** Longer than any reply or key; what grows beyond it is noise. */
const longest = 256;
/** The old mouse report is `CSI M` and three raw bytes. */
const oldMouseBytes = 3;

function isParameter(code: number): boolean {
	return code >= 0x20 && code <= 0x3f;
}

function isFinal(code: number): boolean {
	return code >= 0x40 && code <= 0x7e;
}

/** rxvt ends Shift+Delete and its like with `$`, elsewhere a character of the middle. */
function isRxvtEnd(parameters: string, character: string): boolean {
	return character === '$' && /^[235678]$/.test(parameters);
}

function csi(text: string, start: number): ControlSequence {
	for (let index = start; index < text.length; index++) {
		const code = text.charCodeAt(index);
		const parameters = text.slice(start, index);
		if (isFinal(code) || isRxvtEnd(parameters, text.charAt(index))) {
			// The Linux console writes F1 as `CSI [ A`.
			if (parameters === '' && text[index] === '[') {
				continue;
			}

			return endOfCsi(text, parameters, index);
		}

		if (!isParameter(code) || parameters.length >= longest) {
			return {kind: 'broken', next: index};
		}
	}

	return {kind: 'incomplete'};
}

function endOfCsi(text: string, parameters: string, index: number): ControlSequence {
	const final = text.charAt(index);
	if (parameters !== '' || final !== 'M') {
		return {kind: 'whole', meaning: parseCsi(parameters, final), next: index + 1};
	}

	const next = index + 1 + oldMouseBytes;
	return next > text.length ? {kind: 'incomplete'} : {kind: 'whole', meaning: undefined, next};
}

function ss3(text: string, start: number): ControlSequence {
	for (let index = start; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (isFinal(code)) {
			return {kind: 'whole', meaning: parseSs3(text.slice(start, index), text.charAt(index)), next: index + 1};
		}

		if (!/[\d;]/.test(text.charAt(index)) || index - start >= longest) {
			return {kind: 'broken', next: index};
		}
	}

	return {kind: 'incomplete'};
}

/** Reads the sequence whose ESC is at `at`, followed by `[` or `O`. */
export function controlSequence(text: string, at: number): ControlSequence {
	return text[at + 1] === '[' ? csi(text, at + 2) : ss3(text, at + 2);
}
