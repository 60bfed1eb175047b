import {isConstant, isEquality, isTruthy, settled, strengthOf, takesTruth} from './matchers.ts';
import {shortCode} from './mutation.ts';
import {childOf, type Syntax, type SyntaxNode, written} from './parse.ts';
import {plainCode, type Values} from './plain-code.ts';
import type {AssertionCode} from './test-code.ts';

type Group = readonly SyntaxNode[];
type Comparison = {readonly subject: Group; readonly matcher: string; readonly expected: readonly Group[]};

const asserting = /^(?:assert(?:_?[A-Za-z]\w*)?|raises|warns|fail|_assert\w*|(?:check|verify|expect)_\w+)$/;
const ofModule = /^(?:self|cls|pytest|(?:np|numpy|pd|pandas|torch|tf)\.testing|npt|tm|testing|unittest)$/;
const alone = /^(?:assertTrue|assertFalse|assertIsNone|assertIsNotNone|fail)$/;

/** Arguments as groups of nodes: `x` or `places = 3`. */
function groupsOf(list: SyntaxNode | undefined): readonly Group[] {
	const groups: SyntaxNode[][] = [[]];
	for (const node of list?.children ?? []) {
		if (node.name === ',') {
			groups.push([]);
		} else if (!/^(?:[()]|Comment)$/.test(node.name)) {
			groups.at(-1)?.push(node);
		}
	}

	return groups.filter(group => group.length > 0);
}

function withoutBrackets(node: SyntaxNode): SyntaxNode {
	let inner = node;
	while (inner.name === 'ParenthesizedExpression' && inner.children[1] !== undefined) {
		inner = inner.children[1];
	}

	return inner;
}

/** `a == b`, `not a`, `isinstance(a, b)`; whatever else is only true or not. */
function comparisonIn(syntax: Syntax, condition: SyntaxNode): Comparison {
	const node = withoutBrackets(condition);
	const {children} = node;
	const [left, right] = [children[0], children.at(-1)];
	if (node.name === 'BinaryExpression' && left !== undefined && right !== undefined) {
		const matcher = children
			.slice(1, -1)
			.map(word => written(syntax, word))
			.join('-');
		return /^(?:and|or)$/.test(matcher)
			? {subject: [node], matcher: `assert-${matcher}`, expected: []}
			: {subject: [left], matcher, expected: [[right]]};
	}

	if (node.name === 'UnaryExpression' && left?.name === 'not' && right !== undefined) {
		return {subject: [right], matcher: 'not', expected: []};
	}

	const [given = [], types = []] = node.name === 'CallExpression' ? groupsOf(childOf(node, 'ArgList')) : [];
	const isTypeCheck = node.name === 'CallExpression' && left !== undefined && written(syntax, left) === 'isinstance';
	return isTypeCheck ? {subject: given, matcher: 'isinstance', expected: [types]} : {subject: [node], matcher: 'assert', expected: []};
}

/** `with raises(X):` is about what its block does. */
function raisesIn(call: SyntaxNode, matcher: string, groups: readonly Group[]): Comparison {
	const around = call.parent?.name === 'WithStatement' ? call.parent : undefined;
	const block = around === undefined ? undefined : childOf(around, 'Body');
	const expected = block === undefined ? groups.slice(0, 1) : groups;
	return {subject: block === undefined ? (groups[1] ?? []) : block.children.slice(1), matcher, expected};
}

function callAt(syntax: Syntax, node: SyntaxNode): Comparison | undefined {
	const callee = node.children[0];
	const property = childOf(callee, 'PropertyName') ?? callee;
	if (
		callee === undefined ||
		property === undefined ||
		property.to - property.from > 60 ||
		!/^(?:VariableName|MemberExpression)$/.test(callee.name)
	) {
		return undefined;
	}

	const matcher = written(syntax, property);
	const object = callee.name === 'MemberExpression' ? callee.children[0] : undefined;
	if (!asserting.test(matcher)) {
		return undefined;
	}

	const groups = groupsOf(childOf(node, 'ArgList'));
	if (/^(?:raises|warns|assertRaises\w*|assertWarns\w*)$/.test(matcher)) {
		return raisesIn(node, matcher, groups);
	}

	// `mock.assert_called_with(1)` is about the mock.
	if (object !== undefined && object.to - object.from < 200 && !ofModule.test(written(syntax, object))) {
		return {subject: [object], matcher, expected: groups};
	}

	const [subject = [], ...rest] = groups;
	const [only] = subject;
	if (matcher === 'assertTrue' && only !== undefined && subject.length === 1) {
		const inner = comparisonIn(syntax, only);
		return inner.matcher === 'assert' ? {...inner, matcher} : inner;
	}

	// The message of an assertion is no expectation.
	const expected = alone.test(matcher) ? [] : rest.filter((group, index) => index === 0 || group.length > 1);
	return {subject, matcher, expected};
}

/** The assertion that starts at a node, if one does. */
export function pythonAssertionAt(syntax: Syntax, node: SyntaxNode): Comparison | undefined {
	if (node.name === 'AssertStatement') {
		const [, condition] = node.children;
		return condition === undefined ? undefined : comparisonIn(syntax, condition);
	}

	return node.name === 'CallExpression' ? callAt(syntax, node) : undefined;
}

/** True when an assertion passes whatever the code under test does. */
function cannotFail(subject: string, matcher: string, expected: string): boolean {
	const isTuple = matcher === 'assert' && /^\( .* , .* \)$/.test(subject);
	const isTrue = isTruthy(subject) && (takesTruth(matcher, expected) || /^(?:is-not|!=|assertIsNotNone)$/.test(matcher));
	const isSame = isEquality(matcher) && subject === expected && !subject.includes('(');
	return isTuple || isTrue || isSame || (matcher === 'not' && isConstant(subject) && !isTruthy(subject));
}

/** Takes an assertion apart; `line` is that of its first character. */
export function readPythonAssertion(
	syntax: Syntax,
	node: SyntaxNode,
	{subject, matcher, expected}: Comparison,
	line: number,
	values: Values,
): Omit<AssertionCode, 'hindrances'> {
	const plain = (nodes: readonly SyntaxNode[], known?: Values) => nodes.map(each => plainCode(syntax, each, known)).join(' ');
	const code = {
		subject: plain(subject),
		resolvedSubject: plain(subject, values),
		expected: expected.map(group => plain(group, values)).join(' , '),
	};
	const unresolved = expected.map(group => plain(group)).join(' , ');
	const isIdle = cannotFail(settled(code.subject, code.resolvedSubject), matcher, settled(unresolved, code.expected));
	const strength = isIdle ? 0 : strengthOf(matcher.replace(/^(?:is-not|not-in|not)$/, 'not'), code.expected);
	return {line, written: shortCode(written(syntax, node)), ...code, matcher, strength};
}
