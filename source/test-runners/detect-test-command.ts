import {posix} from 'node:path';
import type {TestCommandFact} from '../protocol/event.ts';
import {shellWord, splitFolder} from './command-line.ts';
import {commandIn, isBelow} from './folder-command.ts';
import {findInvocation} from './invocation.ts';
import {junitFileOf, writesToVariable} from './junit-command.ts';
import {ownersOf, packageFolders} from './package-folders.ts';
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

/** The nearest package with tests around all changed files; undefined when they lie in several, or in none below the root. */
async function owningPackage(project: ProjectFiles, files: readonly string[], changed: readonly string[]): Promise<Package | undefined> {
	const known = new Set(files);
	const tested: Package[] = [];
	for (const folder of packageFolders(files).filter(place => changed.some(path => isBelow(place, path)))) {
		const command = await commandIn(project, folder, known);
		tested.push(...(command === undefined ? [] : [{folder, command}]));
	}

	const [owner, ...others] = ownersOf(
		changed,
		tested.map(({folder}) => folder),
	);
	return others.length > 0 ? undefined : tested.find(({folder}) => folder === owner);
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
			return true;
		}
	}
}

async function makeRecipe(project: ProjectFiles, folder: string): Promise<string | undefined> {
	const text = (await project.read(posix.join(folder, 'Makefile'))) ?? '';
	const [, recipe] = /^test[ \t]*:(?!=)[^\n]*\n((?:\t[^\n]*(?:\n|$))+)/m.exec(text) ?? [];
	return recipe?.trim().replaceAll(/\s*\n\t/g, '\n');
}

async function findCommand(project: ProjectFiles, changed: readonly string[]): Promise<Candidate | undefined> {
	const files = await project.list();
	const atRoot = await commandIn(project, '', new Set(files));
	const owner = await owningPackage(project, files, changed);
	if (owner !== undefined && (atRoot === undefined || !(await coversPackage(project, atRoot, owner)))) {
		return candidateFor(
			owner,
			packageFolders(files).filter(folder => folder !== owner.folder && !isBelow(folder, owner.folder) && !isBelow(owner.folder, folder)),
		);
	}

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
 * node have by themselves, else the packages below, else `make test`. A person's own command wins. Undefined: there are no tests yet. Where
 * all `changed` files lie in one package below, and the root's command does not name the tests in there, it is the nearest such package's.
 */
export async function detectTestCommand(
	project: ProjectFiles,
	override?: string,
	changed: readonly string[] = [],
): Promise<FoundTestCommand | undefined> {
	const own = override?.trim() ?? '';
	if (own !== '') {
		return describe(project, {command: own});
	}

	const found = await findCommand(project, changed);
	return found === undefined ? undefined : describe(project, found);
}
