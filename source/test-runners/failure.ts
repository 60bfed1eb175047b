import {stripVTControlCharacters} from 'node:util';
import type {TestFailure} from '../protocol/test-report.ts';

const maxDetailLines = 40;
const maxMessage = 2000;
const maxLine = 400;

/** Plain text of a runner: no colours, no other control characters than line ends and tabs. */
export function plain(text: string): string {
	return stripVTControlCharacters(text)
		.replaceAll(/\r\n?/g, '\n')
		.replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '');
}

const frame = /^\s*at .*$/;
const place = /(?:\(|\s|^)((?:file:\/\/)?[^\s():][^():\n]*?):(\d+)(?::\d+)?\)?$/;

/** The frames of a stack that are somebody's own code: not the runtime's, not a package's. */
function isForeign(line: string): boolean {
	return /node_modules|node:|<anonymous>\)?$|\(native\)|internal\/|async Promise\.all/.test(line) || !place.test(line.trim());
}

/** The places in somebody's own code that a JavaScript stack names, the innermost first. */
export function placesInStack(stack: string): readonly {readonly file: string; readonly line: number}[] {
	return stack.split('\n').flatMap(line => {
		const match = frame.test(line) && !isForeign(line) ? place.exec(line.trim().replace(/^at /, '')) : null;
		return match?.[1] === undefined ? [] : [{file: match[1], line: Number(match[2])}];
	});
}

/** At most 40 lines without foreign stack frames. */
export function shortened(text: string): string {
	const lines = text
		.split('\n')
		.filter(line => !frame.test(line) || !isForeign(line))
		.map(line => (line.length > maxLine ? `${line.slice(0, maxLine)}…` : line.trimEnd()));
	const whole = lines.join('\n').trim().split('\n');
	return whole.length <= maxDetailLines ? whole.join('\n') : [...whole.slice(0, maxDetailLines - 1), '…'].join('\n');
}

/** The message above the stack. */
function messageOf(text: string): string {
	const lines = text.split('\n');
	const end = lines.findIndex(line => frame.test(line));
	return (end === -1 ? lines : lines.slice(0, end)).join('\n').trim().slice(0, maxMessage);
}

/** A failure from an error's text with its JavaScript stack; a diff is shown between the two. */
export function failureFromStack(text: string, nature: Pick<TestFailure, 'kind' | 'inBody'>, diff = ''): TestFailure {
	const clean = plain(text);
	const message = messageOf(clean);
	const told = diff === '' ? clean : `${message}\n${plain(diff)}\n${clean.slice(clean.indexOf(message) + message.length)}`;
	const detail = shortened(told);
	const [first] = placesInStack(clean);
	return {
		message: message === '' ? 'It failed without a message' : message,
		...nature,
		...first,
		...(detail !== message && {detail}),
	};
}

/** What was wanted and what came, as far as they are texts; each cut at 2,000 characters. */
export function compared(expected: unknown, actual: unknown): Pick<TestFailure, 'expected' | 'actual'> {
	return {
		...(typeof expected === 'string' && {expected: plain(expected).slice(0, maxMessage)}),
		...(typeof actual === 'string' && {actual: plain(actual).slice(0, maxMessage)}),
	};
}
