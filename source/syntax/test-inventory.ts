import {languageOf} from './language.ts';
import {readLineTests} from './line-tests.ts';
import {parseSyntax} from './parse.ts';
import {readPythonTests} from './python-tests.ts';
import {readScriptTests} from './script-tests.ts';
import type {TestCode, TestFileCode, TestModifier} from './test-code.ts';

/** An assertion that cannot fail, or a test without any (`code` is then ''). */
type Tautology = {readonly line: number; readonly code: string};

/** One test as it stands in a file. */
export type InventoriedTest = {
	/** Suites and test joined by ` > `. A name that is made by code is that code. */
	readonly name: string;
	/** 1-based. */
	readonly line: number;
	readonly endLine: number;
	readonly assertions: number;
	readonly modifiers: readonly TestModifier[];
	readonly tautologies: readonly Tautology[];
};

/** The tests of a file, taken apart for comparison. Empty for languages that we have no rules for. Never throws. */
export function readTests(path: string, text: string): TestFileCode {
	const syntax = parseSyntax(path, text);
	if (syntax !== undefined) {
		return syntax.language === 'script' ? readScriptTests(syntax) : readPythonTests(syntax);
	}

	const language = languageOf(path);
	return language === undefined || language === 'script' || language === 'python' ? {tests: [], shared: []} : readLineTests(language, text);
}

function tautologiesOf({line, body, assertions, modifiers}: TestCode): readonly Tautology[] {
	// A test that is only announced, or does not run, promises nothing.
	if (assertions.length === 0) {
		return body === '' || modifiers.some(({kind}) => kind === 'skipped') ? [] : [{line, code: ''}];
	}

	return assertions.filter(({strength}) => strength === 0).map(assertion => ({line: assertion.line, code: assertion.written}));
}

/**
 * The tests of a file in the order of its text, with what they assert and what keeps them from running or failing. Reads JavaScript, TypeScript
 * and Python by syntax tree, Go, Rust, Java, Kotlin, Ruby, PHP, C# and alike by line; gives nothing for other files. Takes any text; never throws.
 */
export function testInventory(path: string, text: string): readonly InventoriedTest[] {
	return readTests(path, text).tests.map(test => ({
		name: test.name,
		line: test.line,
		endLine: test.endLine,
		assertions: test.assertions.length,
		modifiers: test.modifiers,
		tautologies: tautologiesOf(test),
	}));
}
