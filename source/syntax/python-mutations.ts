import {indexLines, type LineIndex, spanOf} from './line-index.ts';
import {boundaries, isLogging, isNeutral, opposites, otherNumber} from './mutable-code.ts';
import {type MutationPlace, shortCode} from './mutation.ts';
import {above, isMisread, type Syntax, type SyntaxNode, written} from './parse.ts';
import {pythonStatementPlaces} from './python-statement-mutations.ts';

const untouched =
	/^(?:ImportStatement|Decorator|TypeDef|TypeParamList|TypeDefinition|Comment|RaiseStatement|AssertStatement|LiteralPattern)$/;
const loops = /^(?:WhileStatement)$/;

type Place = {readonly syntax: Syntax; readonly lines: LineIndex};

function isInLoop(node: SyntaxNode): boolean {
	for (const {name} of above(node)) {
		if (name === 'FunctionDefinition' || name === 'LambdaExpression') {
			return false;
		}

		if (loops.test(name)) {
			return true;
		}
	}

	return false;
}

/** In the condition of a `while`: a fault there may never end. */
function decidesLoop(node: SyntaxNode): boolean {
	for (const {name} of above(node)) {
		if (name === 'Body' || name === 'LambdaExpression') {
			return false;
		}

		if (loops.test(name)) {
			return true;
		}
	}

	return false;
}

function isText(node: SyntaxNode | undefined): boolean {
	return /^(?:String|FormatString|ContinuedString)$/.test(node?.name ?? '');
}

function replaced({lines}: Place, node: SyntaxNode, kind: MutationPlace['kind'], replacement: string): MutationPlace {
	return {kind, line: lines.lineAt(node.from), start: node.from, end: node.to, replacement};
}

function operatorPlace(place: Place, node: SyntaxNode): MutationPlace | undefined {
	const operator = written(place.syntax, node);
	const expression = node.parent;
	const right = expression?.children.at(-1);
	if (right === undefined || !/^(?:BinaryExpression|UpdateStatement)$/.test(expression?.name ?? '')) {
		return undefined;
	}

	// `tuple[*sizes]` is read as a product.
	if (/[[(,]\s*$/.test(place.syntax.text.slice(Math.max(0, node.from - 4), node.from))) {
		return undefined;
	}

	const boundary = node.name === 'CompareOp' ? boundaries[operator] : undefined;
	if (boundary !== undefined) {
		return replaced(place, node, 'boundary', boundary);
	}

	const opposite = opposites[operator];
	const joinsText = /^[+%]/.test(operator) && expression?.children.some(isText) === true;
	const isEndless = decidesLoop(node) || (operator.endsWith('=') && node.name === 'UpdateOp' && isInLoop(node));
	const isUseless = isNeutral(operator, written(place.syntax, right)) || joinsText || isEndless;
	return opposite === undefined || isUseless ? undefined : replaced(place, node, 'operator', opposite);
}

/** `is` and `in` turn round; `not x` and `is not` lose their `not`. */
function wordPlace(place: Place, node: SyntaxNode): MutationPlace | undefined {
	const siblings = node.parent?.children ?? [];
	const next = siblings[node.position + 1];
	if (decidesLoop(node) || !/^(?:BinaryExpression|UnaryExpression)$/.test(node.parent?.name ?? '')) {
		return undefined;
	}

	if (node.name === 'not' && next !== undefined) {
		const told = `${shortCode(written(place.syntax, node.parent ?? node))} lost its not`;
		return {...replaced(place, node, 'operator', ''), end: next.from, told};
	}

	const isTurned = next?.name === 'not' || siblings[node.position - 1]?.name === 'not';
	if (isTurned || (node.name !== 'is' && node.name !== 'in')) {
		return undefined;
	}

	return replaced(place, node, 'operator', node.name === 'is' ? 'is not' : 'not in');
}

function isOnlyText(syntax: Syntax, node: SyntaxNode): boolean {
	const parent = node.parent;
	if (parent === undefined || /^(?:ExpressionStatement|ContinuedString|FormatReplacement)$/.test(parent.name)) {
		return true;
	}

	for (const around of above(node)) {
		if (/Statement$|^Body$/.test(around.name)) {
			return false;
		}

		const callee = around.name === 'CallExpression' ? written(syntax, around.children[0] ?? around) : '';
		if (/(?:Error|Exception|Warning|TypeVar|getLogger)$/.test(callee.slice(-20))) {
			return true;
		}
	}

	return false;
}

/** Only plain texts: a prefix or three quotes would need more care than one more mutation is worth. */
function textPlace(place: Place, node: SyntaxNode): MutationPlace | undefined {
	const code = written(place.syntax, node);
	const isFormat = node.parent?.name === 'BinaryExpression' && written(place.syntax, node.parent.children[1] ?? node) === '%';
	if (!/^(?:'[^']|"[^"]|''$|""$)/.test(code) || isFormat || isOnlyText(place.syntax, node)) {
		return undefined;
	}

	return replaced(place, node, 'constant', code.length > 2 ? code.slice(0, 1).repeat(2) : `'mutated'`);
}

/** The condition after an `if` or `elif`. */
function conditionPlace(place: Place, node: SyntaxNode): MutationPlace | undefined {
	const siblings = node.parent?.name === 'IfStatement' ? node.parent.children : [];
	const condition = siblings[node.position + 1];
	const isConstant = condition === undefined || condition.name === 'Boolean' || condition.isError;
	return isConstant ? undefined : replaced(place, condition, 'constant', 'False');
}

function constantPlace(place: Place, node: SyntaxNode): MutationPlace | undefined {
	switch (node.name) {
		case 'Boolean': {
			const replacement = written(place.syntax, node) === 'True' ? 'False' : 'True';
			return decidesLoop(node) ? undefined : replaced(place, node, 'constant', replacement);
		}

		case 'Number': {
			const replacement = decidesLoop(node) ? undefined : otherNumber(written(place.syntax, node));
			return replacement === undefined ? undefined : replaced(place, node, 'constant', replacement);
		}

		case 'String': {
			return textPlace(place, node);
		}

		case 'if':
		case 'elif': {
			return conditionPlace(place, node);
		}

		default: {
			return undefined;
		}
	}
}

/** The main guard, and what a module says of itself: `__all__`, `__version__`. */
function isOfModule(syntax: Syntax, node: SyntaxNode): boolean {
	const start = written(syntax, node).slice(0, 40);
	return node.name === 'IfStatement' ? /^if\s*\(?\s*__name__\b/.test(start) : node.name === 'AssignStatement' && /^__\w+__\b/.test(start);
}

function isLogCall(syntax: Syntax, node: SyntaxNode): boolean {
	return node.name === 'CallExpression' && isLogging(written(syntax, node.children[0] ?? node));
}

function placeAt(place: Place, node: SyntaxNode): MutationPlace | undefined {
	if (/^(?:CompareOp|ArithOp|BitOp|UpdateOp|and|or)$/.test(node.name)) {
		return operatorPlace(place, node);
	}

	return /^(?:is|in|not)$/.test(node.name) ? wordPlace(place, node) : constantPlace(place, node);
}

/** Where a Python text may be mutated within expressions, on the changed lines only, in the order of the text. */
export function pythonPlaces(syntax: Syntax, changed: ReadonlySet<number>): readonly MutationPlace[] {
	const lines = indexLines(syntax.text);
	const span = spanOf(lines, changed);
	const places: MutationPlace[] = [];
	for (let index = 0; index < syntax.nodes.length; ) {
		const node = syntax.nodes[index];
		const isOutside = node === undefined || node.to < span.from || node.from > span.to;
		if (isOutside || untouched.test(node.name) || isLogCall(syntax, node) || isOfModule(syntax, node)) {
			index = node?.after ?? index + 1;
			continue;
		}

		const found = [placeAt({syntax, lines}, node), ...pythonStatementPlaces(syntax, lines, node)];
		places.push(...found.filter(place => place !== undefined).filter(place => changed.has(place.line) && !isMisread(node)));
		index++;
	}

	return places;
}
