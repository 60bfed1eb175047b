import {isSecretPath, isSpecPath} from '../protocol/protected-paths.ts';
import {relativeToRoot} from './path-pattern.ts';
import {type Argv, readShellCommand} from './shell-command.ts';

// What follows the name of these is a target to build, not a file to filter by.
const takesTargets = /(?:^|\/)(?:make|gmake|just|task|rake|ninja|bazel|gradle|gradlew|mvn|mvnw|sh|bash)$/;
// Options that only change how much a runner prints, how soon it stops or how often it repeats; none of them names a file, a module or a command.
const quietOption =
	/^(?:-q|-qq|-v|-vv|-x|-s|--quiet|--verbose|--verbosity|--silent|--tb=(?:auto|long|short|line|native|no)|--maxfail=\d+|--no-header|--bail|--no-color|--no-coverage|--nocapture|--run|--runInBand|-count=\d+|-race|-short|-failfast|-timeout=\d+[smh]|--(?:test-)?reporter=(?:default|basic|verbose|dot|tap|tap-flat|json|spec|list|min))$/;
// Options behind which a runner takes a test's name, or an expression of names.
const nameOption = /^(?:-k|-t|-g|-run|--grep|--testNamePattern|--test-name-pattern)$/;
const namedOption = /^(?:-run|--grep|--testNamePattern|--test-name-pattern)=/;
const filter = /^(?!-)(?=.*[./])[\w@.][\w@./+:[\]-]*$/;
const cargoOption = /^(?:-q|--quiet|--workspace|--all-targets|--tests)$/;
// Go takes the packages of modules that are not this one by their import path, which looks like a folder's.
const goFilter = /^\.(?:\/|$)/;

function isFilter(word: string, program: string, root: string): boolean {
	const relative = relativeToRoot(word.split('::')[0] ?? word, root);
	const isInside = relative !== undefined && !isSpecPath(relative) && !isSecretPath(relative);
	// Node runs any file that it is asked to test.
	const isOwn = program === 'go' ? goFilter.test(word) : !/^(?:node|tsx)$/.test(program) || /test|spec/i.test(relative ?? '');
	return filter.test(word) && isInside && isOwn;
}

/** Words behind a test command that make less of it: what to print, tests by name, files inside the workspace. */
function narrows(words: Argv, program: string, root: string): boolean {
	return words.every(
		(word, index) =>
			(nameOption.test(words[index - 1] ?? '') && !/^[/~-]|\.\./.test(word)) ||
			quietOption.test(word) ||
			(/^\d$/.test(word) && /^(?:-v|--verbosity)$/.test(words[index - 1] ?? '')) ||
			namedOption.test(word) ||
			(nameOption.test(word) && index < words.length - 1) ||
			(program === 'cargo' && /^(?:--|--lib|[\w:]+)$/.test(word)) ||
			isFilter(word, program, root),
	);
}

/** The folder of tests that a word of a test command asks for: `test` of `test/` and of `test/*.spec.js`; undefined for any other word. */
function folderOf(word: string, before: string): string | undefined {
	const isValue = before.startsWith('-') && before !== '--test' && !quietOption.test(before);
	const [plain = ''] = /^[\w./-]*/.exec(word) ?? [];
	const folder = plain === word ? word.replace(/\/$/, '') : plain.slice(0, Math.max(0, plain.lastIndexOf('/')));
	const isFolder = plain !== word || word.includes('/') || /^(?:tests?|specs?|src|__tests__)$/.test(word);
	return isValue || !isFolder || folder === '' || folder.startsWith('.') || /\.\w+$/.test(folder) ? undefined : folder;
}

/** Whether a command runs files of the folders that the approved one runs whole: `mocha test/a.js` where that is `mocha test/`. */
function isPartOf(argv: Argv, words: Argv, root: string): boolean {
	const folders = words.map((word, index) => (index === 0 ? undefined : folderOf(word, words[index - 1] ?? '')));
	const first = folders.findIndex(folder => folder !== undefined);
	const [start, end] = [words.slice(0, Math.max(0, first)), words.filter((_, index) => index > first && folders[index] === undefined)];
	const [program = ''] = words;
	const rest = argv.slice(start.length);
	for (const word of end) {
		const at = rest.indexOf(word);
		if (at !== -1) {
			rest.splice(at, 1);
		} else if (!quietOption.test(word)) {
			return false;
		}
	}

	const files = rest.filter((word, index) => isFilter(word, program, root) && !nameOption.test(rest[index - 1] ?? ''));
	const isBelow = (word: string) => {
		const relative = relativeToRoot(word.split('::')[0] ?? word, root) ?? '';
		return folders.some(folder => folder !== undefined && relative.startsWith(`${folder}/`));
	};
	const isSame = first > 0 && start.every((word, index) => argv[index] === word);
	return isSame && files.length > 0 && files.every(isBelow) && narrows(rest, program, root);
}

/** Whether a command is the approved test command, or that with test files of the workspace, names of tests or quiet options behind it. */
export function isTestRun(argv: Argv, testCommand: string, root: string): boolean {
	const approved = readShellCommand(testCommand);
	const [words] = approved.commands;
	const [program = ''] = words ?? [];
	if (approved.kind === 'opaque' || approved.commands.length !== 1 || words === undefined) {
		return false;
	}

	if (!words.every((word, index) => argv[index] === word)) {
		return !takesTargets.test(program) && isPartOf(argv, words, root);
	}

	const rest = argv.slice(words.length);
	const behind = rest[0] === '--' ? rest.slice(1) : rest;
	return rest.length === 0 || (!takesTargets.test(program) && behind.length > 0 && narrows(behind, program, root));
}

/** `-D warnings` behind `--`: how much a finding matters. */
function areLints(words: Argv): boolean {
	return words.every((word, index) => (index % 2 === 0 ? /^-[AWDF]$/ : /^[\w:-]+$/).test(word));
}

function isCargoCheck(verb: string, args: Argv): boolean {
	const end = args.indexOf('--');
	const [options, behind] = end === -1 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
	switch (verb) {
		case 'check':
		case 'build': {
			return behind.length === 0 && options.every(arg => cargoOption.test(arg));
		}

		case 'clippy': {
			return areLints(behind) && options.every(arg => cargoOption.test(arg));
		}

		case 'fmt': {
			return [...options, ...behind].includes('--check') && [...options, ...behind].every(arg => /^--(?:all|check)$/.test(arg));
		}

		default: {
			return false;
		}
	}
}

/** Compiling what the approved tests compile anyway, and looking at its style: `go vet ./...`, `cargo check`, `cargo fmt --check`. */
export function isCompileCheck([program = '', verb = '', ...args]: Argv, testCommands: readonly string[], root: string): boolean {
	const isCargo = program === 'cargo' && isCargoCheck(verb, args);
	const isGo = program === 'go' && verb === 'vet' && args.every(arg => isFilter(arg, program, root));
	return (isCargo || isGo) && testCommands.some(command => command.startsWith(`${program} test`));
}

/** Words that only shorten what came before them in a pipe. */
function isShortening([program = '', ...args]: Argv): boolean {
	return /^(?:tail|head)$/.test(program) && args.every(arg => /^-?\d+$|^-n\d*$/.test(arg));
}

/** Whether commands go to a package and run its approved tests there: `cd packages/core && npm test -- a.test.ts | tail -20`. */
export function isPackageTestRun([change = [], ...rest]: readonly Argv[], testCommands: readonly string[], root: string): boolean {
	const [program = '', folder = ''] = change;
	const [run, ...others] = rest;
	const place = relativeToRoot(folder, root);
	if (program !== 'cd' || change.length !== 2 || place === undefined || place === '' || run === undefined || !others.every(isShortening)) {
		return false;
	}

	return testCommands.some(command => {
		const [, at = '', own = ''] = /^cd (\S+) && (.+)$/s.exec(command) ?? [];
		return at !== '' && relativeToRoot(at.replaceAll("'", ''), root) === place && isTestRun(run, own, `${root}/${place}`);
	});
}
