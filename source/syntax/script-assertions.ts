import {isConstant, isEquality, isTruthy, settled, strengthOf, takesTruth} from './matchers.ts';
import {shortCode} from './mutation.ts';
import {childOf, type Syntax, type SyntaxNode, written} from './parse.ts';
import {argumentsOf, plainCode, type Values} from './plain-code.ts';
import type {AssertionCode} from './test-code.ts';

/** An assertion in a JavaScript or TypeScript text, before it is compared. */
export type FoundAssertion = {
	/** From its first to its last character, `await` left out. */
	readonly node: SyntaxNode;
	readonly words: readonly string[];
	readonly subject: SyntaxNode | undefined;
	readonly expected: readonly SyntaxNode[];
};

/** Words of a chain that only make it read well. */
const fillers = new Set([
	'to',
	'be',
	'been',
	'that',
	'which',
	'and',
	'has',
	'have',
	'with',
	'at',
	'of',
	'but',
	'does',
	'still',
	'also',
	'should',
	'resolves',
	'rejects',
	'strict',
]);
const asserts =
	/^(?:ok|equal|deepEqual|strictEqual|deepStrictEqual|notEqual|notStrictEqual|notDeepEqual|notDeepStrictEqual|throws|rejects|doesNotThrow|doesNotReject|match|doesNotMatch|ifError|fail|partialDeepStrictEqual)$/;
const testAsserts =
	/^(?:is|not|like|deepEqual|notDeepEqual|true|false|truthy|falsy|throws|throwsAsync|notThrows|regex|pass|fail|snapshot|equal|same|ok|match|assert|equals)$/;
const roots = /^(?:expect|expectTypeOf|expect\.(?:soft|poll|element))$/;
const ofExpect = /^expect\.(?:assertions|hasAssertions|fail|unreachable)$/;
const helpers = /^(?:(?:this|\w+)\.)?(?:(?:expect|assert|verify|should|check)[A-Z_]\w*|expect|assert|fail|done\.fail)$/;

const maxCallee = 60;

/** Follows `expect(x).not.toBe(1)` from its root to its end. */
function chainFrom(
	syntax: Syntax,
	root: SyntaxNode,
): {readonly top: SyntaxNode; readonly words: string[]; readonly expected: SyntaxNode[]} {
	const words: string[] = [];
	const expected: SyntaxNode[] = [];
	let top = root;
	for (let around = root.parent; around !== undefined && around.children[0] === top; around = around.parent) {
		if (around.name === 'MemberExpression') {
			const property = childOf(around, 'PropertyName');
			words.push(property === undefined ? '' : written(syntax, property));
		} else if (around.name === 'CallExpression') {
			expected.push(...argumentsOf(childOf(around, 'ArgList')));
		} else if (around.name !== 'InstantiationExpression') {
			break;
		}

		top = around;
	}

	return {top, words, expected};
}

function assertCall(node: SyntaxNode, name: string, given: readonly SyntaxNode[]): FoundAssertion {
	const isAlone = /^(?:ok|assert|isOk|isTrue|isFalse|true|false|truthy|falsy|fail|pass|ifError|isNull|isUndefined|exists|snapshot)$/.test(
		name,
	);
	return {node, words: [name], subject: given[0], expected: isAlone ? [] : given.slice(1, 2)};
}

function shouldAt(syntax: Syntax, node: SyntaxNode): FoundAssertion | undefined {
	const property = childOf(node, 'PropertyName');
	if (property === undefined || written(syntax, property) !== 'should') {
		return undefined;
	}

	const {top, words, expected} = chainFrom(syntax, node);
	return {node: top, words, subject: node.children[0], expected};
}

function isAssertCall(name: string, importsAsserts: boolean): boolean {
	const [, owner = '', method = name] = /^(?:(.*)\.)?([\w$]+)$/.exec(name) ?? [];
	return (
		name === 'assert' ||
		/(?:^|\.)assert(?:\.strict)?$/.test(owner) ||
		(/^t{1,2}$/.test(owner) && testAsserts.test(method)) ||
		(importsAsserts && owner === '' && asserts.test(method))
	);
}

/** The assertion that starts at a node, if one does. `importsAsserts`: bare `equal(a, b)` comes from an assertion module. */
export function scriptAssertionAt(syntax: Syntax, node: SyntaxNode, importsAsserts: boolean): FoundAssertion | undefined {
	if (node.name === 'MemberExpression') {
		return shouldAt(syntax, node);
	}

	const callee = node.children[0];
	const method = childOf(callee, 'PropertyName');
	if (node.name !== 'CallExpression' || callee === undefined) {
		return undefined;
	}

	// `request(app).get('/').expect(200)`
	if (method !== undefined && written(syntax, method) === 'expect') {
		return {node, words: ['expect'], subject: undefined, expected: argumentsOf(childOf(node, 'ArgList'))};
	}

	if (callee.to - callee.from > maxCallee) {
		return undefined;
	}

	const name = written(syntax, callee).replace(/\s+|\?\.$/g, '');
	const given = argumentsOf(childOf(node, 'ArgList'));
	if (roots.test(name)) {
		const {top, words, expected} = chainFrom(syntax, node);
		return {node: top, words, subject: given[0], expected};
	}

	if (ofExpect.test(name)) {
		return {node, words: [name.slice(7)], subject: undefined, expected: given};
	}

	if (isAssertCall(name, importsAsserts)) {
		return assertCall(node, name.split('.').at(-1) ?? name, given);
	}

	return helpers.test(name) && !name.startsWith('expect.') ? {node, words: [name], subject: given[0], expected: given.slice(1)} : undefined;
}

type Comparison = {readonly subject: SyntaxNode | undefined; readonly matcher: string; readonly expected: readonly SyntaxNode[]};

/** `ok(a === b)` compares `a` with `b`. */
function comparisonIn(syntax: Syntax, {subject, expected}: FoundAssertion, matcher: string, code: string): Comparison {
	const [left, operator, right] = subject?.name === 'BinaryExpression' ? subject.children : [];
	const isCompared = operator?.name === 'CompareOp' && right !== undefined && takesTruth(matcher, code);
	return isCompared ? {subject: left, matcher: written(syntax, operator), expected: [right]} : {subject, matcher, expected};
}

/** True when an assertion passes whatever the code under test does. */
function cannotFail(matcher: string, subject: string, expected: string): boolean {
	if (matcher === '' || (matcher === 'pass' && expected === '')) {
		return true;
	}

	const isSame = subject === expected && !/[(`]/.test(subject);
	const passes =
		isTruthy(subject) && (takesTruth(matcher, expected) || /^(?:toBeDefined|exists?|not\.toBeNull|not\.toBeUndefined)$/.test(matcher));
	return (isEquality(matcher) && isSame) || passes || (isConstant(subject) && matcher === 'toBeDefined' && subject !== 'undefined');
}

/** Takes an assertion apart; `line` is that of its first character. */
export function readScriptAssertion(
	syntax: Syntax,
	found: FoundAssertion,
	line: number,
	values: Values,
): Omit<AssertionCode, 'hindrances'> {
	const words = found.words.filter(word => word !== '' && !fillers.has(word));
	const code = found.expected.map(node => plainCode(syntax, node, values)).join(' , ');
	const {subject, matcher, expected} = comparisonIn(syntax, found, words.join('.'), code);
	const plain = {
		subject: subject === undefined ? '' : plainCode(syntax, subject),
		resolvedSubject: subject === undefined ? '' : plainCode(syntax, subject, values),
		expected: expected.map(node => plainCode(syntax, node, values)).join(' , '),
	};
	const unresolved = expected.map(node => plainCode(syntax, node)).join(' , ');
	const isIdle = cannotFail(matcher, settled(plain.subject, plain.resolvedSubject), settled(unresolved, plain.expected));
	return {
		line,
		written: shortCode(written(syntax, found.node)),
		...plain,
		matcher,
		strength: isIdle ? 0 : strengthOf(matcher, plain.expected),
	};
}
