import {type CodeLines, depthOf} from './code-only.ts';
import {habits, type LineLanguage, lineStrength} from './line-languages.ts';
import {isConstant, isTruthy} from './matchers.ts';
import {shortCode} from './mutation.ts';
import type {AssertionCode} from './test-code.ts';

// An assertion that reaches over more lines than this is compared by its beginning.
const maxLines = 20;

/** The last line of the statement: where its brackets close. */
function endOf({code}: CodeLines, start: number, column: number): number {
	let depth = 0;
	for (let at = start; at < Math.min(code.length, start + maxLines); at++) {
		depth += depthOf((code[at] ?? '').slice(at === start ? column : 0), '([{', ')]}');
		if (depth <= 0) {
			return at;
		}
	}

	return start;
}

/** Code without what a formatter decides. Texts keep their spaces as one each. */
function plain(code: string): string {
	return code
		.replace(/\s+/g, ' ')
		.replace(/ ?([()[\]{},;.]) ?/g, '$1')
		.replace(/,([)\]}])/g, '$1')
		.replace(/[;{]+$/, '')
		.trim();
}

const piece = /"(?:[^"\\]|\\.)*"|`[^`]*`|[([{]|[)\]}]|,|[^"`()[\]{},]+|["`]/g;

/** What stands between the first brackets, by comma, and what follows them. */
function partsOf(code: string): {readonly given: readonly string[]; readonly rest: string} {
	const start = code.search(/[([{]/);
	const given: string[] = [''];
	let depth = 0;
	for (const {0: found, index} of start === -1 ? [] : code.slice(start).matchAll(piece)) {
		depth += /^[([{]$/.test(found) ? 1 : 0;
		depth -= /^[)\]}]$/.test(found) ? 1 : 0;
		if (depth === 0) {
			return {given, rest: code.slice(start + index + found.length)};
		}

		if (found === ',' && depth === 1) {
			given.push('');
		} else if (index > 0) {
			given.push((given.pop() ?? '') + found);
		}
	}

	return {given, rest: ''};
}

/** `if got != want {` above `t.Errorf(…)` is what is asserted; the call only tells it. */
function conditionAbove({written, code}: CodeLines, at: number): string {
	for (let above = at; above >= Math.max(0, at - 3); above--) {
		if (/\bif\b/.test(code[above] ?? '')) {
			return plain((written[above] ?? '').replace(/^.*?\bif\b/, '').replace(/\{[^{]*$/, ''));
		}
	}

	return '';
}

function withStrength(code: Omit<AssertionCode, 'strength' | 'hindrances' | 'resolvedSubject'>): AssertionCode {
	const {subject, matcher, expected} = code;
	const compares = / (?:===?) /.test(subject) ? 4 : 0;
	const isIdle =
		(isTruthy(subject) && expected === '') ||
		(subject === expected && isConstant(subject)) ||
		(isConstant(subject) && isTruthy(subject) && /True|TRUE/.test(matcher));
	const strength = isIdle ? 0 : Math.max(lineStrength(matcher, expected), compares);
	return {...code, resolvedSubject: subject, strength, hindrances: []};
}

/** `got != want` of a Go test: the test fails when it is true, so `!=` demands most. */
function failingCondition(base: Pick<AssertionCode, 'line' | 'written' | 'matcher'>, condition: string): AssertionCode {
	const [, subject = condition, operator = '', expected = ''] = /^(.*) (==|!=|<=|>=|<|>) (.*)$/.exec(condition) ?? [];
	const demands: Readonly<Record<string, number>> = {'!=': 4, '==': 1, '': 3};
	const written = condition === '' ? base.written : shortCode(`if ${condition}`);
	const strength = demands[operator] ?? 2;
	return {...base, written, subject, resolvedSubject: subject, matcher: `if ${operator}`, expected, strength, hindrances: []};
}

/** Equality with what is expected before what is checked: testify, JUnit, PHPUnit, xUnit. */
const expectsFirst = /^(?:Assert\.)?(?:assert)?(?:Equals?|Same|EqualValues|Exactly|ErrorIs|AreEqual)$/;

/** The assertion that begins on a line, and the line where it ends; indices count from 0. */
export function lineAssertionAt(
	language: LineLanguage,
	lines: CodeLines,
	at: number,
): {readonly code: AssertionCode; readonly end: number} | undefined {
	const found = habits[language].asserts.exec(lines.code[at] ?? '');
	if (found === null) {
		return undefined;
	}

	const matcher = found.slice(1).find(group => group !== undefined) ?? '';
	const end = endOf(lines, at, found.index);
	const statement = [(lines.written[at] ?? '').slice(found.index), ...lines.written.slice(at + 1, end + 1)].join(' ');
	const base = {line: at + 1, written: shortCode(statement), matcher};
	if (language === 'go' && found[1] !== undefined) {
		return {end, code: failingCondition(base, conditionAbove(lines, at))};
	}

	const {given, rest} = partsOf(plain(statement));
	const values = given.filter(value => !/^(?:t|tb|b)$/.test(value));
	const [subject = '', expected = ''] = expectsFirst.test(matcher) ? [values[1], values[0]] : values;
	return {end, code: withStrength({...base, subject, expected: `${expected}${rest === '' ? '' : ` ${rest}`}`.trim()})};
}
