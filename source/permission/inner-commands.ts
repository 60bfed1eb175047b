import {type Argv, readShellCommand} from './shell-command.ts';

/** Programs that run the command they are given. */
const wrappers: ReadonlySet<string> = new Set(
	'env sudo doas su timeout nohup nice ionice stdbuf setsid xargs command exec builtin time watch parallel chroot unshare flock strace ltrace script chronic busybox npx bunx pnpx ssh'.split(
		' ',
	),
);
const shells: ReadonlySet<string> = new Set('bash sh zsh dash ksh ash fish eval su ssh watch parallel script'.split(' '));

// Rules are a few words long; more of each suffix is never looked at. What the bounds leave out is asked about, because wrappers always are.
const maxWords = 16;
const maxDepth = 4;
const maxCommands = 2000;

/** The program's name without its folder, as it is found on disks that ignore case. */
export function programOf(argv: Argv): string {
	return (argv[0] ?? '').split('/').at(-1)?.toLowerCase() ?? '';
}

/** Whether a command runs another one, which its arguments name. */
export function isWrapper(argv: Argv): boolean {
	return wrappers.has(programOf(argv)) || shells.has(programOf(argv));
}

function suffixes(argv: Argv): readonly Argv[] {
	const isFind = programOf(argv) === 'find' || programOf(argv) === 'fd';
	return argv.flatMap((word, index) => {
		const runs = isFind ? /^-(?:exec|ok)|^-[xX]$/.test(word) : wrappers.has(programOf(argv));
		return runs && index + 1 < argv.length ? [argv.slice(index + 1, index + 1 + maxWords)] : [];
	});
}

/** The commands in the texts that a shell is given: any argument may be a script, and `eval` joins them. */
function scripts(argv: Argv): readonly Argv[] {
	const args = argv.slice(1);
	return shells.has(programOf(argv)) ? [...args, args.join(' ')].flatMap(text => readShellCommand(text).commands) : [];
}

/**
 * Every command that could run: the ones given, what wrappers and shells among them are given, and so on. It finds too much rather than too
 * little, so it serves to refuse and to ask.
 */
export function withInnerCommands(commands: readonly Argv[]): readonly Argv[] {
	const found: Argv[] = [];
	let open = commands.map(argv => ({argv, depth: 0}));
	while (open.length > 0 && found.length < maxCommands) {
		const layers = open.flatMap(({argv, depth}) => [argv, ...suffixes(argv)].map(layer => ({argv: layer, depth})));
		found.push(...layers.map(({argv}) => argv));
		open = layers
			.filter(({depth}) => depth < maxDepth)
			.slice(0, maxCommands)
			.flatMap(({argv, depth}) => scripts(argv).map(inner => ({argv: inner, depth: depth + 1})))
			.slice(0, maxCommands);
	}

	return found.slice(0, maxCommands);
}
