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

function isFunction({language}: Syntax, {name}: SyntaxNode): boolean {
	return language === 'script' ? scriptFunctions.has(name) : name === 'FunctionDefinition';
}

/** What a definition is called: `save`, of `const save = () => …` too; undefined where nothing names it. */
function nameOf(syntax: Syntax, node: SyntaxNode): string | undefined {
	const own = ['VariableDefinition', 'PropertyDefinition', 'VariableName']
		.map(kind => childOf(node, kind))
		.find(child => child !== undefined);
	if (own !== undefined) {
		return written(syntax, own);
	}

	const before = node.parent?.children.slice(0, node.position).findLast(({name}) => /^(?:Variable|Property)Definition$/.test(name));
	return before === undefined ? undefined : written(syntax, before);
}

/** The name of a function with the classes and functions around it; undefined where one of them has none. */
function pathOf(syntax: Syntax, node: SyntaxNode): string | undefined {
	const names: (string | undefined)[] = [nameOf(syntax, node)];
	for (let outer = node.parent; outer !== undefined; outer = outer.parent) {
		if (isFunction(syntax, outer) || (/^Class/.test(outer.name) && outer.name !== 'ClassBody')) {
			names.unshift(nameOf(syntax, outer));
		}
	}

	return names.includes(undefined) ? undefined : names.join('.');
}

/** The text of each named function of a file, by its path. */
function functionsIn(path: string, text: string): ReadonlyMap<string, string> {
	const syntax = parseSyntax(path, text);
	const functions = syntax?.nodes.filter(node => isFunction(syntax, node)) ?? [];
	return new Map(
		functions.flatMap(node => {
			const name = syntax === undefined ? undefined : pathOf(syntax, node);
			return name === undefined ? [] : [[name, text.slice(node.from, node.to)] as const];
		}),
	);
}

function replaced(text: string, replacements: readonly Replacement[]): string {
	let changed = '';
	let at = 0;
	for (const {from, to, text: replacement} of replacements) {
		changed += text.slice(at, from) + replacement;
		at = to;
	}

	return changed + text.slice(at);
}

/** Whether a file holds nothing of its own: it only passes on the names of others, as an `index.ts` or an `__init__.py` does. */
function onlyPassesOn({nodes, text}: Syntax): boolean {
	return (
		nodes[0]?.children.every(node => {
			switch (node.name) {
				case 'ExportDeclaration': {
					return childOf(node, 'from') !== undefined || childOf(node, 'ExportGroup') !== undefined;
				}

				case 'AssignStatement': {
					return text.startsWith('__all__', node.from);
				}

				case 'ExpressionStatement': {
					return childOf(node, 'String') !== undefined;
				}

				default: {
					return /Comment$|^Import(?:Declaration|Statement)$/.test(node.name);
				}
			}
		}) ?? false
	);
}

/**
 * A source file taken back, with every name still there: a function that was there before is what it was, and a new one does nothing but return
 * undefined or None. What a test asserts of it then fails inside the test, not on loading. Only new functions all of whose lines are in `lines`
 * (1-based) are emptied; constructors and code outside functions stay. A file that only passes on names is itself. Undefined for a language
 * without a parser here, and when no function is another one then. Never throws.
 */
export function emptiedCode(
	path: string,
	text: string,
	{lines, before = ''}: {readonly lines: readonly number[]; readonly before?: string | undefined},
): string | undefined {
	const syntax = parseSyntax(path, text);
	if (syntax === undefined) {
		return undefined;
	}

	const nothing = /\.[cm]?tsx?$/i.test(path) ? 'undefined as never' : 'undefined';
	const isNew = newRanges(text, lines);
	const known = functionsIn(path, before);
	const empty = (node: SyntaxNode) =>
		syntax.language === 'script' ? emptyScriptFunction(syntax, node, nothing) : emptyPythonFunction(syntax, node);
	const replacements: Replacement[] = [];
	let doneUntil = 0;
	for (const node of syntax.nodes.filter(candidate => isFunction(syntax, candidate))) {
		const old = known.get(pathOf(syntax, node) ?? '');
		const own = text.slice(node.from, node.to);
		const replacement = old !== undefined ? {from: node.from, to: node.to, text: old} : isNew(node) ? empty(node) : undefined;
		if (node.from >= doneUntil && replacement !== undefined && old !== own) {
			replacements.push(replacement);
			doneUntil = replacement.to;
		}
	}

	return replacements.length === 0 && !onlyPassesOn(syntax) ? undefined : replaced(text, replacements);
}
