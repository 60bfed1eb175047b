import {printable} from '../../protocol/printable.ts';

const tabWidth = 4;

function expandTabs(line: string): string {
	// The stop after a wide character is off by its extra column; no reader minds, and it keeps this plain.
	return line.replace(/([^\t]*)\t/g, (_, before: string) => before + ' '.repeat(tabWidth - (before.length % tabWidth)));
}

/** A text that is not ours as lines that a row may hold: line ends are taken away, tabs are spaces, all else that controls a terminal is shown. */
export function printableLines(text: string): readonly string[] {
	return text.split(/\r?\n/).map(line => printable(expandTabs(line)));
}

/** The same for what has to stay on one line: line ends become spaces. */
export function printableLine(text: string): string {
	return printableLines(text).join(' ');
}
