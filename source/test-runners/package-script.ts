import {posix} from 'node:path';
import {stepsOf, wordsOf} from './command-line.ts';
import type {ProjectFiles} from './runner.ts';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

export type PackageFile = {
	readonly name?: string;
	readonly scripts: Readonly<Record<string, string>>;
	/** Names of all packages it depends on. */
	readonly dependencies: ReadonlySet<string>;
	readonly hasWorkspaces: boolean;
	/** The field `packageManager`: `pnpm@9.1.0`. */
	readonly manager?: string;
};

const maxDepth = 8;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsIn(value: unknown): Readonly<Record<string, string>> {
	return isRecord(value)
		? Object.fromEntries(Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])))
		: {};
}

/** The package.json of a folder as far as tests need it; undefined when there is none that can be read. */
export async function readPackage(project: ProjectFiles, folder = ''): Promise<PackageFile | undefined> {
	const text = await project.read(posix.join(folder, 'package.json'));
	try {
		const parsed: unknown = JSON.parse((text ?? '').replace(/^\uFEFF/, ''));
		if (!isRecord(parsed)) {
			return undefined;
		}

		const {name, packageManager, workspaces} = parsed;
		const dependencies = ['dependencies', 'devDependencies', 'peerDependencies'].flatMap(key => Object.keys(textsIn(parsed[key])));
		return {
			...(typeof name === 'string' && {name}),
			scripts: textsIn(parsed.scripts),
			dependencies: new Set(dependencies),
			hasWorkspaces: workspaces !== undefined,
			...(typeof packageManager === 'string' && {manager: packageManager}),
		};
	} catch {
		return undefined;
	}
}

const lockFiles: readonly (readonly [string, PackageManager])[] = [
	['pnpm-lock.yaml', 'pnpm'],
	['yarn.lock', 'yarn'],
	['bun.lock', 'bun'],
	['bun.lockb', 'bun'],
	['package-lock.json', 'npm'],
];

/** Which package manager a project uses: what its package.json says, else its lock file, the nearest one first. */
export async function packageManagerOf(project: ProjectFiles, folder = ''): Promise<PackageManager> {
	const files = new Set(await project.list());
	for (let at = folder; ; at = posix.dirname(at)) {
		const place = at === '.' ? '' : at;
		const named = /^(npm|pnpm|yarn|bun)@/.exec((await readPackage(project, place))?.manager ?? '')?.[1];
		const locked = lockFiles.find(([file]) => files.has(posix.join(place, file)))?.[1];
		const found = lockFiles.find(([, manager]) => manager === named)?.[1] ?? locked;
		if (found !== undefined || place === '') {
			return found ?? 'npm';
		}
	}
}

type ScriptCall = {readonly name: string; readonly args: readonly string[]; readonly runsAround: boolean};

const quiet: ReadonlySet<string> = new Set(['--silent', '-s', '--quiet', '--if-present']);

/** The script that a step calls through a package manager: `npm test -- --bail`, `pnpm run unit`, `yarn test`, `node --run test`. */
function scriptCall(step: string, scripts: PackageFile['scripts']): ScriptCall | undefined {
	const [program = '', ...words] = wordsOf(step).filter((word, index) => index === 0 || !quiet.has(word));
	const [first = '', second = ''] = words;
	const call = (name: string, args: readonly string[], runsAround: boolean) =>
		scripts[name] === undefined ? undefined : {name, args: args[0] === '--' ? args.slice(1) : args, runsAround};
	switch (program) {
		case 'npm':
		case 'pnpm':
		case 'yarn':
		case 'bun': {
			if (first === 'run' || first === 'run-script') {
				return call(second, words.slice(2), true);
			}

			const isTest = ['test', 't', 'tst'].includes(first) && program !== 'bun';
			const isOwnName = program === 'pnpm' || program === 'yarn';
			return isTest ? call('test', words.slice(1), true) : isOwnName ? call(first, words.slice(1), true) : undefined;
		}

		case 'node': {
			return first === '--run' ? call(second, words.slice(2), false) : undefined;
		}

		default: {
			return undefined;
		}
	}
}

/** The steps of the script that a command calls which are calls of scripts themselves, without arguments: `npm run build` of `npm run build && node --test`. */
export function scriptSteps(command: string, scripts: PackageFile['scripts']): readonly string[] {
	const called = scriptCall(command, scripts);
	const steps = stepsOf(scripts[called?.name ?? ''] ?? '') ?? [];
	return steps.filter(step => scriptCall(step, scripts)?.args.length === 0);
}

type Expansion = {readonly scripts: PackageFile['scripts']; readonly folded: Set<string>};

function expandStep(step: string, expansion: Expansion, depth: number): string {
	const {scripts, folded} = expansion;
	const call = scriptCall(step, scripts);
	const text = call === undefined ? undefined : scripts[call.name];
	if (call === undefined || text === undefined || depth > maxDepth) {
		return step;
	}

	folded.add(call.name);
	const own = [text, ...call.args].join(' ');
	const around = call.runsAround ? [scripts[`pre${call.name}`], own, scripts[`post${call.name}`]] : [own];
	const names = [`pre${call.name}`, `post${call.name}`].filter(name => call.runsAround && scripts[name] !== undefined);
	for (const name of names) {
		folded.add(name);
	}

	return around
		.filter(part => part !== undefined)
		.map(
			part =>
				stepsOf(part)
					?.map(inner => expandStep(inner, expansion, depth + 1))
					.join(' && ') ?? `( ${part} )`,
		)
		.join(' && ');
}

/** Scripts that are mentioned but could not be folded in, as `npm-run-all test:*` does: a change of theirs changes what runs. */
function mentioned(text: string, scripts: PackageFile['scripts'], known: ReadonlySet<string>): readonly string[] {
	const found = new Set<string>();
	const queue = [text];
	for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
		const words = new Set(next.split(/[^\w:.*/-]+/));
		const isNamed = (name: string) =>
			[...words].some(word => word === name || (word.endsWith('*') && word.length > 1 && name.startsWith(word.replace(/\*+$/, ''))));
		for (const [name, own] of Object.entries(scripts)) {
			if (!known.has(name) && !found.has(name) && isNamed(name)) {
				found.add(name);
				queue.push(own);
			}
		}
	}

	return [...found].sort();
}

/**
 * The text that a command comes down to, for a person to approve by its hash and for a runner to get its flags: scripts of package.json are
 * replaced by what they run, with what runs before and after them. Scripts that are only named follow, a line each.
 */
export function resolveScripts(command: string, scripts: PackageFile['scripts']): string {
	const folded = new Set<string>();
	const steps = stepsOf(command);
	const text = steps === undefined ? command : steps.map(step => expandStep(step, {scripts, folded}, 0)).join(' && ');
	const rest = mentioned(text, scripts, folded).map(name => `${name}: ${scripts[name]}`);
	return [text, ...rest].map(line => line.replaceAll('\n', '\\n')).join('\n');
}
