import type {LineIndex} from './line-index.ts';
import {above, childOf, type Syntax, type SyntaxNode, written} from './parse.ts';
import {argumentsOf, plainCode, readable} from './plain-code.ts';
import type {TestModifier, TestModifierKind, TestRow} from './test-code.ts';

const skipping = /(?:^|\.)(?:skip|skipif|skipIf|skipUnless|skipTest|importorskip|SkipTest)$/;
const failing = /(?:^|\.)(?:xfail|expectedFailure)$/;

function kindOf(path: string): TestModifierKind | undefined {
	if (skipping.test(path)) {
		return 'skipped';
	}

	return failing.test(path) ? 'expected-to-fail' : undefined;
}

function decoratorsOf(definition: SyntaxNode): readonly SyntaxNode[] {
	return definition.parent?.name === 'DecoratedStatement' ? definition.parent.children.filter(({name}) => name === 'Decorator') : [];
}

/** `@ pytest.mark.skipif(…)` without its arguments. */
function pathOf(syntax: Syntax, decorator: SyntaxNode): string {
	const list = childOf(decorator, 'ArgList');
	return syntax.text.slice(decorator.from + 1, list?.from ?? decorator.to).replace(/\s+/g, '');
}

// A call is looked for a name no longer than this.
const maxName = 60;

/** `pytest.skip()`, `self.skipTest()`, `raise SkipTest` in the body of a test; at the top of a file or in a class, `pytestmark`. */
function markIn(syntax: Syntax, node: SyntaxNode, isTest: boolean): string | undefined {
	const callee = node.name === 'CallExpression' ? node.children[0] : undefined;
	const isCall = callee !== undefined && callee.to - callee.from < maxName;
	if (
		isCall &&
		(isTest ? kindOf(written(syntax, callee)) !== undefined : /^(?:pytest\.)?(?:skip|importorskip)$/.test(written(syntax, callee)))
	) {
		return written(syntax, callee);
	}

	const [target, , value] = node.name === 'AssignStatement' ? node.children : [];
	const isMark = target !== undefined && value !== undefined && !isTest && written(syntax, target) === 'pytestmark';
	return isMark ? /(?:skip|skipif|xfail)\b/.exec(written(syntax, value))?.[0] : undefined;
}

/** The statements that belong to this scope itself, not to a class or function in it. */
function ownNodes(syntax: Syntax, scope: SyntaxNode | undefined): readonly SyntaxNode[] {
	const nodes: SyntaxNode[] = [];
	for (let index = (scope?.index ?? 0) + 1; index < (scope?.after ?? syntax.nodes.length); ) {
		const node = syntax.nodes[index];
		const isInner =
			node === undefined || node.name === 'FunctionDefinition' || node.name === 'ClassDefinition' || node.name === 'Decorator';
		if (!isInner) {
			nodes.push(node);
		}

		index = isInner ? (node?.after ?? index + 1) : index + 1;
	}

	return nodes;
}

function conditionAround(syntax: Syntax, lines: LineIndex, definition: SyntaxNode, owner: string): readonly TestModifier[] {
	for (const around of above(definition)) {
		if (/Definition$|^Script$/.test(around.name)) {
			break;
		}

		const [, condition] = around.name === 'IfStatement' ? around.children : [];
		if (condition !== undefined) {
			return [{kind: 'skipped', owner, line: lines.lineAt(around.from), written: `if ${readable(plainCode(syntax, condition))}`}];
		}
	}

	return [];
}

/** The marks that stand at a test or class itself, or at the file when there is no definition. */
export function pythonModifiersOf(
	syntax: Syntax,
	lines: LineIndex,
	definition: SyntaxNode | undefined,
	owner: string,
): readonly TestModifier[] {
	const decorators = (definition === undefined ? [] : decoratorsOf(definition)).flatMap(decorator => {
		const kind = kindOf(pathOf(syntax, decorator));
		return kind === undefined ? [] : [{kind, owner, line: lines.lineAt(decorator.from), written: readable(plainCode(syntax, decorator))}];
	});
	const isTest = definition?.name === 'FunctionDefinition';
	const marks = ownNodes(syntax, definition).flatMap(node => {
		const mark = markIn(syntax, node, isTest);
		const kind = mark === undefined ? undefined : kindOf(mark);
		return mark === undefined || kind === undefined
			? []
			: [{kind, owner, line: lines.lineAt(node.from), written: readable(plainCode(syntax, node))}];
	});
	return [...decorators, ...(definition === undefined ? [] : conditionAround(syntax, lines, definition, owner)), ...marks];
}

function tableOf(syntax: Syntax, table: SyntaxNode | undefined): SyntaxNode | undefined {
	if (table?.name !== 'VariableName') {
		return table;
	}

	const name = written(syntax, table);
	const given = syntax.nodes.find(
		node =>
			node.name === 'AssignStatement' &&
			node.parent?.name === 'Script' &&
			node.children[0] !== undefined &&
			written(syntax, node.children[0]) === name,
	);
	return given?.children.at(-1);
}

/** The rows of `parametrize` above a test or above its class. */
export function pythonRowsOf(syntax: Syntax, lines: LineIndex, definition: SyntaxNode): readonly TestRow[] {
	const holders = [definition, ...[...above(definition)].filter(({name}) => name === 'ClassDefinition')];
	return holders
		.flatMap(decoratorsOf)
		.filter(decorator => /(?:^|\.)parametrize$/.test(pathOf(syntax, decorator)))
		.flatMap(decorator => {
			const table = tableOf(syntax, argumentsOf(childOf(decorator, 'ArgList'))[1]);
			return /^(?:ArrayExpression|TupleExpression)$/.test(table?.name ?? '') ? argumentsOf(table) : [];
		})
		.map(row => ({line: lines.lineAt(row.from), code: plainCode(syntax, row)}));
}
