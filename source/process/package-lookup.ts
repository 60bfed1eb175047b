import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {type Environment, findProgram} from './find-program.ts';
import {type PackageFacts, parseCargo, parseGo, parseNpm, parsePip} from './package-facts.ts';
import {runQuietly} from './quiet-run.ts';

type Ecosystem = 'npm' | 'python' | 'rust' | 'go';

export type LookUpPackage = {
	readonly name: string;
	/** Told from the project's files when absent. */
	readonly ecosystem?: Ecosystem;
	readonly root: string;
	readonly env: Environment;
	readonly signal: AbortSignal;
};

export type PackageLookup =
	| {readonly kind: 'found'; readonly ecosystem: Ecosystem; readonly facts: PackageFacts}
	| {readonly kind: 'bad-name'; readonly why: string}
	| {readonly kind: 'unavailable'; readonly why: string};

const timeoutMs = 30_000;

/** What a package may be called where it is looked up; none of these can be read as an option or a path. */
const names: Readonly<Record<Ecosystem, RegExp>> = {
	npm: /^(?:@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*$/i,
	python: /^[a-z\d][\w.-]*$/i,
	rust: /^[a-z][\w-]*$/i,
	go: /^[a-z\d][a-z\d.-]*\.[a-z]{2,}(?:\/[\w.~-]+)*$/i,
};

type Query = {readonly program: string; readonly args: readonly string[]; readonly parse: (output: string) => PackageFacts | undefined};

/** The project's own package manager first. Yarn asks through npm: its `yarnPath` would run a script of the repository. */
function queriesFor(ecosystem: Ecosystem, name: string, root: string): readonly Query[] {
	switch (ecosystem) {
		case 'npm': {
			const args = ['view', name, 'name', 'version', 'license', 'time.modified', 'description', '--json'];
			const npm = {program: 'npm', args, parse: parseNpm};
			return existsSync(join(root, 'pnpm-lock.yaml')) ? [{program: 'pnpm', args, parse: parseNpm}, npm] : [npm];
		}

		case 'python': {
			const parse = (output: string) => parsePip(name, output);
			return ['pip', 'pip3'].map(program => ({
				program,
				args: ['index', 'versions', name, '--disable-pip-version-check', '--no-input'],
				parse,
			}));
		}

		case 'rust': {
			return [{program: 'cargo', args: ['info', name, '--color', 'never'], parse: output => parseCargo(name, output)}];
		}

		case 'go': {
			return [{program: 'go', args: ['list', '-m', '-json', `${name}@latest`], parse: parseGo}];
		}

		default: {
			return ecosystem satisfies never;
		}
	}
}

const signs: readonly (readonly [string, Ecosystem])[] = [
	['package.json', 'npm'],
	['pyproject.toml', 'python'],
	['requirements.txt', 'python'],
	['setup.py', 'python'],
	['Cargo.toml', 'rust'],
	['go.mod', 'go'],
];

function ecosystemOf(name: string, root: string): Ecosystem {
	const found = signs.find(([file]) => existsSync(join(root, file)))?.[1];
	return found ?? (names.go.test(name) && name.includes('/') ? 'go' : 'npm');
}

/** Looks up the newest version, licence and last release of a package. Read-only; the name is an argument, never a part of a shell line. */
export async function lookUpPackage({name, ecosystem: given, root, env, signal}: LookUpPackage): Promise<PackageLookup> {
	const ecosystem = given ?? ecosystemOf(name, root);
	if (!names[ecosystem].test(name) || name.length > 214) {
		return {kind: 'bad-name', why: `"${name}" cannot be the name of a package`};
	}

	const childEnv = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
	const tried: string[] = [];
	for (const {program, args, parse} of queriesFor(ecosystem, name, root)) {
		const file = await findProgram(program, {env, root});
		const result = file === undefined ? undefined : await runQuietly({file, args, cwd: root, env: childEnv, timeoutMs, signal});
		const facts = result?.isOk === true ? parse(result.output) : undefined;
		if (facts !== undefined) {
			return {kind: 'found', ecosystem, facts};
		}

		tried.push(
			file === undefined
				? `${program} is not installed`
				: `${program} gave no answer for ${name}: it does not exist, or the registry cannot be reached`,
		);
	}

	return {kind: 'unavailable', why: tried.join('; ')};
}
