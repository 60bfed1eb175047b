import type {TestCommandFact} from '../protocol/event.ts';
import {partsOf, testCommandOf} from '../protocol/join-reports.ts';
import type {TestReport} from '../protocol/test-report.ts';
import {UserError} from '../protocol/user-error.ts';
import {type AskedCommands, describeTestCommand, detectTestCommand, detectTestCommands, isRunnerAlone} from '../test-runners/index.ts';
import {storeTestCommand} from '../workspace/settings.ts';
import {approveTestCommand, isTestCommandApproved, testCommandHash} from '../workspace/trust.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';

/** Whether a person approved a command together with the script text it resolves to: the model can edit that script. */
async function withApproval(services: Services, found: TestCommandFact): Promise<TestCommandFact> {
	const isApproved =
		services.approvedTestCommands.has(testCommandHash(found)) ||
		(services.trustsKnownRunners && isRunnerAlone(found.resolvesTo)) ||
		(await isTestCommandApproved(services.options.directories.config, services.root, found));
	return {...found, isApproved};
}

function filesOf(services: Services) {
	return projectFiles(services, new AbortController().signal);
}

/** Finds the project's one test command by reading files, and whether it is approved as it stands; that is told where it is news. */
export async function findTestCommand(services: Services, files = filesOf(services)): Promise<TestCommandFact | undefined> {
	const found = await detectTestCommand(files, services.testCommand);
	const testCommand = found === undefined ? undefined : await withApproval(services, found);
	const known = services.store.state().workspace.testCommand;
	if (JSON.stringify(known) !== JSON.stringify(testCommand)) {
		services.append({type: 'test-command.found', ...(testCommand && {testCommand})});
	}

	return testCommand;
}

/** Finds the test commands of these files, of the whole suite or of every package, the nearest package's first. */
export async function findTestCommands(services: Services, asked: AskedCommands): Promise<readonly TestCommandFact[]> {
	const files = filesOf(services);
	await findTestCommand(services, files);
	const found = await detectTestCommands(files, services.testCommand, asked);
	return Promise.all(found.map(fact => withApproval(services, fact)));
}

/** The commands of an earlier run as they stand now, without those that are not approved any more. */
export async function stillApproved(services: Services, report: TestReport): Promise<readonly TestCommandFact[]> {
	const files = filesOf(services);
	const now = partsOf(report).map(async part => withApproval(services, await describeTestCommand(files, testCommandOf(part))));
	return (await Promise.all(now)).filter(({isApproved}) => isApproved);
}

/** Approves commands as they stand, for this process. */
export function grantTestCommands(services: Services, facts: readonly TestCommandFact[]): void {
	for (const fact of facts) {
		services.approvedTestCommands.add(testCommandHash(fact));
	}
}

async function askToApprove(services: Services, fact: TestCommandFact, signal: AbortSignal): Promise<void> {
	const answer = await services.ask(
		{
			kind: 'test-command',
			title: `Run "${fact.command}" after each change?`,
			lines: [`It runs: ${fact.resolvesTo}`, 'It is new, or its script changed since it was approved'],
			options: [
				{key: 'y', label: 'yes, run it'},
				{key: 'n', label: 'no'},
			],
			takesText: false,
		},
		signal,
	);
	if (answer.key !== 'y') {
		throw new UserError(`The test command "${fact.command}" is not approved as it stands`, {
			nextStep: 'Look at the script it runs, then approve it: /test-command, or start again with --trust',
			exitCode: 4,
		});
	}

	await approveTestCommand(services.options.directories.config, services.root, fact);
}

/** Asks once for each command that nobody approved as it stands. Without any command there is nothing to ask: that is a state. */
export async function requireTestCommands(
	services: Services,
	commands: readonly TestCommandFact[],
	signal: AbortSignal,
): Promise<readonly TestCommandFact[]> {
	for (const fact of commands.filter(({isApproved}) => !isApproved)) {
		await askToApprove(services, fact, signal);
	}

	await findTestCommand(services);
	return commands.map(fact => ({...fact, isApproved: true}));
}

const askedAboutNoTests = new WeakSet<Services>();

/**
 * A project without tests is a state: asked once a session what to do about it, and never in the way of work. Resolves with the command
 * that they named, if they did.
 */
export async function askAboutNoTests(services: Services, signal: AbortSignal): Promise<readonly TestCommandFact[]> {
	if (askedAboutNoTests.has(services)) {
		return [];
	}

	askedAboutNoTests.add(services);
	const isNone = services.store.state().workspace.testCommand === undefined;
	const answer = await services.ask(
		{
			kind: 'test-command',
			title: isNone ? 'This project has no test suite yet' : 'The package of this task has no test suite yet',
			lines: ['A task is ticked on tests that this program ran. Without any, you accept each task by hand, with a reason.'],
			options: [
				{key: 's', label: 'set one up in this task'},
				{key: 'h', label: 'go on, I accept by hand'},
				{key: 'c', label: 'name the command', wantsText: true},
			],
			takesText: false,
		},
		signal,
	);
	services.acceptsByHand = answer.key === 'h';
	if (answer.key !== 'c' || answer.text === undefined || answer.text.trim() === '') {
		return [];
	}

	await storeTestCommand(services.options.directories.config, services.root, answer.text.trim());
	services.testCommand = answer.text.trim();
	return requireTestCommands(services, await findTestCommands(services, 'whole'), signal);
}
