import {isSecretPath, isSpecPath} from '../protocol/protected-paths.ts';
import {relativeToRoot} from './path-pattern.ts';
import {type Argv, readShellCommand} from './shell-command.ts';

// What follows the name of these is a target to build, not a file to filter by.
const takesTargets = /(?:^|\/)(?:make|gmake|just|task|rake|ninja|bazel|gradle|gradlew|mvn|mvnw|sh|bash)$/;
// Options that only change how much a runner prints or how soon it stops; none of them names a file, a module or a command.
const quietOption =
	/^(?:-q|-qq|-v|-vv|-x|-s|--quiet|--verbose|--tb=(?:auto|long|short|line|native|no)|--bail|--no-color|--nocapture|--run|--(?:test-)?reporter=(?:default|basic|verbose|dot|tap|tap-flat|json|spec|list|min))$/;
const filter = /^(?!-)(?=.*[./])[\w@.][\w@./+:[\]-]*$/;

function isFilter(word: string, root: string): boolean {
	const relative = relativeToRoot(word.split('::')[0] ?? word, root);
	return quietOption.test(word) || (filter.test(word) && relative !== undefined && !isSpecPath(relative) && !isSecretPath(relative));
}

/** Whether a command is the approved test command, or that with test files of the workspace behind it. */
export function isTestRun(argv: Argv, testCommand: string, root: string): boolean {
	const approved = readShellCommand(testCommand);
	const [words] = approved.commands;
	if (
		approved.kind === 'opaque' ||
		approved.commands.length !== 1 ||
		words === undefined ||
		!words.every((word, index) => argv[index] === word)
	) {
		return false;
	}

	const rest = argv.slice(words.length);
	const files = rest[0] === '--' ? rest.slice(1) : rest;
	return rest.length === 0 || (!takesTargets.test(words[0] ?? '') && files.length > 0 && files.every(word => isFilter(word, root)));
}
