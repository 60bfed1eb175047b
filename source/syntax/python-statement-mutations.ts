import type {LineIndex} from './line-index.ts';
import {isLogging} from './mutable-code.ts';
import {type MutationPlace, shortCode} from './mutation.ts';
import {above, type Syntax, type SyntaxNode, written} from './parse.ts';

const inertStatements =
	/^(?:FunctionDefinition|ClassDefinition|DecoratedStatement|ReturnStatement|PassStatement|RaiseStatement|ImportStatement|ScopeStatement)$/;

function callOf(statement: SyntaxNode): SyntaxNode | undefined {
	const expression = statement.name === 'ExpressionStatement' ? statement.children[0] : undefined;
	const call = expression?.name === 'AwaitExpression' ? expression.children.at(-1) : expression;
	return call?.name === 'CallExpression' ? call : undefined;
}

function isLogStatement(syntax: Syntax, statement: SyntaxNode): boolean {
	const callee = callOf(statement)?.children[0];
	return callee !== undefined && isLogging(written(syntax, callee));
}

function removedCall(syntax: Syntax, lines: LineIndex, statement: SyntaxNode): MutationPlace | undefined {
	const call = callOf(statement);
	if (call === undefined || isLogStatement(syntax, statement) || /^super\(\)\.__init__/.test(written(syntax, call))) {
		return undefined;
	}

	const [start, end] = [statement.from, statement.to];
	const told = `${shortCode(written(syntax, statement))} was removed`;
	return {kind: 'removed-call', line: lines.lineAt(start), start, end, replacement: 'pass', told};
}

function isInFunction(statement: SyntaxNode): boolean {
	for (const {name} of above(statement)) {
		if (name === 'FunctionDefinition' || name === 'ClassDefinition') {
			return name === 'FunctionDefinition';
		}
	}

	return false;
}

// A block with more statements than this after the one in question says something.
const maxLooked = 40;

/** True when nothing that a test could notice stands from this statement to the end of its block. */
function isLastWord(syntax: Syntax, statement: SyntaxNode): boolean {
	const rest = statement.parent?.children.slice(statement.position, statement.position + maxLooked) ?? [];
	return (
		rest.length < maxLooked &&
		rest.every(
			sibling =>
				/^(?:Comment|PassStatement|;|FunctionDefinition|ClassDefinition)$/.test(sibling.name) ||
				isLogStatement(syntax, sibling) ||
				isDocstring(sibling) ||
				(sibling.name === 'ReturnStatement' && valueOfReturn(syntax, sibling) === undefined),
		)
	);
}

function isDocstring(statement: SyntaxNode): boolean {
	return statement.name === 'ExpressionStatement' && /^(?:String|ContinuedString)$/.test(statement.children[0]?.name ?? '');
}

/** What a `return` gives, from its first to its last character; undefined when it gives nothing. */
function valueOfReturn(syntax: Syntax, statement: SyntaxNode): {readonly from: number; readonly to: number} | undefined {
	const [, first] = statement.children;
	const last = statement.children.at(-1);
	if (first === undefined || last === undefined || /^None$/.test(syntax.text.slice(first.from, last.to))) {
		return undefined;
	}

	return {from: first.from, to: last.to};
}

function earlyReturn(syntax: Syntax, lines: LineIndex, statement: SyntaxNode): MutationPlace | undefined {
	const line = lines.lineAt(statement.from);
	if (statement.name === 'ReturnStatement') {
		const value = valueOfReturn(syntax, statement);
		return value === undefined ? undefined : {kind: 'early-return', line, start: value.from, end: value.to, replacement: 'None'};
	}

	const indent = syntax.text.slice(lines.startOf(line), statement.from);
	const isFirstOnLine = /^[\t \f]+$/.test(indent);
	if (statement.parent?.name !== 'Body' || inertStatements.test(statement.name) || isDocstring(statement) || !isFirstOnLine) {
		return undefined;
	}

	if (isLastWord(syntax, statement) || !isInFunction(statement)) {
		return undefined;
	}

	const [eol = '\n'] = /\r\n|\n|\r/.exec(syntax.text) ?? [];
	const told = `returned before ${shortCode(written(syntax, statement))}`;
	return {kind: 'early-return', line, start: statement.from, end: statement.from, replacement: `return None${eol}${indent}`, told};
}

/** The mutations that take a whole statement: a call that is gone, a return that comes too early or gives nothing. */
export function pythonStatementPlaces(syntax: Syntax, lines: LineIndex, node: SyntaxNode): readonly MutationPlace[] {
	if (!node.name.endsWith('Statement')) {
		return [];
	}

	return [removedCall(syntax, lines, node), earlyReturn(syntax, lines, node)].filter(place => place !== undefined);
}
