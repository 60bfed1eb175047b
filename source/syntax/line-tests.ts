import {type CodeLines, codeOnly, depthOf} from './code-only.ts';
import {lineAssertionAt} from './line-assertions.ts';
import {habits, type LineLanguage, type TestHabits} from './line-languages.ts';
import type {AssertionCode, TestCode, TestFileCode, TestModifier} from './test-code.ts';

type Block = {readonly name: string; readonly first: number; readonly start: number; readonly end: number};

// More attributes than any test carries.
const maxAbove = 12;

/** The first of the attribute and comment lines above a line; indices count from 0. */
function topOf({written}: CodeLines, start: number): number {
	let top = start;
	while (top > 0 && start - top < maxAbove && /^\s*(?:#\[|@|\[|\/\/|\/?\*)/.test(written[top - 1] ?? '')) {
		top--;
	}

	return top;
}

// Longer than any test; keeps tests that never end from being read again and again.
const maxTestLines = 2000;

/** The line of the `end` or brace in the same column. */
function endByIndent({code}: CodeLines, start: number): number {
	const indent = /^\s*/.exec(code[start] ?? '')?.[0] ?? '';
	for (let at = start + 1; at < Math.min(code.length, start + maxTestLines); at++) {
		if (code[at]?.startsWith(`${indent}end`) === true || code[at]?.startsWith(`${indent}}`) === true) {
			return at;
		}
	}

	return start;
}

// Between the line that begins a test and its first brace.
const maxHead = 4;

/** The last line of the block that begins at a line: where its braces close. */
function endByBraces({code}: CodeLines, start: number): number {
	let depth = 0;
	let hasOpened = false;
	for (let at = start; at < code.length; at++) {
		const line = code[at] ?? '';
		depth += depthOf(line, '{', '}');
		hasOpened ||= line.includes('{');
		if (hasOpened && depth <= 0) {
			return at;
		}

		if (!hasOpened && at - start >= maxHead) {
			return start;
		}
	}

	return code.length - 1;
}

function blocksIn(language: LineLanguage, lines: CodeLines, {starts, mark}: TestHabits): readonly Block[] {
	const blocks: Block[] = [];
	for (let at = 0; at < lines.code.length; at++) {
		const found = (lines.code[at] ?? '').trim() === '' ? undefined : starts.exec(lines.written[at] ?? '');
		if (found === null || found === undefined) {
			continue;
		}

		const first = topOf(lines, at);
		const marks = lines.code.slice(first, at + 1).join('\n');
		if (mark === undefined || mark.test(marks)) {
			const end = language === 'ruby' ? endByIndent(lines, at) : endByBraces(lines, at);
			blocks.push({name: found.slice(1).find(group => group !== undefined) ?? '', first, start: at, end});
			at = Math.max(at, end);
		}
	}

	return blocks;
}

function modifiersIn({written, code}: CodeLines, {name, first, end, start}: Block, {skips, fails}: TestHabits): readonly TestModifier[] {
	const modifiers: TestModifier[] = [];
	for (let at = first; at <= end; at++) {
		const line = code[at] ?? '';
		const mark = {owner: name, line: at + 1, written: (written[at] ?? '').trim().slice(0, 80)};
		if (skips.test(line)) {
			modifiers.push({kind: 'skipped', ...mark});
		}

		if (at < start && fails?.test(line) === true) {
			modifiers.push({kind: 'expected-to-fail', ...mark});
		}
	}

	return modifiers;
}

function assertionsIn(language: LineLanguage, lines: CodeLines, from: number, to: number): readonly AssertionCode[] {
	const found: AssertionCode[] = [];
	for (let at = from; at <= to; at++) {
		const assertion = lineAssertionAt(language, lines, at);
		if (assertion !== undefined) {
			found.push(assertion.code);
			at = Math.max(at, Math.min(assertion.end, to));
		}
	}

	return found;
}

/** The tests of a text in a language that we have no parser for. */
export function readLineTests(language: LineLanguage, text: string): TestFileCode {
	const lines = {written: text.split(/\r\n|\n|\r/), code: codeOnly(language, text).split(/\r\n|\n|\r/)};
	const rules = habits[language];
	const blocks = blocksIn(language, lines, rules);
	const tests = blocks.map((block): TestCode => {
		const inside = lines.written
			.slice(block.start + 1, block.end)
			.filter((_, index) => (lines.code[block.start + 1 + index] ?? '').trim() !== '');
		const rows = lines.written
			.slice(block.first, block.end + 1)
			.map((row, index) => ({line: block.first + index + 1, code: row.replace(/\s+/g, ' ').trim().replace(/,$/, '')}))
			.filter(({line}) => rules.rows?.test(lines.written[line - 1] ?? '') === true);
		return {
			name: block.name,
			line: block.start + 1,
			endLine: block.end + 1,
			body: inside.map(line => line.replace(/\s+/g, '')).join('\n'),
			modifiers: modifiersIn(lines, block, rules),
			assertions: assertionsIn(language, lines, block.start, block.end),
			rows,
		};
	});
	return {tests, shared: sharedIn(language, lines, blocks)};
}

function sharedIn(language: LineLanguage, lines: CodeLines, blocks: readonly Block[]): readonly AssertionCode[] {
	const ends = [-1, ...blocks.map(({end}) => end)];
	const starts = [...blocks.map(({first}) => first), lines.code.length];
	// Without a test in it, a file's own assertions are its own affair.
	return blocks.length === 0 ? [] : starts.flatMap((start, index) => assertionsIn(language, lines, (ends[index] ?? 0) + 1, start - 1));
}
