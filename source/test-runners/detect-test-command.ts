import {posix} from 'node:path';
import type {TestCommandFact} from '../protocol/event.ts';
import {shellWord, splitFolder} from './command-line.ts';
import {detectPytest} from './detect-pytest.ts';
import {findInvocation} from './invocation.ts';
import {junitFileOf, writesToVariable} from './junit-command.ts';
import {type PackageFile, packageManagerOf, readPackage, resolveScripts} from './package-script.ts';
import type {ProjectFiles, RunnerId} from './runner.ts';
import {isTestFile} from './test-file.ts';

/** A test command as it was found. Nothing found is approved by itself. */
export type FoundTestCommand = TestCommandFact & {readonly runner: RunnerId; readonly isApproved: false};

const maxFolders = 200;
const maxSearched = 40;

/** npm's own placeholder, and scripts that only print or do nothing. */
const placeholder = /no test specified|^\s*(?:echo\b[^&|;]*|true|:|exit 0)\s*$/;

function isReal(script: string | undefined): script is string {
	return script !== undefined && script.trim() !== '' && !placeholder.test(script);
}

async function scriptCommand(project: ProjectFiles, folder: string, {scripts}: PackageFile): Promise<string | undefined> {
	const name = ['test', 'test:unit', 'tests', 'unit'].find(candidate => isReal(scripts[candidate]));
	if (name === undefined) {
		return undefined;
	}

	const manager = await packageManagerOf(project, folder);
	return name === 'test' && manager !== 'bun' ? `${manager} test` : `${manager} run ${name}`;
}

/** A runner that is installed, or built into node, without a script that calls it. */
async function runnerWithoutScript(project: ProjectFiles, folder: string, found: PackageFile | undefined): Promise<string | undefined> {
	if (found?.dependencies.has('vitest') === true) {
		return 'npx vitest run';
	}

	if (found?.dependencies.has('jest') === true) {
		return 'npx jest';
	}

	const files = await project.list();
	const candidates = files.filter(path => isBelow(folder, path) && /\.[cm]?[jt]s$/.test(path) && isTestFile(path)).slice(0, maxSearched);
	for (const path of candidates) {
		if (/['"]node:test['"]/.test((await project.read(path)) ?? '')) {
			return 'node --test';
		}
	}

	return undefined;
}

function isBelow(folder: string, path: string): boolean {
	return folder === '' || path.startsWith(`${folder}/`);
}

/** The command of one folder by what lies in it; a script of the project's own comes first. */
async function commandIn(project: ProjectFiles, folder: string, files: ReadonlySet<string>): Promise<string | undefined> {
	const has = (name: string) => files.has(posix.join(folder, name));
	const found = has('package.json') ? await readPackage(project, folder) : undefined;
	const script = found === undefined ? undefined : await scriptCommand(project, folder, found);
	if (script !== undefined) {
		return script;
	}

	if (has('Cargo.toml')) {
		return 'cargo test';
	}

	if (has('go.mod')) {
		return 'go test ./...';
	}

	return (await detectPytest(project, folder)) ?? (await runnerWithoutScript(project, folder, found));
}

function depthOf(folder: string): number {
	return folder.split('/').length;
}

/** The folders below that hold a package of their own, the shallowest first. */
function packageFolders(files: readonly string[]): readonly string[] {
	const folders = files
		.filter(path => /(?:^|\/)(?:package\.json|Cargo\.toml|go\.mod|pyproject\.toml|pytest\.ini)$/.test(path))
		.map(path => posix.dirname(path))
		.filter(
			folder =>
				folder !== '.' && depthOf(folder) <= 3 && !/(?:^|\/)(?:examples?|fixtures?|templates?|testdata|vendor)(?:\/|$)/.test(folder),
		);
	return [...new Set(folders)].sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1)).slice(0, maxFolders);
}

type Candidate = {readonly command: string; readonly note?: string};

async function commandBelow(project: ProjectFiles, files: readonly string[]): Promise<Candidate | undefined> {
	const known = new Set(files);
	const found: {readonly folder: string; readonly command: string}[] = [];
	for (const folder of packageFolders(files)) {
		const isInside = found.some(outer => isBelow(outer.folder, folder));
		const command = isInside ? undefined : await commandIn(project, folder, known);
		if (command !== undefined) {
			found.push({folder, command});
		}
	}

	const [first, ...others] = found;
	if (first === undefined) {
		return undefined;
	}

	const names = others.map(({folder}) => folder);
	const note = `the tests of ${first.folder}${names.length === 0 ? '' : `; not run: ${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${names.length - 4} more` : ''}`}`;
	return {command: `cd ${shellWord(first.folder)} && ${first.command}`, note};
}

async function makeRecipe(project: ProjectFiles, folder: string): Promise<string | undefined> {
	const text = (await project.read(posix.join(folder, 'Makefile'))) ?? '';
	const [, recipe] = /^test[ \t]*:(?!=)[^\n]*\n((?:\t[^\n]*(?:\n|$))+)/m.exec(text) ?? [];
	return recipe?.trim().replaceAll(/\s*\n\t/g, '\n');
}

async function findCommand(project: ProjectFiles): Promise<Candidate | undefined> {
	const files = await project.list();
	const atRoot = await commandIn(project, '', new Set(files));
	if (atRoot !== undefined) {
		return {command: atRoot};
	}

	const below = await commandBelow(project, files);
	return below ?? ((await makeRecipe(project, '')) === undefined ? undefined : {command: 'make test'});
}

function runnerFor(text: string): RunnerId {
	if (writesToVariable(text)) {
		return 'junit';
	}

	// A runner that is known by itself tells more than JUnit XML does.
	return findInvocation(text)?.runner.id ?? (junitFileOf(text) === undefined ? 'exit-code' : 'junit');
}

async function describe(project: ProjectFiles, {command, note}: Candidate): Promise<FoundTestCommand> {
	const {folder = '', rest} = splitFolder(command);
	const scripts = (await readPackage(project, folder))?.scripts ?? {};
	const recipe = rest === 'make test' ? await makeRecipe(project, folder) : undefined;
	const resolvesTo = recipe === undefined ? resolveScripts(rest, scripts) : `${rest}\n${recipe}`;
	// Plug'n'Play has no node_modules/.bin from which a script's own command could be started.
	const isPlugged = (await project.list()).some(path => path === '.pnp.cjs') && resolvesTo !== rest;
	return {
		command,
		runner: isPlugged ? 'exit-code' : runnerFor(resolvesTo.split('\n')[0] ?? ''),
		resolvesTo,
		isApproved: false,
		...(note !== undefined && {note}),
	};
}

/**
 * Finds how a project's tests are run, by reading files only: the test script of package.json, else what cargo, go, pytest, vitest, jest or
 * node have by themselves, else the packages below, else `make test`. A person's own command wins. Undefined: there are no tests yet.
 */
export async function detectTestCommand(project: ProjectFiles, override?: string): Promise<FoundTestCommand | undefined> {
	const own = override?.trim() ?? '';
	if (own !== '') {
		return describe(project, {command: own});
	}

	const found = await findCommand(project);
	return found === undefined ? undefined : describe(project, found);
}
