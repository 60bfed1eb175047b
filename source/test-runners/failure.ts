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

/** The first place in somebody's own code that a JavaScript stack names. */
function placeInStack(stack: string): Pick<TestFailure, 'file' | 'line'> {
	for (const line of stack.split('\n')) {
		const match = frame.test(line) && !isForeign(line) ? place.exec(line.trim().replace(/^at /, '')) : null;
		if (match?.[1] !== undefined) {
			return {file: match[1], line: Number(match[2])};
		}
	}

	return {};
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

/** A failure from an error's text with its JavaScript stack. */
export function failureFromStack(text: string, kind: TestFailure['kind']): TestFailure {
	const clean = plain(text);
	const message = messageOf(clean);
	const detail = shortened(clean);
	return {
		message: message === '' ? 'It failed without a message' : message,
		kind,
		...placeInStack(clean),
		...(detail !== message && {detail}),
	};
}

/** A JavaScript error's kind from the line it starts with. An error that the code under test throws proves nothing about an expectation. */
export function kindOfError(text: string): TestFailure['kind'] {
	const clean = plain(text);
	if (
		/^(?:\w*\.)?AssertionError\b|^(?:Error: )?expect\(|^(?:Error|JestAssertionError): (?:expect\(|Snapshot|\S*toMatch)|^Error: Snapshot /.test(
			clean,
		)
	) {
		return 'assertion';
	}

	return /^(?:SyntaxError|TransformError)\b|Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|Failed to (?:resolve import|load)|does not provide an export named/.test(
		clean,
	)
		? 'load'
		: 'other';
}
