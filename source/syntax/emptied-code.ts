import {childOf, parseSyntax, type Syntax, type SyntaxNode, written} from './parse.ts';

const scriptFunctions: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'MethodDeclaration', 'ArrowFunction']);

type Replacement = {readonly from: number; readonly to: number; readonly text: string};

function emptyScriptFunction(syntax: Syntax, node: SyntaxNode, nothing: string): Replacement | undefined {
	const block = childOf(node, 'Block');
	const name = childOf(node, 'PropertyDefinition');
	// Without its constructor an object has no shape, and a test breaks before it asserts anything.
	if (name !== undefined && written(syntax, name) === 'constructor') {
		return undefined;
	}

	if (block !== undefined) {
		return {from: block.from, to: block.to, text: `{ return ${nothing}; }`};
	}

	const body = node.name === 'ArrowFunction' ? node.children.at(-1) : undefined;
	return body === undefined ? undefined : {from: body.from, to: body.to, text: `(${nothing})`};
}

function emptyPythonFunction(syntax: Syntax, node: SyntaxNode): Replacement | undefined {
	const body = childOf(node, 'Body');
	const name = childOf(node, 'VariableName');
	return body === undefined || (name !== undefined && written(syntax, name) === '__init__')
		? undefined
		: {from: body.from, to: body.to, text: ': return None\n'};
}

/** Whether all lines of a node are among these. */
function newRanges(text: string, lines: readonly number[]): (node: SyntaxNode) => boolean {
	const wanted = new Set(lines);
	const starts = [0, ...[...text.matchAll(/\n/g)].map(({index}) => index + 1)];
	// How many of the lines up to each one are wanted, so that a range is told by two look-ups.
	const counts: number[] = [0];
	for (let line = 1; line <= starts.length; line++) {
		counts.push((counts.at(-1) ?? 0) + (wanted.has(line) ? 1 : 0));
	}

	const lineAt = (offset: number) => {
		let [low, high] = [0, starts.length];
		while (low + 1 < high) {
			const middle = (low + high) >> 1;
			[low, high] = (starts[middle] ?? 0) <= offset ? [middle, high] : [low, middle];
		}

		return low + 1;
	};

	return ({from, to}) => {
		const [first, last] = [lineAt(from), lineAt(Math.max(from, to - 1))];
		return (counts[last] ?? 0) - (counts[first - 1] ?? 0) === last - first + 1;
	};
}

/**
 * A source file whose functions are there and do nothing: each returns undefined or None. What a test asserts of them then fails inside the
 * test, not on loading. Only functions all of whose lines are in `lines` (1-based) are emptied; constructors and code outside functions stay.
 * Undefined for a language without a parser here, and when there is no such function. Never throws.
 */
export function emptiedCode(path: string, text: string, lines: readonly number[]): string | undefined {
	const syntax = parseSyntax(path, text);
	if (syntax === undefined) {
		return undefined;
	}

	const nothing = /\.[cm]?tsx?$/i.test(path) ? 'undefined as never' : 'undefined';
	const isNew = newRanges(text, lines);
	const replacements: Replacement[] = [];
	let emptiedUntil = 0;
	for (const node of syntax.nodes) {
		const isFunction = syntax.language === 'script' ? scriptFunctions.has(node.name) : node.name === 'FunctionDefinition';
		if (!isFunction || node.from < emptiedUntil || !isNew(node)) {
			continue;
		}

		const replacement = syntax.language === 'script' ? emptyScriptFunction(syntax, node, nothing) : emptyPythonFunction(syntax, node);
		if (replacement !== undefined) {
			replacements.push(replacement);
			emptiedUntil = replacement.to;
		}
	}

	if (replacements.length === 0) {
		return undefined;
	}

	let emptied = '';
	let at = 0;
	for (const {from, to, text: replacement} of replacements) {
		emptied += text.slice(at, from) + replacement;
		at = to;
	}

	return emptied + text.slice(at);
}
