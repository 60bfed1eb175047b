import {programOf} from './inner-commands.ts';
import {type Argv, readShellCommand} from './shell-command.ts';

/** What a command rule matches: exactly these words, or these and whatever follows. */
export type CommandPattern = {readonly words: Argv; readonly isPrefix: boolean};

/** Reads `npm run lint` (exactly that), `npm run *` (those words first), `*` (any command). */
export function parseCommandPattern(text: string): CommandPattern | {readonly error: string} {
	const trimmed = text.trim();
	if (trimmed === '*') {
		return {words: [], isPrefix: true};
	}

	// `npm run test:*` is how some other tools write a prefix.
	const [, start, star] = /^(.*?)(\s+\*|:\*)?$/s.exec(trimmed) ?? [];
	const command = readShellCommand(start ?? '');
	const [words] = command.commands;
	if (command.kind === 'opaque' || words === undefined || command.commands.length > 1) {
		return {error: 'it is not one plain command; a * stands only at its end'};
	}

	return {words, isPrefix: star !== undefined};
}

/** Whether an allow rule's words are this command, or start it. */
export function covers(pattern: CommandPattern, argv: Argv): boolean {
	const isStart = pattern.words.every((word, index) => argv[index] === word);
	return isStart && (pattern.isPrefix || argv.length === pattern.words.length);
}

/**
 * Whether a deny or ask rule catches this command: the program by its name, wherever it lies, then the rule's other words in their order
 * with anything between, so that an option put in front of a subcommand hides nothing.
 */
export function catches(pattern: CommandPattern, argv: Argv): boolean {
	if (pattern.words.length === 0) {
		return true;
	}

	if (programOf(pattern.words) !== programOf(argv)) {
		return false;
	}

	let at = 1;
	return pattern.words.slice(1).every(word => {
		const found = argv.indexOf(word, at);
		at = found + 1;
		return found !== -1;
	});
}

/** A word as it would be typed; undefined when it cannot be typed so that it is read back as itself. */
function quoted(word: string): string | undefined {
	if (/^[\w./,:=@+%-]+$/.test(word)) {
		return word;
	}

	if (!word.includes("'")) {
		return `'${word}'`;
	}

	return /["$`\\]/.test(word) ? undefined : `"${word}"`;
}

/** The text of a rule for exactly this command. */
export function exactPattern(argv: Argv): string | undefined {
	const words = argv.map(quoted);
	const text = words.join(' ');
	return words.includes(undefined) || text.includes('\n') || text.endsWith('*') ? undefined : text;
}
