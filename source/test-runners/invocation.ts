import {stepsOf, wordsOf} from './command-line.ts';
import type {Runner} from './runner.ts';
import {runnerStartedBy} from './runners.ts';

/** The one place of a command chain where a known runner is started. */
export type Invocation = {
	readonly runner: Runner;
	/** The steps before it: `tsc`. */
	readonly before: readonly string[];
	/** What stands before the runner in its own step: `NODE_ENV=test npx`. */
	readonly lead: readonly string[];
	readonly program: readonly string[];
	readonly args: readonly string[];
	readonly after: readonly string[];
};

/** Words that only start what follows them. */
const launchers: ReadonlySet<string> = new Set([
	...['npx', 'bunx', 'pnpm', 'yarn', 'npm', 'exec', 'node', '--'],
	...['uv', 'poetry', 'pipenv', 'hatch', 'pdm', 'rye', 'run'],
	...['env', 'cross-env', 'c8', 'nyc', 'time'],
]);

function isLead(word: string): boolean {
	return launchers.has(word) || word.startsWith('-') || /^\w+=/.test(word);
}

function inStep(step: string): Pick<Invocation, 'runner' | 'lead' | 'program' | 'args'> | undefined {
	const words = wordsOf(step);
	for (let at = 0; at < words.length; at++) {
		const started = runnerStartedBy(words.slice(at));
		if (started !== undefined) {
			const {runner, length} = started;
			return {runner, lead: words.slice(0, at), program: words.slice(at, at + length), args: words.slice(at + length)};
		}

		if (!isLead(words[at] ?? '')) {
			return undefined;
		}
	}

	return undefined;
}

/**
 * Finds the runner in `tsc && NODE_ENV=test vitest run`. Undefined when none or more than one is started, when the folder changes on the way,
 * or when the text is more than a chain of commands: then nobody can tell where its flags belong.
 */
export function findInvocation(text: string): Invocation | undefined {
	const steps = stepsOf(text) ?? [];
	if (steps.some(step => /^(?:cd|pushd)\b/.test(step) || /\$\{?npm_/.test(step))) {
		return undefined;
	}

	const found = steps.map(inStep);
	const at = found.findIndex(step => step !== undefined);
	const step = found[at];
	if (step === undefined || found.filter(other => other !== undefined).length > 1) {
		return undefined;
	}

	return {...step, before: steps.slice(0, at), after: steps.slice(at + 1)};
}

/** Whether a script text starts a known runner and does nothing beside it: no other step, no text that a shell would replace or run. */
export function isRunnerAlone(text: string): boolean {
	const found = /[$`<>|;&\n]/.test(text) ? undefined : findInvocation(text);
	return found !== undefined && found.before.length + found.after.length === 0;
}

/** Whether words behind a test command with this script text reach what runs the tests, and no step behind it, such as one that deletes. */
export function endsInItsTests(text: string): boolean {
	const found = findInvocation(text);
	return found === undefined ? (stepsOf(text)?.length ?? 1) === 1 : found.after.length === 0;
}

/** Arguments that choose no tests: without them the same ones are run. Whatever else stands there may be what keeps some of them from running. */
const choosesNothing =
	/^(?:run|--run|--test|\.\/\.\.\.|-q|-qq|-v|-vv|--quiet|--verbose|--silent|--ci|--coverage|--cov(?:=[\w./-]+)?|--cov-report=[\w:./-]+|--(?:test-)?reporter=[\w-]+|--no-color|--colors?|--passWithNoTests|--runInBand|--watch(?:All)?=false|-race|-cover|-count=\d+|--workspace|--no-fail-fast)$/;

/** What starts a runner and makes it run. */
function bareCommand({runner, lead, program}: Invocation): string {
	const verb = runner.id === 'vitest' ? ['run'] : runner.id === 'node-test' ? ['--test'] : [];
	return [...lead, ...program.slice(0, runner.id === 'vitest' ? 1 : undefined), ...verb].join(' ');
}

function sameOf(command: string, {runner, lead}: Invocation): readonly string[] {
	if (lead.length > 0) {
		return [command];
	}

	switch (runner.id) {
		case 'vitest':
		case 'jest':
		case 'mocha': {
			return [command, `npx ${command}`];
		}

		case 'pytest': {
			return command.startsWith('pytest') ? [command, ...['python', 'python3'].map(python => `${python} -m ${command}`)] : [command];
		}

		case 'unittest':
		case 'django-test': {
			return [command, ...['python', 'python3'].map(python => command.replace(/^\S+/, python))];
		}

		default: {
			return [command];
		}
	}
}

/** Steps that compile or look at the code, so that the tests behind them see the same world without them; others may set up a database. */
const onlyChecks =
	/^(?:npx )?(?:tsc|vue-tsc|eslint|biome|prettier|oxlint|xo|standard|knip|tsup|esbuild|swc|vite build|ruff|mypy|black|flake8|go (?:vet|build)|cargo (?:check|clippy|fmt|build))(?: |$)|^node (?:[\w.-]+\/)*(?:build|bundle|compile)[\w.-]*$/;

/**
 * Other ways to say a test command whose script starts a known runner: they run tests that a person approved, and no others, without the steps
 * around them that only compile or check. `npm test` that is `tsc && vitest run --coverage` is also `vitest run` and `npx vitest run`;
 * `pytest -q` is also `pytest` and `python -m pytest`.
 */
export function sameTestCommands({resolvesTo}: {readonly resolvesTo: string}): readonly string[] {
	const [text = ''] = resolvesTo.split('\n');
	const found = /[$`<>|;]/.test(text) ? undefined : findInvocation(text);
	if (found === undefined || !found.before.every(step => onlyChecks.test(step))) {
		return [];
	}

	const own = [...found.lead, ...found.program, ...found.args].join(' ');

	// Without its arguments unittest is its own discovery, and a TAP program or one with variables before it may be anything.
	const isKnown = !['unittest', 'django-test', 'tap'].includes(found.runner.id) && !found.lead.some(word => word.includes('='));
	const isPlain = isKnown && found.args.every(word => choosesNothing.test(word));
	const commands = isPlain ? [own, bareCommand(found)] : [own];
	return [...new Set(commands.flatMap(command => sameOf(command, found)))];
}
