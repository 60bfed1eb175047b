import {hindrancesIn} from './hindrances.ts';
import {indexLines, type LineIndex} from './line-index.ts';
import {valuesIn} from './local-values.ts';
import {above, below, childOf, type Syntax, type SyntaxNode, written} from './parse.ts';
import {plainCode, readable, type Values} from './plain-code.ts';
import {type FoundAssertion, readScriptAssertion, scriptAssertionAt} from './script-assertions.ts';
import {rowsOf} from './script-rows.ts';
import {modifiersOf, type TestCall, testCallAt} from './script-test-calls.ts';
import type {AssertionCode, Hindrance, TestCode, TestFileCode, TestModifier} from './test-code.ts';

type OpenCall = TestCall & {readonly fullName: string; readonly modifiers: readonly TestModifier[]};

/** Each test and suite call with its full name and the marks of all suites around it. */
function callsIn(syntax: Syntax, lines: LineIndex): readonly OpenCall[] {
	const calls: OpenCall[] = [];
	const open: OpenCall[] = [];
	for (const node of syntax.nodes) {
		while (open.length > 0 && (open.at(-1)?.node.after ?? 0) <= node.index) {
			open.pop();
		}

		const call = node.name === 'CallExpression' ? testCallAt(syntax, node) : undefined;
		if (call !== undefined) {
			const around = open.at(-1);
			const fullName = around === undefined ? call.name : `${around.fullName} > ${call.name}`;
			const own = [...modifiersOf(syntax, lines, call, fullName), ...conditionAround(syntax, lines, call, fullName)];
			const opened = {...call, fullName, modifiers: [...(around?.modifiers ?? []), ...own]};
			calls.push(opened);
			open.push(opened);
		}
	}

	return calls;
}

/** `if (process.env.CI) test(…)` may leave the test out. */
function conditionAround(syntax: Syntax, lines: LineIndex, {node}: TestCall, owner: string): readonly TestModifier[] {
	for (const around of above(node)) {
		if (/Function|Script|CallExpression/.test(around.name)) {
			break;
		}

		if (around.name === 'IfStatement') {
			const condition = childOf(around, 'ParenthesizedExpression');
			const code = condition === undefined ? '()' : readable(plainCode(syntax, condition));
			return [{kind: 'skipped', owner, line: lines.lineAt(around.from), written: `if ${code.startsWith('(') ? code : `(${code})`}`}];
		}
	}

	return [];
}

type Found = {readonly code: AssertionCode; readonly test: OpenCall | undefined};

function isAwaited(syntax: Syntax, node: SyntaxNode): boolean {
	const isPromise =
		/\.\s*(?:resolves|rejects)\b/.test(written(syntax, node)) ||
		/(?:^|\.)(?:rejects|doesNotReject|throwsAsync)$/.test(written(syntax, node.children[0] ?? node));
	return !isPromise || node.parent === undefined || !/^(?:ExpressionStatement)$/.test(node.parent.name);
}

/** Tells for each node, asked in the order of the text, in which of the tests it stands. */
function ownersIn(tests: readonly OpenCall[]): (node: SyntaxNode) => OpenCall | undefined {
	const open: OpenCall[] = [];
	let next = 0;
	return node => {
		while (open.length > 0 && (open.at(-1)?.node.after ?? 0) <= node.index) {
			open.pop();
		}

		const test = tests[next];
		if (test?.node === node) {
			open.push(test);
			next++;
		}

		return open.at(-1);
	};
}

// An assertion that is given more than this is looked through no further.
const maxGiven = 2000;

/** What an assertion is given may hold assertions (`fc.assert`): those count for themselves, and the outer one by its callee alone. */
function withoutInner(syntax: Syntax, found: FoundAssertion, importsAsserts: boolean): FoundAssertion {
	const inner = found.subject === undefined ? [] : below(syntax, found.subject, maxGiven);
	const holdsMore = inner.some(node => scriptAssertionAt(syntax, node, importsAsserts) !== undefined);
	return holdsMore ? {...found, subject: undefined, expected: []} : found;
}

function assertionsIn(
	syntax: Syntax,
	lines: LineIndex,
	tests: readonly OpenCall[],
	valuesOf: (test: OpenCall | undefined) => Values,
): readonly Found[] {
	const importsAsserts = /['"](?:node:)?assert(?:\/strict)?['"]|['"]chai['"]/.test(syntax.text);
	const hindrancesOf = hindrancesIn(syntax);
	const ownerOf = ownersIn(tests);
	const found: Found[] = [];
	let inside = 0;
	for (const node of syntax.nodes) {
		const test = ownerOf(node);
		const assertion = node.index < inside || node === test?.node ? undefined : scriptAssertionAt(syntax, node, importsAsserts);
		if (assertion === undefined) {
			continue;
		}

		const shown = withoutInner(syntax, assertion, importsAsserts);
		inside = shown === assertion ? assertion.node.after : inside;
		const code = readScriptAssertion(syntax, shown, lines.lineAt(assertion.node.from), valuesOf(test));
		const unawaited: readonly Hindrance[] = isAwaited(syntax, assertion.node) ? [] : ['not-awaited'];
		found.push({code: {...code, hindrances: [...hindrancesOf(assertion.node, test?.node), ...unawaited]}, test});
	}

	return found;
}

/** The variables of the file itself. */
function fileValues(syntax: Syntax): Values {
	return valuesIn(
		syntax,
		syntax.nodes.filter(({name, parent}) => name === 'VariableDeclaration' && /^(?:Script|ExportDeclaration)$/.test(parent?.name ?? '')),
	);
}

/** The tests of a JavaScript or TypeScript text. */
export function readScriptTests(syntax: Syntax): TestFileCode {
	const lines = indexLines(syntax.text);
	const tests = callsIn(syntax, lines).filter(({kind}) => kind === 'test');
	const outer = fileValues(syntax);
	const values = new Map<OpenCall, Values>();
	const valuesOf = (test: OpenCall | undefined) => {
		const known = test === undefined ? outer : values.get(test);
		const result = known ?? valuesIn(syntax, test === undefined ? [] : below(syntax, test.node), outer);
		if (test !== undefined) {
			values.set(test, result);
		}

		return result;
	};
	const found = assertionsIn(syntax, lines, tests, valuesOf);
	const assertions = Map.groupBy(found, ({test}) => test);
	return {
		tests: tests.map(
			(test): TestCode => ({
				name: test.fullName,
				line: lines.lineAt(test.node.from),
				endLine: lines.lineAt(test.node.to),
				body: test.body === undefined ? '' : plainCode(syntax, test.body),
				modifiers: test.modifiers,
				assertions: (assertions.get(test) ?? []).map(({code}) => code),
				rows: rowsOf(syntax, lines, test.table),
			}),
		),
		shared: (assertions.get(undefined) ?? []).map(({code}) => code),
	};
}
