import {withoutEmphasis} from './markdown.ts';

const names =
	'requirements?|reqs?|validates|verifies|covers|references?|refs?|需求|要求|要件|验证需求|验证|驗證|検証|anforderung(?:en)?|validiert|требовани[ея]|проверяет|exigences?|valide';
const whole = new RegExp(`^(?:[-*+•]\\s+)?([*_]{0,3})\\s{0,4}(?:${names})\\s{0,4}[*_]{0,3}\\s{0,4}[:：]\\s*(.*)$`, 'iu');
const inner = /(?:validates|验证需求|验证|検証)\s{0,4}[*_]{0,3}\s{0,4}[:：]\s*([^*_]*)/iu;
const leadingName = /^(?:requirements?|reqs?\.?|需求|要件|要求|anforderung(?:en)?|требовани[ея])\s{0,4}[:：]?\s{0,4}(?=\S)/iu;

function valueIn(text: string): string | undefined {
	const [, emphasis, value] = whole.exec(text.trim()) ?? [];
	// A plain bullet "Requirements: Node 20" speaks of something else; references are set in italics or bold.
	if (value !== undefined && (emphasis !== '' || /^[\s\d.,、，–-]+$/.test(value))) {
		return value;
	}

	return inner.exec(text)?.[1];
}

/** The references that a line names (`_Requirements: 1.1, 2.3_`, `**Validates: Requirements 1.2**`, `_需求：1.1、1.2_`), each as written. */
export function referencesIn(text: string): readonly string[] {
	const value = valueIn(text);
	if (value === undefined) {
		return [];
	}

	const list = withoutEmphasis(value.replace(/(?<![*_])[*_]{1,6}\s{0,4}[*_(（].*$/u, '')).replace(leadingName, '');
	return list
		.split(/[,，、;；]/u)
		.map(piece => withoutEmphasis(piece).replace(/(?<![.。])[.。]+$/u, ''))
		.filter(piece => piece !== '');
}

/** The value of a line such as `- _Proof: test/a.test.ts_`, when it has one of these names. */
export function namedValueIn(text: string, lineNames: readonly string[]): string | undefined {
	const [, value] =
		new RegExp(`^(?:[-*+•]\\s+)?[*_]{1,3}\\s{0,4}(?:${lineNames.join('|')})\\s{0,4}[*_]{0,3}\\s{0,4}[:：]\\s*(.*)$`, 'iu').exec(
			text.trim(),
		) ?? [];
	const plain = value === undefined ? '' : withoutEmphasis(value);
	return plain === '' ? undefined : plain;
}
