import {hindrancesIn} from './hindrances.ts';
import {indexLines, type LineIndex} from './line-index.ts';
import {valuesIn} from './local-values.ts';
import {below, childOf, type Syntax, type SyntaxNode, written} from './parse.ts';
import {plainCode, type Values} from './plain-code.ts';
import {pythonAssertionAt, readPythonAssertion} from './python-assertions.ts';
import {pythonModifiersOf, pythonRowsOf} from './python-marks.ts';
import type {AssertionCode, TestFileCode, TestModifier} from './test-code.ts';

type Scope = {
	/** The definition itself. */
	readonly node: SyntaxNode;
	readonly fullName: string;
	readonly isTest: boolean;
	readonly isClass: boolean;
	readonly modifiers: readonly TestModifier[];
};

/** Classes that pytest or unittest collects: by name, or by what they are derived from. */
function isTestClass(syntax: Syntax, node: SyntaxNode, name: string): boolean {
	const bases = childOf(node, 'ArgList');
	return /^Test|Tests?$|TestCase$/.test(name) || (bases !== undefined && /Test/.test(written(syntax, bases)));
}

function scopeAt(syntax: Syntax, lines: LineIndex, node: SyntaxNode, around: Scope | undefined): Scope | undefined {
	const nameNode = childOf(node, 'VariableName');
	const isClass = node.name === 'ClassDefinition';
	if (nameNode === undefined || (!isClass && node.name !== 'FunctionDefinition') || around?.isTest === true) {
		return undefined;
	}

	const name = written(syntax, nameNode);
	const fullName = around === undefined ? name : `${around.fullName} > ${name}`;
	const isCollected = around === undefined || around.isClass;
	const isTest = !isClass && /^test/.test(name) && isCollected;
	if (!isTest && !(isClass && isTestClass(syntax, node, name))) {
		return undefined;
	}

	const own = pythonModifiersOf(syntax, lines, node, fullName);
	return {node, fullName, isTest, isClass, modifiers: [...(around?.modifiers ?? pythonModifiersOf(syntax, lines, undefined, '')), ...own]};
}

/** Tells for each node, asked in the order of the text, in which test or test class it stands; `tests` fills as they come. */
function scopesIn(syntax: Syntax, lines: LineIndex, tests: Scope[]): (node: SyntaxNode) => Scope | undefined {
	const open: Scope[] = [];
	return node => {
		while (open.length > 0 && (open.at(-1)?.node.after ?? 0) <= node.index) {
			open.pop();
		}

		const scope = scopeAt(syntax, lines, node, open.at(-1));
		if (scope !== undefined) {
			open.push(scope);
			tests.push(...(scope.isTest ? [scope] : []));
		}

		return open.at(-1);
	};
}

type Read = {readonly tests: readonly Scope[]; readonly assertions: ReadonlyMap<Scope | undefined, readonly AssertionCode[]>};

function readScopes(syntax: Syntax, lines: LineIndex, valuesOf: (test: Scope | undefined) => Values): Read {
	const hindrancesOf = hindrancesIn(syntax);
	const tests: Scope[] = [];
	const scopeOf = scopesIn(syntax, lines, tests);
	const found = syntax.nodes.flatMap(node => {
		const around = scopeOf(node);
		const test = around?.isTest === true ? around : undefined;
		const assertion = pythonAssertionAt(syntax, node);
		if (assertion === undefined) {
			return [];
		}

		const code = readPythonAssertion(syntax, node, assertion, lines.lineAt(node.from), valuesOf(test));
		return [{test, code: {...code, hindrances: hindrancesOf(node, test?.node)}}];
	});
	const byTest = Map.groupBy(found, ({test}) => test);
	return {tests, assertions: new Map([...byTest].map(([test, each]) => [test, each.map(({code}) => code)]))};
}

/** The tests of a Python text, as pytest and unittest collect them. */
export function readPythonTests(syntax: Syntax): TestFileCode {
	const lines = indexLines(syntax.text);
	const outer = valuesIn(
		syntax,
		syntax.nodes.filter(({name, parent}) => name === 'AssignStatement' && parent?.name === 'Script'),
	);
	const values = new Map<Scope, Values>();
	const valuesOf = (test: Scope | undefined) => {
		const known = test === undefined ? outer : (values.get(test) ?? valuesIn(syntax, below(syntax, test.node), outer));
		if (test !== undefined) {
			values.set(test, known);
		}

		return known;
	};
	const {tests, assertions} = readScopes(syntax, lines, valuesOf);
	return {
		tests: tests.map(test => {
			const body = childOf(test.node, 'Body');
			return {
				name: test.fullName,
				line: lines.lineAt(test.node.from),
				endLine: lines.lineAt(test.node.to),
				body: body === undefined ? '' : plainCode(syntax, body),
				modifiers: test.modifiers,
				assertions: assertions.get(test) ?? [],
				rows: pythonRowsOf(syntax, lines, test.node),
			};
		}),
		shared: assertions.get(undefined) ?? [],
	};
}
