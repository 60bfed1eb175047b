import {type Tree, TreeFragment} from '@lezer/common';
import {parser as scriptParser} from '@lezer/javascript';
import {parser as pythonParser} from '@lezer/python';
import {languageOf} from './language.ts';

/** One node of a syntax tree, in names of the grammar; offsets count UTF-16 units of the text. */
export type SyntaxNode = {
	readonly name: string;
	/** Offset of the first character. */
	readonly from: number;
	/** Offset after the last character. */
	readonly to: number;
	/** Its place among the children of its parent. */
	readonly position: number;
	/** Its place in `Syntax.nodes`; everything below it stands from `index + 1` to before `after`. */
	readonly index: number;
	readonly after: number;
	readonly parent: SyntaxNode | undefined;
	readonly children: readonly SyntaxNode[];
	/** The parser had to skip or invent something here. */
	readonly isError: boolean;
	/** One of its children is an error. */
	readonly holdsError: boolean;
};

export type Syntax = {
	readonly language: 'script' | 'python';
	readonly text: string;
	/** Every node, parents before children, in the order of the text. No walk needs recursion, so no nesting is too deep. */
	readonly nodes: readonly SyntaxNode[];
	/** How many places the parser could not read. */
	readonly errors: number;
	/** How many there would be with this piece of the text replaced; only what is near the piece is read again. */
	readonly errorsWith: (start: number, end: number, replacement: string) => number;
};

type OpenNode = {
	-readonly [key in keyof SyntaxNode]: key extends 'children' ? SyntaxNode[] : SyntaxNode[key];
};

// A generated file of this size has nothing to change or compare by hand, and costs seconds.
const maxCharacters = 1_000_000;

const plainScript = scriptParser.configure({dialect: 'ts'});
const scriptWithMarkup = scriptParser.configure({dialect: 'ts jsx'});

function nodesOf(tree: Tree, shift: number): readonly SyntaxNode[] {
	const nodes: SyntaxNode[] = [];
	const open: OpenNode[] = [];
	tree.iterate({
		enter({name, from: start, to: end, type}) {
			const parent = open.at(-1);
			const [from, to] = [start + shift, end + shift];
			const position = parent?.children.length ?? 0;
			const index = nodes.length;
			const node: OpenNode = {
				name,
				from,
				to,
				position,
				index,
				after: index + 1,
				parent,
				children: [],
				isError: type.isError,
				holdsError: false,
			};
			if (parent !== undefined) {
				parent.children.push(node);
				parent.holdsError ||= type.isError;
			}

			nodes.push(node);
			open.push(node);
		},
		leave() {
			const node = open.pop();
			if (node !== undefined) {
				node.after = nodes.length;
			}
		},
	});
	return nodes;
}

function parserOf(path: string, language: Syntax['language']): typeof pythonParser {
	if (language === 'python') {
		return pythonParser;
	}

	// `<T>value` is a cast in .ts and an element in .tsx.
	return /\.[cm]?ts$/i.test(path) ? plainScript : scriptWithMarkup;
}

function errorsIn(tree: Tree): number {
	let errors = 0;
	tree.iterate({
		enter({type}) {
			errors += type.isError ? 1 : 0;
		},
	});
	return errors;
}

/**
 * The syntax tree of a JavaScript, TypeScript, JSX or Python text, by the extension of its path. Takes any text: what is no code becomes error
 * nodes. Undefined for other languages, and for texts of more than a million characters. Never throws.
 */
export function parseSyntax(path: string, text: string): Syntax | undefined {
	const language = languageOf(path);
	if ((language !== 'script' && language !== 'python') || text.length > maxCharacters) {
		return undefined;
	}

	const parser = parserOf(path, language);
	// A byte order mark is no code, and the grammars would stumble over it.
	const shift = text.startsWith('\uFEFF') ? 1 : 0;
	const code = text.slice(shift);
	const tree = parser.parse(code);
	return {
		language,
		text,
		nodes: nodesOf(tree, shift),
		errors: errorsIn(tree),
		errorsWith(start, end, replacement) {
			const [fromA, toA] = [start - shift, end - shift];
			const change = {fromA, toA, fromB: fromA, toB: fromA + replacement.length};
			const changed = code.slice(0, fromA) + replacement + code.slice(toA);
			return errorsIn(parser.parse(changed, TreeFragment.applyChanges(TreeFragment.addTree(tree), [change])));
		},
	};
}

/** Everything below a node, in the order of the text; at most `limit` nodes. */
export function below(syntax: Syntax, node: SyntaxNode, limit = Number.POSITIVE_INFINITY): readonly SyntaxNode[] {
	return syntax.nodes.slice(node.index + 1, Math.min(node.after, node.index + 1 + limit));
}

/** The node as written. */
export function written(syntax: Syntax, node: SyntaxNode): string {
	return syntax.text.slice(node.from, node.to);
}

/** The first child of that name. */
export function childOf(node: SyntaxNode | undefined, name: string): SyntaxNode | undefined {
	return node?.children.find(child => child.name === name);
}

// Deeper than any code a person wrote; keeps a climb for every node from becoming quadratic on hostile nesting.
const maxClimb = 200;

/** True when the parser went astray at a node or close around it, so that the node may not be what it seems. */
export function isMisread(node: SyntaxNode): boolean {
	// The whole text holds every error of its top; there only the neighbours count.
	const isNear = [node, node.parent, node.parent?.parent].some(near => near?.parent !== undefined && near.holdsError);
	const siblings = node.parent?.children ?? [];
	return isNear || siblings[node.position - 1]?.isError === true || siblings[node.position + 1]?.isError === true;
}

/** The nodes around a node, nearest first. */
export function* above(node: SyntaxNode): Generator<SyntaxNode> {
	let parent = node.parent;
	for (let climbed = 0; parent !== undefined && climbed < maxClimb; climbed++) {
		yield parent;
		parent = parent.parent;
	}
}
