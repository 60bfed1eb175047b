import type {Line} from './lines.ts';
import {listItemOf, withoutEmphasis} from './markdown.ts';

/** Something the author took for granted; the gate counts those that nobody confirmed. */
export type Assumption = {
	/** `A1`, as printed or by position. */
	readonly id: string;
	readonly text: string;
	/** 1-based. */
	readonly line: number;
	readonly isConfirmed: boolean;
};

const confirmed = /(?<!\p{L})(?:confirmed|已确认|已確認|確認済み?|bestätigt|подтвержден[оа]?|confirmée?|confirmado)(?!\p{L})/iu;
const denied = /(?:\bnot(?: yet)?|\bto be|未|noch nicht|не)\s*(?:confirmed|确认|確認|bestätigt|подтвержден)/iu;

/** The assumption on a line of the section, if one starts there; `position` counts from 1. */
export function assumptionOn(line: Line, position: number): Assumption | undefined {
	const item = listItemOf(line)?.text ?? (/^\s*(?:\*\*)?A\d/.test(line.text) && !line.isFenced ? line.text.trim() : undefined);
	if (item === undefined) {
		return undefined;
	}

	const [, box, afterBox = item] = /^\[([ xX])\]\s*(.*)$/u.exec(item) ?? [];
	const [, printed, rest = afterBox] = /^(?:\*\*|__)?(A-?\d{1,4})(?:\*\*|__)?\s*[.:：)–—-]*\s*(?:\*\*|__)?\s*(.*)$/u.exec(afterBox) ?? [];
	const isConfirmed = box?.toLowerCase() === 'x' || /[✅✓✔]/u.test(rest) || (confirmed.test(rest) && !denied.test(rest));
	return {id: printed ?? `A${position}`, text: withoutEmphasis(rest), line: line.number, isConfirmed};
}
