import type {Syntax, SyntaxNode} from './parse.ts';

/** What a local variable was given, in plain code; undefined when that is not known. */
export type Values = ReadonlyMap<string, string>;

const whole = new Set(['TemplateString', 'FormatString', 'String', 'RegExp', 'JSXAttributeValue']);
const comments = new Set(['LineComment', 'BlockComment', 'Comment']);
const opening = /^(?:String|TemplateString|Number|VariableName|CallExpression|MemberExpression|JSX\w+|ArrayExpression|ObjectExpression)$/;
const tight = /^(?:BinaryExpression|UnaryExpression|MemberExpression|CallExpression|ConditionalExpression|AwaitExpression|NewExpression)$/;

// Beyond this, variables stay names, so that hostile code cannot grow without bound.
const maxResolved = 10_000;

/** Brackets that a formatter may set or take away. */
function isFreeBracket(node: SyntaxNode): boolean {
	const around = node.parent;
	if (around === undefined || (node.name !== '(' && node.name !== ')')) {
		return false;
	}

	const inner = around.children[1];
	if (around.name === 'ParamList') {
		return around.parent?.name === 'ArrowFunction' && around.children.length === 3 && inner?.name === 'VariableDefinition';
	}

	const holds = inner !== undefined && opening.test(inner.name);
	return around.name === 'ParenthesizedExpression' && (holds || !tight.test(around.parent?.name ?? ''));
}

function isFree(node: SyntaxNode): boolean {
	if (node.name === ',') {
		const next = node.parent?.children[node.position + 1];
		return next === undefined || /^[)\]}]$/.test(next.name);
	}

	return node.name === ';' || comments.has(node.name) || isFreeBracket(node);
}

/** A text without the choice of its quotes. */
function plainText(code: string): string {
	const [, prefix = '', , inner] = /^([a-zA-Z]{0,2})("""|'''|"|')([\s\S]*)\2$/.exec(code) ?? [];
	return inner === undefined ? code : `${prefix.toLowerCase()}'${inner.replace(/\\(["'])/g, '$1')}'`;
}

/**
 * The code of a node on one line, without comments and without what a formatter decides: white space, quotes, trailing commas, semicolons, free
 * brackets. With `values`, variables are replaced by what they were given.
 */
export function plainCode(syntax: Syntax, node: SyntaxNode, values?: Values): string {
	const parts: string[] = [];
	let end = node.from;
	let resolved = 0;
	const codeOf = (token: SyntaxNode) => {
		const code = syntax.text.slice(token.from, token.to);
		const value = token.name === 'VariableName' && resolved < maxResolved ? values?.get(code) : undefined;
		resolved += value?.length ?? 0;
		return value ?? (/^(?:String|JSXAttributeValue)$/.test(token.name) ? plainText(code) : code);
	};

	for (const token of tokensIn(syntax, node)) {
		// What no node covers, such as the text between two JSX tags.
		parts.push(syntax.text.slice(end, token.from), isFree(token) ? '' : codeOf(token));
		end = Math.max(end, token.to);
	}

	parts.push(syntax.text.slice(end, node.to));
	return parts
		.map(part => part.replace(/\s+/g, ' ').trim())
		.filter(part => part !== '')
		.join(' ');
}

function* tokensIn(syntax: Syntax, node: SyntaxNode): Generator<SyntaxNode> {
	for (let index = node.index; index < node.after; ) {
		const token = syntax.nodes[index];
		const isToken = token !== undefined && (token.children.length === 0 || whole.has(token.name));
		if (isToken) {
			yield token;
		}

		index = isToken ? token.after : index + 1;
	}
}

const maxShown = 90;

/** Plain code as a person would write it, cut when it is long; to be shown, not to be compared. */
export function readable(code: string): string {
	const close = code
		.slice(0, maxShown * 4)
		.replace(/ ?([()[\].<>@]|\{ | \}) ?/g, (_, bracket: string) => bracket.trim())
		.replace(/ ([,:])/g, '$1')
		.replace(/([,:])(?=[([{])/g, '$1 ')
		.replace(/<\/ /g, '</');
	return close.length > maxShown ? `${close.slice(0, maxShown - 1)}…` : close;
}

/** The arguments in a list, without brackets, commas and comments. */
export function argumentsOf(list: SyntaxNode | undefined): readonly SyntaxNode[] {
	return (list?.children ?? []).filter(({name, isError}) => !isError && !/^[(),[\]]$/.test(name) && !comments.has(name));
}
