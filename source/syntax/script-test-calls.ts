import type {LineIndex} from './line-index.ts';
import {below, childOf, type Syntax, type SyntaxNode, written} from './parse.ts';
import {argumentsOf, plainCode, readable} from './plain-code.ts';
import type {TestModifier, TestModifierKind} from './test-code.ts';

/** A call that declares a test or a suite. */
export type TestCall = {
	readonly node: SyntaxNode;
	readonly kind: 'test' | 'suite';
	readonly name: string;
	/** `it`, `skip`, `each` … as they stand in the callee. */
	readonly words: readonly string[];
	/** What `each` or `for` was given. */
	readonly table: SyntaxNode | undefined;
	readonly body: SyntaxNode | undefined;
	readonly given: readonly SyntaxNode[];
};

const roots = /^(?:[xf]?(?:it|test|describe|context|specify)|suite|bench)$/;
const suites = /^(?:[xf]?(?:describe|context)|suite)$/;
const marks = new Set([
	'skip',
	'only',
	'todo',
	'failing',
	'fails',
	'skipIf',
	'runIf',
	'if',
	'todoIf',
	'each',
	'for',
	'concurrent',
	'sequential',
	'serial',
	'parallel',
	'shuffle',
	'describe',
	'test',
	'it',
	'fixme',
	'fail',
	'failsIf',
]);
const needCall = /^(?:each|for|skipIf|runIf|if|todoIf|failsIf)$/;
const functions = /^(?:ArrowFunction|FunctionExpression)$/;

// More links than any test is declared by.
const maxLinks = 12;

type Callee = {readonly words: readonly string[]; readonly table: SyntaxNode | undefined; readonly isOpen: boolean};

/** Reads `test.skip.each(table)` from its end to its root. */
function readCallee(syntax: Syntax, callee: SyntaxNode | undefined): Callee | undefined {
	const words: string[] = [];
	let table: SyntaxNode | undefined;
	let isCalled = false;
	let isOpen = false;
	let node = callee;
	for (let links = 0; node !== undefined && links < maxLinks; links++) {
		switch (node.name) {
			case 'CallExpression':
			case 'TaggedTemplateExpression': {
				table = argumentsOf(childOf(node, 'ArgList'))[0] ?? childOf(node, 'TemplateString');
				isCalled = true;
				break;
			}

			case 'MemberExpression': {
				const word = written(syntax, childOf(node, 'PropertyName') ?? node);
				// `test.each` takes its table first; only the next call declares a test.
				isOpen ||= needCall.test(word) && !isCalled;
				isCalled = false;
				words.unshift(word);
				break;
			}

			case 'VariableName': {
				return {words: [written(syntax, node), ...words], table, isOpen};
			}

			default: {
				if (node.name !== 'InstantiationExpression') {
					return undefined;
				}
			}
		}

		node = node.children[0];
	}

	return undefined;
}

/** The name as a runner shows it where it is a plain text, else the code that makes it. */
function nameOf(syntax: Syntax, node: SyntaxNode): string {
	const code = written(syntax, node);
	return node.name === 'String' || node.name === 'TemplateString'
		? code.slice(1, -1).replace(/\\(['"`\\])/g, '$1')
		: plainCode(syntax, node);
}

function isTestWord([root = '', ...rest]: readonly string[]): boolean {
	const isPlain = roots.test(root) && rest.every(word => marks.has(word));
	// Subtests of node:test and tap, and Deno's.
	return (
		isPlain ||
		(/^(?:t|ctx|context|Deno)$/.test(root) && /^(?:test|it|describe)$/.test(rest[0] ?? '') && rest.slice(1).every(word => marks.has(word)))
	);
}

/** The test or suite that a call declares; undefined for every other call. */
export function testCallAt(syntax: Syntax, node: SyntaxNode): TestCall | undefined {
	const callee = readCallee(syntax, node.children[0]);
	const given = argumentsOf(childOf(node, 'ArgList'));
	const [title] = given;
	if (callee === undefined || title === undefined || callee.isOpen || !isTestWord(callee.words)) {
		return undefined;
	}

	const body = given.find(({name}) => functions.test(name));
	// Without a text and a function it is a mark within a test, such as `test.skip(condition)`.
	const isNamed = /^(?:String|TemplateString)$/.test(title.name) || (title !== body && body !== undefined);
	if (!isNamed) {
		return undefined;
	}

	const isSuite = callee.words.some(word => suites.test(word));
	const isTabled = callee.words.some(word => word === 'each' || word === 'for');
	return {
		node,
		kind: isSuite ? 'suite' : 'test',
		name: nameOf(syntax, title),
		words: callee.words,
		table: isTabled ? callee.table : undefined,
		body,
		given,
	};
}

function kindOf(word: string): TestModifierKind | undefined {
	if (/^(?:skip|todo|skipIf|runIf|if|todoIf|fixme|x(?:it|test|describe|context|specify))$/.test(word)) {
		return 'skipped';
	}

	if (/^(?:only|f(?:it|test|describe|context|specify))$/.test(word)) {
		return 'focused';
	}

	return /^(?:failing|fails|fail|failsIf)$/.test(word) ? 'expected-to-fail' : undefined;
}

/** `{skip: true}` of node:test and vitest, at the call or within it. */
function optionsOf(syntax: Syntax, given: readonly SyntaxNode[]): readonly SyntaxNode[] {
	return given
		.slice(1)
		.filter(({name}) => name === 'ObjectExpression')
		.flatMap(({children}) => children)
		.filter(property => {
			const [key, , value] = property.children;
			const isSet = value !== undefined && !/^(?:false|undefined|null|0|'')$/.test(written(syntax, value));
			return key !== undefined && isSet && /^['"]?(?:skip|todo|only|fails|failing)['"]?$/.test(written(syntax, key));
		});
}

/** `t.skip()` in the body of this test, not of one inside it. */
function skipsIn(syntax: Syntax, body: SyntaxNode | undefined): readonly SyntaxNode[] {
	const parameter = body === undefined ? undefined : childOf(childOf(body, 'ParamList'), 'VariableDefinition');
	const context = parameter === undefined ? '' : written(syntax, parameter);
	const names = new Set(
		['skip', 'todo']
			.flatMap(word => ['this', 'test', 'it', context].filter(name => name !== '').map(name => `${name}.${word}`))
			.concat('skip', 'pending'),
	);
	return body === undefined
		? []
		: below(syntax, body).filter(
				({name, children: [callee]}) =>
					name === 'CallExpression' && callee !== undefined && callee.to - callee.from < 40 && names.has(written(syntax, callee)),
			);
}

/** The marks that stand at a call itself. `owner` is its full name. */
export function modifiersOf(syntax: Syntax, lines: LineIndex, call: TestCall, owner: string): readonly TestModifier[] {
	const line = lines.lineAt(call.node.from);
	const words = call.words.flatMap((word, index) => {
		const kind = kindOf(word);
		return kind === undefined ? [] : [{kind, owner, line, written: index === 0 ? word : `${call.words[0]}.${word}`}];
	});
	const options = optionsOf(syntax, call.given).flatMap(option => {
		const kind = kindOf(written(syntax, option.children[0] ?? option).replace(/['"]/g, ''));
		return kind === undefined ? [] : [{kind, owner, line: lines.lineAt(option.from), written: `{${readable(plainCode(syntax, option))}}`}];
	});
	const skips = (call.kind === 'test' ? skipsIn(syntax, call.body) : []).filter(node => testCallAt(syntax, node) === undefined);
	const calls = skips.map(node => ({
		kind: 'skipped' as const,
		owner,
		line: lines.lineAt(node.from),
		written: `${written(syntax, node.children[0] ?? node)}()`,
	}));
	return [...words, ...options, ...calls];
}
