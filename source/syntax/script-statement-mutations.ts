import type {LineIndex} from './line-index.ts';
import {isLogging} from './mutable-code.ts';
import {type MutationPlace, shortCode} from './mutation.ts';
import {above, type Syntax, type SyntaxNode, written} from './parse.ts';

const functions = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration|Property)$/;
const inertStatements =
	/^(?:FunctionDeclaration|ClassDeclaration|ReturnStatement|TypeAliasDeclaration|InterfaceDeclaration|ThrowStatement)$/;

/** `foo()` and `await foo()`; undefined for any other expression. */
function callOf(statement: SyntaxNode): SyntaxNode | undefined {
	const expression = statement.children[0];
	const call = expression?.name === 'AwaitExpression' ? expression.children.at(-1) : expression;
	return call?.name === 'CallExpression' ? call : undefined;
}

function removedCall(syntax: Syntax, lines: LineIndex, statement: SyntaxNode): MutationPlace | undefined {
	const callee = callOf(statement)?.children[0];
	const code = callee === undefined ? '' : written(syntax, callee);
	if (callee === undefined || callee.name === 'super' || isLogging(code)) {
		return undefined;
	}

	return {
		kind: 'removed-call',
		line: lines.lineAt(statement.from),
		start: statement.from,
		end: statement.to,
		replacement: ';',
		told: `${shortCode(written(syntax, statement))} was removed`,
	};
}

/** The function whose body a statement belongs to; undefined at the top of a module, in a static block, and in a constructor. */
function functionAround(syntax: Syntax, statement: SyntaxNode): SyntaxNode | undefined {
	for (const around of above(statement)) {
		if (functions.test(around.name)) {
			// Without its call of super a constructor fails by itself, whatever the test checks.
			return around.children.some(child => child.name === 'PropertyDefinition' && written(syntax, child) === 'constructor')
				? undefined
				: around;
		}

		if (/Class/.test(around.name)) {
			return undefined;
		}
	}

	return undefined;
}

function isLogStatement(syntax: Syntax, statement: SyntaxNode): boolean {
	const callee = statement.name === 'ExpressionStatement' ? callOf(statement)?.children[0] : undefined;
	return callee !== undefined && isLogging(written(syntax, callee));
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
				/^(?:[{};]|LineComment|BlockComment|FunctionDeclaration|ClassDeclaration)$/.test(sibling.name) ||
				(sibling.name === 'ReturnStatement' && !hasValue(syntax, sibling)) ||
				isLogStatement(syntax, sibling),
		)
	);
}

function hasValue(syntax: Syntax, statement: SyntaxNode): boolean {
	return !/^return\s*(?:undefined|void 0)?\s*;?$/.test(written(syntax, statement).slice(0, 40));
}

function valueOfReturn(statement: SyntaxNode): SyntaxNode | undefined {
	return statement.children.slice(1).find(({name}) => name !== ';' && !name.endsWith('Comment'));
}

const maxIndent = 200;

function earlyReturn(syntax: Syntax, lines: LineIndex, statement: SyntaxNode): MutationPlace | undefined {
	const place = {kind: 'early-return' as const, line: lines.lineAt(statement.from), start: statement.from, end: statement.from};
	if (statement.name === 'ReturnStatement') {
		const value = valueOfReturn(statement);
		return value === undefined || !hasValue(syntax, statement)
			? undefined
			: {...place, start: value.from, end: value.to, replacement: 'undefined'};
	}

	const isPlain =
		statement.parent?.name === 'Block' && !inertStatements.test(statement.name) && /Statement$|Declaration$/.test(statement.name);
	// Where the parser went astray, a statement may seem to begin in the middle of another one.
	const isFirst = /[\r\n{};:]\s*$/.test(syntax.text.slice(Math.max(0, statement.from - maxIndent), statement.from));
	if (!isPlain || !isFirst || isLastWord(syntax, statement) || functionAround(syntax, statement) === undefined) {
		return undefined;
	}

	return {...place, replacement: 'return; ', told: `returned before ${shortCode(written(syntax, statement))}`};
}

/** The value of `x => value`, which gives nothing instead. */
function emptiedArrow(syntax: Syntax, lines: LineIndex, arrow: SyntaxNode): MutationPlace | undefined {
	const value = arrow.children.at(-1);
	if (value === undefined || value.name === 'Block' || value.isError || /^(?:undefined|Arrow)$/.test(written(syntax, value))) {
		return undefined;
	}

	return {kind: 'early-return', line: lines.lineAt(value.from), start: value.from, end: value.to, replacement: 'undefined'};
}

/** The mutations that take a whole statement: a call that is gone, a return that comes too early or gives nothing. */
export function scriptStatementPlaces(syntax: Syntax, lines: LineIndex, node: SyntaxNode): readonly MutationPlace[] {
	if (node.name === 'ArrowFunction') {
		return [emptiedArrow(syntax, lines, node)].filter(place => place !== undefined);
	}

	const isStatement = /Statement$|Declaration$/.test(node.name);
	const removed = node.name === 'ExpressionStatement' ? removedCall(syntax, lines, node) : undefined;
	return [removed, isStatement ? earlyReturn(syntax, lines, node) : undefined].filter(place => place !== undefined);
}
