import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {TestCommandFact} from '../protocol/event.ts';
import {endsInItsTests, packageManagerOf, readPackage, sameTestCommands, scriptSteps, splitFolder} from '../test-runners/index.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import {findTestCommand, findTestCommands} from './test-command.ts';

/** Go writes a program where one package is all there is to build; of several it keeps nothing. */
async function hasSeveralGoPackages(services: Services): Promise<boolean> {
	const files = await projectFiles(services, new AbortController().signal).list();
	return new Set(files.filter(path => path.endsWith('.go') && !path.endsWith('_test.go')).map(dirname)).size > 1;
}

/** The compiler alone, which writes nothing; what it is told by a file of the project it is told in every run of it. */
const checksTypes = /^tsc(?= )(?=.* --noEmit\b)(?: --noEmit| -p [\w./-]+| --project [\w./-]+)+$/;

async function typeChecks(services: Services): Promise<readonly string[]> {
	const files = projectFiles(services, new AbortController().signal);
	const known = (await readPackage(files))?.scripts ?? {};
	const isAlone = (name: string) => !Object.hasOwn(known, `pre${name}`) && !Object.hasOwn(known, `post${name}`);
	const scripts = Object.entries(known).filter(([name, script]) => checksTypes.test(script) && isAlone(name));
	const manager = await packageManagerOf(files);
	return [...scripts.map(([name]) => `${manager} run ${name}`), 'npx tsc --noEmit', 'node_modules/.bin/tsc --noEmit'];
}

/**
 * What checks that the project compiles, as its approved tests do before they run, and leaves nothing behind: the model need not ask for it. A
 * compiler that the project does not bring would be fetched by npx.
 */
export async function compileChecks(services: Services, {runner}: TestCommandFact): Promise<readonly string[]> {
	switch (runner) {
		case 'go-test': {
			return ['go vet ./...', ...((await hasSeveralGoPackages(services)) ? ['go build ./...'] : [])];
		}

		case 'cargo-test': {
			return ['cargo check'];
		}

		default: {
			return existsSync(join(services.root, 'node_modules/.bin/tsc')) ? typeChecks(services) : [];
		}
	}
}

function spellingsOf(fact: TestCommandFact): readonly string[] {
	const {folder} = splitFolder(fact.command);
	const same = sameTestCommands(fact);
	return [fact.command, ...(folder === undefined ? same : same.map(command => `cd ${folder} && ${command}`))];
}

/** What the person approved with the test command: the scripts that it is made of. */
async function stepsOfTests(services: Services, {command}: TestCommandFact): Promise<readonly string[]> {
	const known = await readPackage(projectFiles(services, new AbortController().signal));
	return known === undefined ? [] : scriptSteps(command, known.scripts);
}

export type ApprovedCommands = {
	/** Test commands, which less may be run of: some files, one test. */
	readonly testCommands: readonly string[];
	/** Commands that run only as they stand. */
	readonly exactCommands: readonly string[];
};

/**
 * The commands that a command line may be one of without a question: the project's approved test command and the scripts that it is made of,
 * where the line goes to a folder first also those of the packages, and what compiles what they compile.
 */
export async function approvedCommands(services: Services, command: string): Promise<ApprovedCommands> {
	// A project's first test command may have come with the files of this very turn.
	const own = services.store.state().workspace.testCommand ?? (await findTestCommand(services));
	const isElsewhere = splitFolder(command).folder !== undefined;
	const known = [...(own === undefined ? [] : [own]), ...(isElsewhere ? await findTestCommands(services, 'every') : [])];
	const approved = known.filter(({isApproved}) => isApproved);
	const isOpen = ({resolvesTo}: TestCommandFact) => endsInItsTests(resolvesTo.split('\n')[0] ?? '');
	const checks = own?.isApproved === true ? await compileChecks(services, own) : [];
	const steps = own?.isApproved === true ? await stepsOfTests(services, own) : [];
	return {
		testCommands: [...approved.filter(isOpen).flatMap(spellingsOf), ...checks],
		exactCommands: [...approved.filter(fact => !isOpen(fact)).map(fact => fact.command), ...steps],
	};
}
