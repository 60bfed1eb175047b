import {above, below, type Syntax, type SyntaxNode, written} from './parse.ts';
import type {Hindrance} from './test-code.ts';

const functions = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration|FunctionDefinition|LambdaExpression)$/;
const failing = /\b(?:throw|raise|assert|expect|fail|reject|done)\b/;

function functionAround(node: SyntaxNode): SyntaxNode | undefined {
	for (const around of above(node)) {
		if (functions.test(around.name)) {
			return around;
		}
	}

	return undefined;
}

/** Offset after the first `return` of each function, by the index of the function. */
function firstReturns(syntax: Syntax): ReadonlyMap<number, number> {
	const returns = new Map<number, number>();
	for (const node of syntax.nodes) {
		const owner = node.name === 'ReturnStatement' ? functionAround(node) : undefined;
		if (owner !== undefined && !returns.has(owner.index)) {
			returns.set(owner.index, node.to);
		}
	}

	return returns;
}

/** True when what a `try` catches is not passed on. */
function swallows(syntax: Syntax, statement: SyntaxNode): boolean {
	const handlers = statement.children.filter(
		({name, position}) =>
			name === 'CatchClause' || (name === 'Body' && statement.children.slice(0, position).some(child => child.name === 'except')),
	);
	return handlers.length > 0 && !handlers.some(handler => failing.test(written(syntax, handler).slice(0, 4000)));
}

function isSuppressing(syntax: Syntax, statement: SyntaxNode): boolean {
	return below(syntax, statement, 12).some(
		node => node.name === 'CallExpression' && /^(?:contextlib\s*\.\s*)?suppress\b/.test(written(syntax, node)),
	);
}

/** How the statement around hinders what stands in this child of it. */
function hindranceBy(syntax: Syntax, around: SyntaxNode, child: SyntaxNode): Hindrance | undefined {
	switch (around.name) {
		case 'TryStatement': {
			return child.position === 1 && swallows(syntax, around) ? 'try' : undefined;
		}

		case 'WithStatement': {
			return child.name === 'Body' && isSuppressing(syntax, around) ? 'try' : undefined;
		}

		case 'IfStatement':
		case 'ConditionalExpression': {
			return child.position > 1 || around.name === 'ConditionalExpression' ? 'condition' : undefined;
		}

		case 'BinaryExpression': {
			return child.position > 1 && /^(?:&&|\|\||\?\?|and|or)$/.test(written(syntax, around.children[1] ?? around))
				? 'condition'
				: undefined;
		}

		default: {
			return undefined;
		}
	}
}

/** Tells for a node why it may not be reached, or may fail unseen, looking up to the node where its test begins. */
export function hindrancesIn(syntax: Syntax): (node: SyntaxNode, test: SyntaxNode | undefined) => readonly Hindrance[] {
	const returns = firstReturns(syntax);
	return (node, test) => {
		const found = new Set<Hindrance>();
		let child = node;
		for (const around of above(node)) {
			const hindrance = hindranceBy(syntax, around, child);
			if (hindrance !== undefined) {
				found.add(hindrance);
			}

			if ((returns.get(around.index) ?? Number.POSITIVE_INFINITY) <= node.from) {
				found.add('return');
			}

			if (around === test) {
				break;
			}

			child = around;
		}

		return [...found];
	};
}
