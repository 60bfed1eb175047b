import type {Argv} from './shell-command.ts';

type Check = (args: Argv) => boolean;

const anything: Check = () => true;
const onlyOptions: Check = args => args.every(arg => arg.startsWith('-'));

function without(...forbidden: readonly RegExp[]): Check {
	return args => !args.some(arg => forbidden.some(pattern => pattern.test(arg)));
}

function only(allowed: RegExp): Check {
	return args => args.every(arg => allowed.test(arg));
}

// Recursion from the root would read what a person is asked about file by file (.env), and -R leaves the tree through links.
const grep: Check = args => {
	if (!without(/^-[^-]*[RdD]/, /^--(?:de|di)/, /^-[^-]*f/, /^--f/)(args)) {
		return false;
	}

	const isRecursive = args.some(arg => /^-[^-]*r/.test(arg) || /^--r/.test(arg));
	const operands = args.filter(arg => !arg.startsWith('-') && !/^\d+$/.test(arg));
	const isNarrow =
		args.some(arg => arg.startsWith('--include=')) || (operands.length > 1 && !operands.slice(1).some(arg => /^\.?\/?$/.test(arg)));
	return !isRecursive || isNarrow;
};

// Options that run programs, follow links or look into hidden files. Short ones may be joined.
const ripgrep = without(
	/^--pre/,
	/^--hostname-bin/,
	/^--search-zip/,
	/^--follow/,
	/^--no-ignore/,
	/^--unrestricted/,
	/^--hidden/,
	/^-[^-]*[zuL.]/,
);
const find = without(/^-(?:exec|ok|delete|fls|fprint|files0-from|follow)/, /^-[^-]*L$/);

// Git takes any unambiguous beginning of a long option.
const gitOption = without(/^--o(?!neline$|rder)/, /^--ext/, /^--textc/, /^--no-i/, /^--exe/, /^-[cOo]/);
const gitCommands: Readonly<Record<string, Check>> = {
	status: anything,
	log: anything,
	diff: anything,
	show: anything,
	blame: anything,
	describe: anything,
	shortlog: args => args.length > 0,
	'rev-parse': anything,
	'ls-files': anything,
	branch: only(/^(?:-a|-r|-v|-vv|--list|--all|--remotes|--show-current|--merged|--no-merged)$/),
	remote: only(/^(?:-v|--verbose)$/),
	tag: args => args.length === 0 || args[0] === '-l' || args[0] === '--list',
	stash: args => args[0] === 'list',
};

const git: Check = ([subcommand = '', ...args]) =>
	Object.hasOwn(gitCommands, subcommand) && gitCommands[subcommand]?.(args) === true && gitOption(args);

// Lines of files by their numbers alone: any other script of sed may write or run something.
const sed: Check = ([option, script = '', ...files]) =>
	option === '-n' && /^\d+(?:,(?:\d+|\$))?p$/.test(script) && files.length > 0 && !files.some(file => file.startsWith('-'));

const gofmt: Check = args => args.some(arg => /^-[ld]$/.test(arg)) && args.every(arg => /^-[lds]$/.test(arg) || !arg.startsWith('-'));

const programs: Readonly<Record<string, Check>> = {
	ls: anything,
	pwd: anything,
	cat: anything,
	head: anything,
	tail: without(/^-[^-]*[fF]/, /^--(?:f|r)/),
	wc: without(/^--f/),
	nl: anything,
	sed,
	cut: anything,
	tr: anything,
	echo: anything,
	true: anything,
	false: anything,
	basename: anything,
	dirname: anything,
	stat: anything,
	du: without(/^--f/),
	df: anything,
	diff: anything,
	cmp: anything,
	uname: anything,
	whoami: anything,
	which: anything,
	date: only(/^\+/),
	sort: only(/^-[bdfghinrVuk0-9t,.]+$|^[^-]/),
	uniq: onlyOptions,
	tree: without(/^-[^-]*[oRl]/, /^--o/),
	grep,
	egrep: grep,
	fgrep: grep,
	rg: ripgrep,
	find,
	git,
	gofmt,
};

const versioned: ReadonlySet<string> = new Set(
	'node npm pnpm yarn bun deno tsc python python3 pip pip3 go cargo rustc java ruby php make gcc clang'.split(' '),
);

/**
 * Whether a command only reads, whatever its arguments name: the small built-in list of reliability.md section 3, each program by its plain
 * name and with its options looked at. Which files it may read is decided elsewhere.
 */
export function isReadOnly([program = '', ...args]: Argv): boolean {
	if (versioned.has(program) && args.length === 1 && (args[0] === '--version' || (program === 'go' && args[0] === 'version'))) {
		return true;
	}

	// Node parses one file then, and runs nothing.
	const [option, file = '-'] = args;
	if (program === 'node' && option === '--check' && args.length === 2 && !file.startsWith('-')) {
		return true;
	}

	return Object.hasOwn(programs, program) && programs[program]?.(args) === true;
}

/** Whether a program is on that list at all, whatever its options. */
export function isReader([program = '']: Argv): boolean {
	return Object.hasOwn(programs, program);
}
