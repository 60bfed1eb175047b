import type {LineIndex} from './line-index.ts';
import {childOf, type Syntax, type SyntaxNode, written} from './parse.ts';
import {argumentsOf, plainCode} from './plain-code.ts';
import type {TestRow} from './test-code.ts';

/** `const cases = [...]` of the file, for a table that is given by name. */
function declared(syntax: Syntax, name: string): SyntaxNode | undefined {
	const declaration = syntax.nodes.find(
		node =>
			node.name === 'VariableDeclaration' &&
			node.children.some(child => child.name === 'VariableDefinition' && written(syntax, child) === name),
	);
	const value = declaration?.children[(childOf(declaration, 'Equals')?.position ?? declaration.children.length) + 1];
	return withoutCast(value);
}

/** `[...] as const` */
function withoutCast(node: SyntaxNode | undefined): SyntaxNode | undefined {
	return node?.name === 'BinaryExpression' && /^(?:as|satisfies)$/.test(node.children[1]?.name ?? '') ? node.children[0] : node;
}

/** One row for each line of an `each` table that is written as a template: cells stand between bars. */
function templateRows(syntax: Syntax, lines: LineIndex, table: SyntaxNode): readonly TestRow[] {
	const first = lines.lineAt(table.from);
	return written(syntax, table)
		.split(/\r\n|\n|\r/)
		.map((row, index) => ({
			line: first + index,
			code: row
				.replaceAll('`', '')
				.replace(/\s+/g, ' ')
				.replace(/ ?\| ?/g, ' | ')
				.trim(),
		}))
		.filter(({code}) => code.includes('${'));
}

/** The rows of the table that a test runs once for each; empty when it has none, or when they are not written in this file. */
export function rowsOf(syntax: Syntax, lines: LineIndex, table: SyntaxNode | undefined): readonly TestRow[] {
	const named = table?.name === 'VariableName' ? declared(syntax, written(syntax, table)) : withoutCast(table);
	if (named?.name === 'TemplateString') {
		return templateRows(syntax, lines, named);
	}

	return named?.name === 'ArrayExpression'
		? argumentsOf(named).map(row => ({line: lines.lineAt(row.from), code: plainCode(syntax, row)}))
		: [];
}
