import {posix} from 'node:path';
import type {TestCommandFact} from '../protocol/event.ts';
import {shellWord, splitFolder} from './command-line.ts';
import {commandIn} from './folder-command.ts';
import {findInvocation} from './invocation.ts';
import {junitFileOf, writesToVariable} from './junit-command.ts';
import {isBelow, ownersOf, packageFolders} from './package-folders.ts';
import {readPackage, resolveScripts} from './package-script.ts';
import type {ProjectFiles, RunnerId} from './runner.ts';

/** A test command as it was found. Nothing found is approved by itself. */
export type FoundTestCommand = TestCommandFact & {readonly runner: RunnerId; readonly isApproved: false};

type Candidate = {readonly command: string; readonly note?: string};
type Package = {readonly folder: string; readonly command: string};

function leftOut(folders: readonly string[]): string {
	const more = folders.length > 4 ? ` and ${folders.length - 4} more` : '';
	return folders.length === 0 ? '' : `; not run: ${folders.slice(0, 4).join(', ')}${more}`;
}

function candidateFor({folder, command}: Package, others: readonly string[]): Candidate {
	return {command: `cd ${shellWord(folder)} && ${command}`, note: `the tests of ${folder}${leftOut(others)}`};
}

async function testedPackages(project: ProjectFiles, files: readonly string[], folders: readonly string[]): Promise<readonly Package[]> {
	const known = new Set(files);
	const tested: Package[] = [];
	for (const folder of folders) {
		const command = await commandIn(project, folder, known);
		tested.push(...(command === undefined ? [] : [{folder, command}]));
	}

	return tested;
}

async function commandBelow(project: ProjectFiles, files: readonly string[]): Promise<Candidate | undefined> {
	const known = new Set(files);
	const found: Package[] = [];
	for (const folder of packageFolders(files)) {
		const isInside = found.some(outer => isBelow(outer.folder, folder));
		const command = isInside ? undefined : await commandIn(project, folder, known);
		if (command !== undefined) {
			found.push({folder, command});
		}
	}

	const [first, ...others] = found;
	return first === undefined
		? undefined
		: candidateFor(
				first,
				others.map(({folder}) => folder),
			);
}

/** The packages with tests that are the nearest around one of these files, in the order of the files. */
async function owningPackages(project: ProjectFiles, files: readonly string[], changed: readonly string[]): Promise<readonly Package[]> {
	const tested = await testedPackages(
		project,
		files,
		packageFolders(files).filter(place => changed.some(path => isBelow(place, path))),
	);
	const folders = tested.map(({folder}) => folder);
	return ownersOf(changed, folders).flatMap(owner => tested.find(({folder}) => folder === owner) ?? []);
}

/** False for a command that asks for tests by paths that lead elsewhere: `node --test test/`. */
function namesPackage(text: string, folder: string): boolean {
	const {args = []} = findInvocation(text.split('\n')[0] ?? '') ?? {};
	const isPath = (word: string, index: number) => !word.startsWith('-') && word.includes('/') && !(args[index - 1] ?? '').startsWith('-');
	const paths = args.filter(isPath).map(word => word.replaceAll(/['"]|^\.\/|\/$/g, ''));
	return paths.length === 0 || paths.some(path => path.includes('*') || isBelow(path, folder) || isBelow(folder, path));
}

/** Whether the root's own command names the tests of this package too, so that nothing is gained by starting it there. */
async function coversPackage(project: ProjectFiles, root: string, {folder, command}: Package): Promise<boolean> {
	const [whole, own] = await Promise.all([
		describe(project, {command: root}),
		describe(project, {command: `cd ${shellWord(folder)} && ${command}`}),
	]);
	if (whole.runner === 'exit-code' || whole.runner !== own.runner) {
		return whole.runner !== 'exit-code' && own.runner === 'exit-code';
	}

	switch (whole.runner) {
		// A module below is none of `./...`.
		case 'go-test': {
			return (await project.read(posix.join(folder, 'go.mod'))) === undefined;
		}

		case 'cargo-test': {
			return whole.resolvesTo.includes('--workspace');
		}

		default: {
			return namesPackage(whole.resolvesTo, folder);
		}
	}
}

async function makeRecipe(project: ProjectFiles, folder: string): Promise<string | undefined> {
	const text = (await project.read(posix.join(folder, 'Makefile'))) ?? '';
	const [, recipe] = /^test[ \t]*:(?!=)[^\n]*\n((?:\t[^\n]*(?:\n|$))+)/m.exec(text) ?? [];
	return recipe?.trim().replaceAll(/\s*\n\t/g, '\n');
}

async function rootCommand(project: ProjectFiles, files: readonly string[]): Promise<Candidate | undefined> {
	const command = await commandIn(project, '', new Set(files));
	return command === undefined ? undefined : {command};
}

async function findCommand(project: ProjectFiles): Promise<Candidate | undefined> {
	const files = await project.list();
	const found = (await rootCommand(project, files)) ?? (await commandBelow(project, files));
	return found ?? ((await makeRecipe(project, '')) === undefined ? undefined : {command: 'make test'});
}

/** The commands of those packages whose tests the root's own command does not name, and then that command. */
async function withRoot(project: ProjectFiles, packages: readonly Package[]): Promise<readonly Candidate[]> {
	const files = await project.list();
	const root = await rootCommand(project, files);
	const own: Package[] = [];
	for (const one of packages) {
		own.push(...(root !== undefined && (await coversPackage(project, root.command, one)) ? [] : [one]));
	}

	const isRun = (folder: string) => own.some(one => one.folder === folder || isBelow(folder, one.folder) || isBelow(one.folder, folder));
	const others = root === undefined ? packageFolders(files).filter(folder => !isRun(folder)) : [];
	return [...own.map(one => candidateFor(one, others)), ...(root === undefined ? [] : [root])];
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

/** A command as it stands: which runner it comes down to, and the script text that a person approves. */
export function describeTestCommand(project: ProjectFiles, command: string): Promise<FoundTestCommand> {
	return describe(project, {command});
}

/**
 * Finds how a project's tests are run, by reading files only: the test script of package.json, else what cargo, go, pytest, vitest, jest or
 * node have by themselves, else the packages below, else `make test`. A person's own command wins. Undefined: there are no tests yet.
 */
export async function detectTestCommand(project: ProjectFiles, override?: string): Promise<FoundTestCommand | undefined> {
	const own = override?.trim() ?? '';
	const found = own === '' ? await findCommand(project) : {command: own};
	return found === undefined ? undefined : describe(project, found);
}

/**
 * Which of a project's test commands are meant: those that these files belong to; the `whole` suite, which is the root's own command where
 * there is one; or `every` one that there is.
 */
export type AskedCommands = {readonly files: readonly string[]} | 'whole' | 'every';

async function askedPackages(project: ProjectFiles, asked: AskedCommands): Promise<readonly Package[]> {
	const files = await project.list();
	if (typeof asked === 'object') {
		return asked.files.length === 0 ? [] : owningPackages(project, files, asked.files);
	}

	const isEnough = asked === 'whole' && (await rootCommand(project, files)) !== undefined;
	return isEnough ? [] : testedPackages(project, files, packageFolders(files));
}

/** Whether files lie in a package without tests, and this is the command of another package: it would say nothing of them. */
function isOfAnother({command}: FoundTestCommand, files: readonly string[], asked: AskedCommands): boolean {
	const {folder} = splitFolder(command);
	const folders = packageFolders(files);
	return (
		folder !== undefined &&
		typeof asked === 'object' &&
		asked.files.some(file => !isBelow(folder, file) && folders.some(place => isBelow(place, file)))
	);
}

/**
 * The test commands that are asked for, the nearest package's first: of each package whose tests the root's own command does not name, then
 * that of the root. Where no package owns any of the files, and where a person named a command, it is the project's one. Empty where there is
 * none that says anything of the files.
 */
export async function detectTestCommands(
	project: ProjectFiles,
	override: string | undefined,
	asked: AskedCommands,
): Promise<readonly FoundTestCommand[]> {
	const files = await project.list();
	const isNamed = (override?.trim() ?? '') !== '';
	const packages = isNamed ? [] : await askedPackages(project, asked);
	if (packages.length === 0) {
		const only = await detectTestCommand(project, override);
		return only === undefined || (!isNamed && isOfAnother(only, files, asked)) ? [] : [only];
	}

	return Promise.all((await withRoot(project, packages)).map(found => describe(project, found)));
}
