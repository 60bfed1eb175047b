import {type Command, forEachChild, type ParsedScript, parse, type Redirection, type SyntaxNode, type Word} from 'unbash';
import {hasHiddenCharacters} from '../protocol/printable.ts';

/** A program and its arguments, as bash passes them on. */
export type Argv = readonly string[];

/**
 * A command line as bash reads it. `plain`: nothing but commands of literal words, joined by `|`, `&&`, `||`, `;` or line ends, so `commands`
 * is exactly what runs. `opaque`: anything else; `commands` is what was found anywhere in it, good for refusing and never for allowing.
 */
export type ShellCommand =
	| {readonly kind: 'plain'; readonly commands: readonly Argv[]}
	| {readonly kind: 'opaque'; readonly why: string; readonly commands: readonly Argv[]};

// Nothing a person could judge at a glance is longer, and what is not judged at a glance is asked.
const maxPlain = 4096;
const maxParsed = 16_384;
const maxNodes = 20_000;

const reasons: Readonly<Partial<Record<SyntaxNode['type'], string>>> = {
	CommandExpansion: 'a command inside another',
	ProcessSubstitution: 'a command inside another',
	SimpleExpansion: 'a variable',
	ParameterExpansion: 'a variable',
	Assignment: 'a variable',
	Glob: 'a wildcard',
	ExtendedGlob: 'a wildcard',
	BraceExpansion: 'a wildcard',
	Redirect: 'a redirection',
	HereDoc: 'a here-document',
	HereString: 'a here-document',
	Function: 'a function',
	Coproc: 'a background job',
};

/** Characters that mean only themselves outside quotes; `~` and `#` mean more at the start of a word. */
const bare = /^[\p{L}\p{N}_\-./,:=@+%^~#]*$/u;
const expandsTilde = /(?:^|[:=])~/;

function isLiteral(word: Word): boolean {
	if (word.parts === undefined) {
		return bare.test(word.text) && !word.text.startsWith('#') && !expandsTilde.test(word.text);
	}

	return word.parts.every(part => {
		switch (part.type) {
			case 'Literal': {
				return bare.test(part.text) && !expandsTilde.test(part.text);
			}

			case 'SingleQuoted': {
				return true;
			}

			case 'DoubleQuoted': {
				return !/[$`]/.test(part.text) && part.parts.every(inner => inner.type === 'Literal');
			}

			default: {
				return false;
			}
		}
	});
}

/** Joining the two outputs, or throwing one away, changes no file. */
function isHarmlessRedirection(redirection: Redirection, text: string): boolean {
	return redirection.type === 'Redirect' && /^(?:2>&1|1?>&2|[12]?>\s?\/dev\/null)$/.test(text.slice(redirection.pos, redirection.end));
}

function argvOf(command: Command): Argv {
	const name = command.name?.value;
	const args = command.args.map(arg => (arg.type === 'Word' ? arg.value : arg.text));
	return name === undefined ? args : [name, ...args];
}

function plainArgv(command: Command, text: string): Argv | undefined {
	const {name, prefix, suffix} = command;
	// A quoted or escaped name is a name nobody writes by accident.
	if (name === undefined || prefix.length > 0 || name.parts !== undefined || !/^[\w./+-]+$/.test(name.text)) {
		return undefined;
	}

	const isPlain = suffix.every(part =>
		part.type === 'Word' ? isLiteral(part) : part.type !== 'Assignment' && isHarmlessRedirection(part, text),
	);
	return isPlain ? argvOf(command) : undefined;
}

/** The simple commands below a node that joins commands; undefined when it holds anything else. */
function joined(node: SyntaxNode): readonly Command[] | undefined {
	switch (node.type) {
		case 'Command': {
			return [node];
		}

		case 'Pipeline': {
			return node.prefixes.length > 0 || node.operators.includes('|&') ? undefined : joinedAll(node.commands);
		}

		case 'AndOr': {
			return joinedAll(node.commands);
		}

		default: {
			return undefined;
		}
	}
}

function joinedAll(nodes: readonly SyntaxNode[]): readonly Command[] | undefined {
	const parts = nodes.map(joined);
	return parts.some(part => part === undefined) ? undefined : parts.flatMap(part => part ?? []);
}

function plainCommands(script: ParsedScript, text: string): readonly Argv[] | undefined {
	if (script.errors !== undefined && script.errors.length > 0) {
		return undefined;
	}

	const commands = script.commands.map(statement => (statement.background === true ? undefined : joined(statement.command)));
	const argvs = commands.flatMap(part => part?.map(command => plainArgv(command, text)) ?? [undefined]);
	return argvs.length === 0 || argvs.some(argv => argv === undefined)
		? undefined
		: argvs.flatMap(argv => (argv === undefined ? [] : [argv]));
}

type Found = {readonly commands: Argv[]; why: string | undefined; isBroken: boolean};

/** Looks at every node, nested scripts too; iterative, so that no nesting is too deep. */
function everywhere(script: ParsedScript): Found {
	const found: Found = {commands: [], why: undefined, isBroken: false};
	const open: SyntaxNode[] = [script];
	for (let seen = 0; open.length > 0; seen++) {
		const node = open.pop();
		if (node === undefined || seen > maxNodes) {
			found.isBroken = true;
			break;
		}

		if (node.type === 'Command') {
			found.commands.push(argvOf(node));
		}

		if (node.type === 'Script') {
			found.isBroken ||= node.errors !== undefined && node.errors.length > 0;
		}

		found.why ??= reasons[node.type];
		forEachChild(node, child => open.push(child));
	}

	return found;
}

/** Reads a command line as bash would. What is not fully understood is opaque. */
export function readShellCommand(text: string): ShellCommand {
	if (text.length > maxParsed) {
		return {kind: 'opaque', why: 'It is too long to be checked', commands: []};
	}

	const script = parse(text);
	const {commands, why, isBroken} = everywhere(script);
	if (hasHiddenCharacters(text) || /\\\r?\n/.test(text)) {
		return {kind: 'opaque', why: 'It holds invisible characters', commands};
	}

	if (isBroken) {
		return {kind: 'opaque', why: 'It is no complete shell command', commands};
	}

	const plain = text.length > maxPlain ? undefined : plainCommands(script, text);
	return plain === undefined
		? {kind: 'opaque', why: `It uses ${why ?? 'shell syntax'}, which only a person can judge`, commands}
		: {kind: 'plain', commands: plain};
}
