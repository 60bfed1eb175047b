import {childOf, type Syntax, type SyntaxNode} from './parse.ts';
import {plainCode, type Values} from './plain-code.ts';

const maxValue = 2000;

type Given = {readonly name: string; readonly value: SyntaxNode};

function givenIn(syntax: Syntax, node: SyntaxNode): Given | undefined {
	const name = (from: SyntaxNode) => syntax.text.slice(from.from, from.to);
	if (node.name === 'VariableDeclaration' && node.children[0]?.name === 'const') {
		const [target, value] = [
			childOf(node, 'VariableDefinition'),
			node.children[(childOf(node, 'Equals')?.position ?? node.children.length) + 1],
		];
		const isSingle = node.children.filter(child => child.name === 'Equals').length === 1 && target?.position === 1;
		return isSingle && value !== undefined ? {name: name(target), value} : undefined;
	}

	if (node.name === 'AssignStatement' || node.name === 'UpdateStatement') {
		const [target, operator, value] = node.children;
		return target?.name === 'VariableName' && value !== undefined && /^(?:Assign|Update)Op$/.test(operator?.name ?? '')
			? {name: name(target), value}
			: undefined;
	}

	return undefined;
}

/**
 * What each variable among these nodes was given, when it was given one thing only. An assertion on `expected` can then be compared by the value
 * of `expected`. `outer` holds the variables of the file.
 */
export function valuesIn(syntax: Syntax, nodes: readonly SyntaxNode[], outer: Values = new Map()): Values {
	const values = new Map(outer);
	const seen = new Set<string>();
	for (const node of nodes) {
		const given = givenIn(syntax, node);
		if (given === undefined) {
			continue;
		}

		const {name, value} = given;
		const isShort = value.to - value.from <= maxValue && !/Function|Lambda|^Class/.test(value.name);
		const code = seen.has(name) || !isShort ? name : plainCode(syntax, value, values);
		seen.add(name);
		values.set(name, code.length > maxValue ? name : code);
	}

	return values;
}
