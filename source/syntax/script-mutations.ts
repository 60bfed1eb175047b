import {indexLines, type LineIndex, spanOf} from './line-index.ts';
import {boundaries, isLogging, isNeutral, opposites, otherNumber} from './mutable-code.ts';
import {type MutationPlace, shortCode} from './mutation.ts';
import {above, childOf, isMisread, type Syntax, type SyntaxNode, written} from './parse.ts';
import {scriptStatementPlaces} from './script-statement-mutations.ts';

/** Where code is only about types or modules, or would be told to a person. */
const untouched =
	/^(?:Type(?:Annotation|ArgList|ParamList|AliasDeclaration|Predicate)|InterfaceDeclaration|AmbientDeclaration|ImportDeclaration|ExportGroup|Decorator|\w+Type|LineComment|BlockComment|ThrowStatement)$/;
const functions = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunction|MethodDeclaration|ClassBody)$/;

type Place = {readonly syntax: Syntax; readonly lines: LineIndex};

/** The condition of a `for`, `while` or `do`, or what a `for` does after each round: a fault there may never end. */
function decidesLoop(node: SyntaxNode): boolean {
	for (const around of above(node)) {
		if (functions.test(around.name) || around.name === 'Block') {
			return false;
		}

		if (/^(?:ForSpec|WhileStatement|DoStatement)$/.test(around.name)) {
			return true;
		}
	}

	return false;
}

function isInLoop(node: SyntaxNode): boolean {
	for (const around of above(node)) {
		if (functions.test(around.name)) {
			return false;
		}

		if (/^(?:ForSpec|WhileStatement|DoStatement)$/.test(around.name)) {
			return true;
		}
	}

	return false;
}

// A chain of more than this many operands is not looked through.
const maxChain = 100;

function isText(node: SyntaxNode | undefined): boolean {
	return node?.name === 'String' || node?.name === 'TemplateString';
}

/** True when a `+` of the same chain has a text beside it, so that it joins texts and `-` would only make NaN. */
function joinsText(expression: SyntaxNode): boolean {
	const chain: SyntaxNode[] = [expression];
	for (let node = expression.parent; node?.name === 'BinaryExpression' && chain.length < maxChain; node = node.parent) {
		chain.push(node);
	}

	for (let node = expression.children[0]; node?.name === 'BinaryExpression' && chain.length < maxChain; node = node.children[0]) {
		chain.push(node);
	}

	return chain.some(({children}) => isText(children[0]) || isText(children.at(-1)));
}

/** `async <T>(x)` is read as comparisons by the grammar. */
function isTypeArgument(syntax: Syntax, node: SyntaxNode): boolean {
	const expression = node.parent;
	return (
		/^[<>]$/.test(written(syntax, node)) &&
		(/^async\b/.test(syntax.text.slice(expression?.from, node.from)) ||
			(/[\w$]/.test(syntax.text[node.from - 1] ?? '') && !/\s/.test(syntax.text[node.to] ?? '')))
	);
}

function operatorPlace({syntax, lines}: Place, node: SyntaxNode): MutationPlace | undefined {
	const operator = written(syntax, node);
	const expression = node.parent;
	const right = expression?.children.at(-1);
	const place = {line: lines.lineAt(node.from), start: node.from, end: node.to};
	if (expression === undefined || right === undefined || isTypeArgument(syntax, node)) {
		return undefined;
	}

	const boundary = boundaries[operator];
	if (boundary !== undefined && node.name === 'CompareOp') {
		return {...place, kind: 'boundary', replacement: boundary};
	}

	if (operator === '??') {
		const told = `${shortCode(written(syntax, expression))} became ${shortCode(written(syntax, right))}`;
		return {...place, kind: 'operator', start: expression.from, end: right.from, replacement: '', told};
	}

	const opposite = opposites[operator];
	const isUseless = isNeutral(operator, written(syntax, right)) || (operator.startsWith('+') && joinsText(expression));
	const isEndless = decidesLoop(node) || (/^(?:[-+*/]=|\+\+|--)$/.test(operator) && isInLoop(node));
	return opposite === undefined || isUseless || isEndless ? undefined : {...place, kind: 'operator', replacement: opposite};
}

/** `!x` and `-x` lose their sign; `!!x` would stay as truthy as it was. */
function unaryPlace({syntax, lines}: Place, node: SyntaxNode): MutationPlace | undefined {
	const [sign, operand] = node.children;
	const isDoubled = operand?.name === 'UnaryExpression' || node.parent?.name === 'UnaryExpression';
	if (sign === undefined || operand === undefined || isDoubled || decidesLoop(node) || !/^[!-]$/.test(written(syntax, sign))) {
		return undefined;
	}

	const told = `${shortCode(written(syntax, node))} became ${shortCode(written(syntax, operand))}`;
	// `return!x` needs a space where the sign stood.
	const replacement = /\w/.test(syntax.text[node.from - 1] ?? '') ? ' ' : '';
	return {kind: 'operator', line: lines.lineAt(node.from), start: node.from, end: operand.from, replacement, told};
}

function isOnlyText(syntax: Syntax, node: SyntaxNode): boolean {
	const parent = node.parent;
	if (parent === undefined || /^(?:ExpressionStatement|ExportDeclaration|EnumBody)$/.test(parent.name)) {
		return true;
	}

	if (parent.name === 'Property' && parent.children[0] === node) {
		return true;
	}

	for (const around of above(node)) {
		if (/Statement$|^Block$|^Arrow/.test(around.name)) {
			return false;
		}

		const callee = around.children[0];
		if (around.name === 'NewExpression' && /Error$|Exception$/.test(written(syntax, around.children[1] ?? around))) {
			return true;
		}

		if (around.name === 'CallExpression' && callee !== undefined && /^(?:require|import|Symbol)$/.test(written(syntax, callee))) {
			return true;
		}
	}

	return false;
}

function conditionPlace({syntax, lines}: Place, node: SyntaxNode): MutationPlace | undefined {
	const condition = node.name === 'IfStatement' ? childOf(node, 'ParenthesizedExpression') : node.children[0];
	if (condition === undefined || /^\(?\s*(?:true|false)\s*\)?$/.test(written(syntax, condition))) {
		return undefined;
	}

	const replacement = node.name === 'IfStatement' ? '(false)' : 'false';
	return {kind: 'constant', line: lines.lineAt(condition.from), start: condition.from, end: condition.to, replacement};
}

function otherConstant(syntax: Syntax, node: SyntaxNode): string | undefined {
	const code = written(syntax, node);
	switch (node.name) {
		case 'BooleanLiteral': {
			return decidesLoop(node) ? undefined : `${code !== 'true'}`;
		}

		case 'Number': {
			// The first value of a `for` may change, its bound and step may not.
			return decidesLoop(node) && node.parent?.name !== 'VariableDeclaration' ? undefined : otherNumber(code);
		}

		case 'String': {
			const replacement = code.length > 2 ? code.slice(0, 1).repeat(2) : "'mutated'";
			return isOnlyText(syntax, node) ? undefined : replacement;
		}

		default: {
			return undefined;
		}
	}
}

function constantPlace(place: Place, node: SyntaxNode): MutationPlace | undefined {
	if (node.name === 'IfStatement' || node.name === 'ConditionalExpression') {
		return conditionPlace(place, node);
	}

	const replacement = otherConstant(place.syntax, node);
	return replacement === undefined
		? undefined
		: {kind: 'constant', line: place.lines.lineAt(node.from), start: node.from, end: node.to, replacement};
}

function placeAt(place: Place, node: SyntaxNode): MutationPlace | undefined {
	switch (node.name) {
		case 'CompareOp':
		case 'LogicOp':
		case 'ArithOp':
		case 'BitOp':
		case 'UpdateOp': {
			return /^(?:BinaryExpression|AssignmentExpression|PostfixExpression)$/.test(node.parent?.name ?? '')
				? operatorPlace(place, node)
				: undefined;
		}

		case 'UnaryExpression': {
			return unaryPlace(place, node);
		}

		default: {
			return constantPlace(place, node);
		}
	}
}

function isLogCall(syntax: Syntax, node: SyntaxNode): boolean {
	return node.name === 'CallExpression' && isLogging(written(syntax, node.children[0] ?? node));
}

/** Where a JavaScript or TypeScript text may be mutated, on the changed lines only, in the order of the text. */
export function scriptPlaces(syntax: Syntax, changed: ReadonlySet<number>): readonly MutationPlace[] {
	const lines = indexLines(syntax.text);
	const span = spanOf(lines, changed);
	const places: MutationPlace[] = [];
	for (let index = 0; index < syntax.nodes.length; ) {
		const node = syntax.nodes[index];
		const isOutside = node === undefined || node.to < span.from || node.from > span.to;
		if (isOutside || untouched.test(node.name) || isLogCall(syntax, node)) {
			index = node?.after ?? index + 1;
			continue;
		}

		const found = placeAt({syntax, lines}, node);
		if (found !== undefined && changed.has(found.line) && !isMisread(node)) {
			places.push(found);
		}

		places.push(...scriptStatementPlaces(syntax, lines, node).filter(place => changed.has(place.line) && !isMisread(node)));
		index++;
	}

	return places;
}
