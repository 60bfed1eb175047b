import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Key} from '../../../source/tui/input/key.ts';
import {createInputParser} from '../../../source/tui/input/parse-input.ts';

const text = (typed: string, alt = false): Key => ({kind: 'text', text: typed, alt});
const key = (name: string, modifiers: Partial<{ctrl: boolean; alt: boolean; shift: boolean}> = {}): Key => ({
	kind: 'key',
	name,
	ctrl: false,
	alt: false,
	shift: false,
	...modifiers,
});

function settle(parser: ReturnType<typeof createInputParser>): Key[] {
	const keys: Key[] = [];
	for (let calls = 0; parser.isWaiting() && calls < 100; calls++) {
		keys.push(...parser.flush());
	}

	return keys;
}

/** What arrives in these reads, then silence. */
function keysOf(...chunks: readonly (string | Uint8Array)[]): Key[] {
	const parser = createInputParser();
	const keys = chunks.flatMap(chunk => parser.push(chunk));
	return [...keys, ...settle(parser)];
}

const typed = (keys: readonly Key[]): string => keys.map(each => (each.kind === 'text' ? each.text : '')).join('');

describe('typing', () => {
	it('gives three letters and Enter when all come in one read', () => {
		expect(keysOf('abc\r')).toEqual([text('a'), text('b'), text('c'), key('enter')]);
	});

	it('tells Ctrl+J from Enter, and knows Tab, Backspace and Ctrl+letter', () => {
		expect(keysOf('\n\r\t\x7f\b\x03\x18\x00')).toEqual([
			key('newline'),
			key('enter'),
			key('tab'),
			key('backspace'),
			key('backspace'),
			key('c', {ctrl: true}),
			key('x', {ctrl: true}),
			key('space', {ctrl: true}),
		]);
	});

	it('gives an emoji of many code points, a flag and an accent as one key each', () => {
		expect(keysOf('👩‍👩‍👧🇩🇪e\u0301漢')).toEqual([text('👩‍👩‍👧'), text('🇩🇪'), text('e\u0301'), text('漢')]);
	});

	it('puts a character together that the reading cut into bytes', () => {
		const bytes = new TextEncoder().encode('é😀');
		expect(keysOf(...Array.from(bytes, byte => Uint8Array.of(byte)))).toEqual([text('é'), text('😀')]);
	});

	it('never types C1 controls, halves of characters or broken bytes', () => {
		expect(keysOf('a\x9bb\u0085\ud83d', Uint8Array.of(0xff, 0xfe, 0x63))).toEqual([text('a'), text('b'), text('c')]);
	});
});

describe('Esc', () => {
	it('is the Esc key when nothing follows', () => {
		const parser = createInputParser();
		expect(parser.push('\x1b')).toEqual([]);
		expect(parser.isWaiting()).toBe(true);
		expect(parser.flush()).toEqual([key('escape')]);
		expect(parser.isWaiting()).toBe(false);
	});

	it('pressed twice is two Esc keys', () => {
		expect(keysOf('\x1b\x1b')).toEqual([key('escape'), key('escape')]);
	});

	it('before a character is Alt, before an arrow too', () => {
		expect(keysOf('\x1bb\x1b1\x1b\r\x1b\x7f\x1b\x1b[A\x1bé')).toEqual([
			text('b', true),
			text('1', true),
			key('enter', {alt: true}),
			key('backspace', {alt: true}),
			key('up', {alt: true}),
			text('é', true),
		]);
	});

	it('stays Esc when a focus report or a paste comes right behind it', () => {
		expect(keysOf('\x1b\x1b[I\x1b\x1b[200~x\x1b[201~')).toEqual([
			key('escape'),
			{kind: 'focus', isFocused: true},
			key('escape'),
			{kind: 'paste', text: 'x'},
		]);
	});

	it('and silence before what opens a string is Alt, but Alt+[ and Alt+O are no keys: they open every sequence', () => {
		expect(keysOf('\x1b]')).toEqual([text(']', true)]);
		expect(keysOf('\x1b[')).toEqual([]);
		expect(keysOf('\x1bO')).toEqual([]);
		expect(keysOf('\x1b\x1b[1;')).toEqual([key('escape')]);
	});
});

describe('named keys', () => {
	it.each([
		['\x1b[A', key('up')],
		['\x1bOA', key('up')],
		['\x1b[1;5D', key('left', {ctrl: true})],
		['\x1b[1;3C', key('right', {alt: true})],
		['\x1b[Z', key('tab', {shift: true})],
		['\x1b[3~', key('delete')],
		['\x1b[3;5~', key('delete', {ctrl: true})],
		['\x1b[5~', key('pageup')],
		['\x1b[1;5H', key('home', {ctrl: true})],
		['\x1b[4~', key('end')],
		['\x1bOP', key('f1')],
		['\x1b[15~', key('f5')],
		['\x1b[24;2~', key('f12', {shift: true})],
		['\x1b[[C', key('f3')],
		['\x1b[3$', key('delete', {shift: true})],
		['\x1b[a', key('up', {shift: true})],
		['\x1bOM', key('enter')],
		['\x1b[13;2u', key('enter', {shift: true})],
		['\x1b[27u', key('escape')],
		['\x1b[99;5u', key('c', {ctrl: true})],
		['\x1b[1089::99;5u', key('c', {ctrl: true})],
		['\x1b[97:65;2u', text('A')],
		['\x1b[98;3u', text('b', true)],
		['\x1b[106;5u', key('newline')],
		['\x1b[105;5u', key('tab')],
		['\x1b[57414u', key('enter')],
		['\x1b[57404u', text('5')],
		['\x1b[57419u', key('up')],
		['\x1b[0;1;128512u', text('😀')],
		['\x1b[97;1:3u', undefined],
		['\x1b[57441;2u', undefined],
		['\x1b[99;9u', undefined],
		['\x1b[27;2;13~', key('enter', {shift: true})],
		['\x1b[27;6;120~', key('x', {ctrl: true, shift: true})],
	])('%j', (sequence, expected) => {
		expect(keysOf(sequence)).toEqual(expected === undefined ? [] : [expected]);
	});
});

describe('the mouse and the window', () => {
	it('scrolls with the wheel and ignores clicks, moves and the old reports', () => {
		expect(keysOf('\x1b[<64;10;5M\x1b[<65;10;5M\x1b[<68;1;1M\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<35;3;4M\x1b[M !!')).toEqual([
			{kind: 'wheel', direction: 'up'},
			{kind: 'wheel', direction: 'down'},
			{kind: 'wheel', direction: 'up'},
		]);
	});

	it('tells when the window gets and loses the focus', () => {
		expect(keysOf('\x1b[I\x1b[O')).toEqual([
			{kind: 'focus', isFocused: true},
			{kind: 'focus', isFocused: false},
		]);
	});
});

const replies = [
	'\x1b[?1u',
	'\x1b[?62;4;6c',
	'\x1b[>0;276;0c',
	'\x1b[24;80R',
	'\x1b[?2026;2$y',
	'\x1b[0n',
	'\x1b[8;24;80t',
	'\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\',
	'\x1b]10;rgb:ffff/ffff/ffff\x07',
	'\x1b]52;c;aGVsbG8=\x07',
	'\x1bP>|xterm(390)\x1b\\',
	'\x1bP1+r544e=787465\x1b\\',
	'\x1b_Gi=31;OK\x1b\\',
	'\x1b^private\x1b\\',
];

describe('replies of the terminal', () => {
	it.each(replies)('%j is never typed, however late it comes', reply => {
		expect(keysOf(`a${reply}b`)).toEqual([text('a'), text('b')]);
		const cut = Math.ceil(reply.length / 2);
		const parser = createInputParser();
		const keys = [...parser.push(reply.slice(0, cut)), ...parser.flush(), ...parser.flush(), ...parser.push(`${reply.slice(cut)}b`)];
		expect(keys).toEqual([text('b')]);
	});

	it('that never end give the keyboard back on Enter, or after a while', () => {
		expect(keysOf('\x1b]0;no end\rx')).toEqual([key('enter'), text('x')]);
		const parser = createInputParser();
		parser.push('\x1b]0;no end');
		settle(parser);
		expect(parser.push('x')).toEqual([text('x')]);
	});
});

describe('a paste', () => {
	it('is one key, with plain line ends and without control characters', () => {
		expect(keysOf('\x1b[200~one\r\ntwo\rthree\x1b[31m\x07\tend\x1b[201~x')).toEqual([
			{kind: 'paste', text: 'one\ntwo\nthree[31m\tend'},
			text('x'),
		]);
	});

	it('may hold what looks like keys, and nothing of it is pressed', () => {
		expect(keysOf('\x1b[200~y\r\x03\x1b[201~')).toEqual([{kind: 'paste', text: 'y\n'}]);
	});

	it('whose end was lost is handed over after a second of silence', () => {
		const parser = createInputParser();
		expect(parser.push('\x1b[200~half')).toEqual([]);
		expect(parser.flush()).toEqual([]);
		expect(settle(parser)).toEqual([{kind: 'paste', text: 'half'}]);
		expect(parser.push('x')).toEqual([text('x')]);
	});

	it('of any size comes in parts that lose nothing', () => {
		const long = 'é\r\n😀'.repeat(500_000);
		const pastes = keysOf('\x1b[200~', long, '\x1b[201~');
		expect(pastes.length).toBeGreaterThan(1);
		expect(pastes.map(paste => (paste.kind === 'paste' ? paste.text : '?')).join('')).toBe(long.replaceAll('\r\n', '\n'));
	});
});

const pieces = fc.oneof(
	fc.constantFrom(
		...replies,
		'a',
		'Z',
		' ',
		'é',
		'漢',
		'😀',
		'👩‍👩‍👧',
		'e\u0301',
		'\r',
		'\n',
		'\t',
		'\x7f',
		'\x03',
		'\x1b',
		'\x1b[A',
		'\x1bOP',
		'\x1bb',
		'\x1b[99;5u',
		'\x1b[27;2;13~',
		'\x1b[<64;1;1M',
		'\x1b[I',
		'\x1b[200~one\r\ntwo\x1b[201~',
		'\x1b[200~',
		'\x1b[M',
		'\x9b',
		'\u2028',
	),
	fc.string({unit: 'binary', maxLength: 4}),
	fc.string({unit: fc.constantFrom('\x1b', '[', 'O', ']', 'P', ';', '1', '2', '~', 'u', '<', 'M', '\\', '$'), maxLength: 6}),
);

const control = /[\x00-\x1f\x7f-\x9f\u2028\u2029]|\p{Surrogate}/u;

/** Where a reading ends inside a character, a late mark is a key of its own; joined, the text is the same. */
function joined(keys: readonly Key[]): (Key | string)[] {
	const result: (Key | string)[] = [];
	for (const each of keys) {
		const last = result.at(-1);
		if (each.kind === 'text' && !each.alt) {
			if (typeof last === 'string') {
				result[result.length - 1] = last + each.text;
			} else {
				result.push(each.text);
			}
		} else {
			result.push(each);
		}
	}

	return result;
}

describe('whatever arrives', () => {
	it('gives the same keys however it is cut into reads', () => {
		fc.assert(
			fc.property(fc.array(pieces, {maxLength: 12}), fc.array(fc.nat({max: 5}), {maxLength: 40}), (parts, cuts) => {
				const bytes = new TextEncoder().encode(parts.join(''));
				const chunks: Uint8Array[] = [];
				let at = 0;
				for (const cut of cuts) {
					chunks.push(bytes.slice(at, at + cut));
					at += cut;
				}

				expect(joined(keysOf(...chunks, bytes.slice(at)))).toEqual(joined(keysOf(bytes)));
			}),
			{numRuns: 2000},
		);
	});

	it('never throws, and no text holds a control character', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(pieces, fc.uint8Array({maxLength: 20})), {maxLength: 12}), parts => {
				for (const each of keysOf(...parts)) {
					if (each.kind === 'text') {
						expect(each.text).not.toMatch(control);
					}

					if (each.kind === 'paste') {
						expect(each.text.replaceAll(/[\n\t]/g, '')).not.toMatch(control);
					}
				}
			}),
			{numRuns: 2000},
		);
	});

	it('that is a reply among typing leaves the typing alone', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('a', 'b', ' ', 'é', ...replies), {maxLength: 30}), parts => {
				expect(typed(keysOf(parts.join('')))).toBe(parts.filter(part => !part.startsWith('\x1b')).join(''));
			}),
		);
	});
});
