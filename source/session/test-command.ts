import type {TestCommandFact} from '../protocol/event.ts';
import {UserError} from '../protocol/user-error.ts';
import {detectTestCommand} from '../test-runners/index.ts';
import {storeTestCommand} from '../workspace/settings.ts';
import {approveTestCommand, isTestCommandApproved, testCommandHash} from '../workspace/trust.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';

/**
 * Finds the test command by reading files, and whether a person approved it together with the script text it resolves to: the model can
 * edit that script, so a changed one is not approved any more.
 */
export async function findTestCommand(services: Services): Promise<TestCommandFact | undefined> {
	const found = await detectTestCommand(projectFiles(services, new AbortController().signal), services.testCommand);
	const {directories} = services.options;
	const isApproved =
		found !== undefined &&
		(services.approvedTestCommands.has(testCommandHash(found)) || (await isTestCommandApproved(directories.config, services.root, found)));
	const testCommand = found === undefined ? undefined : {...found, isApproved};
	const known = services.store.state().workspace.testCommand;
	if (JSON.stringify(known) !== JSON.stringify(testCommand)) {
		services.append({type: 'test-command.found', ...(testCommand && {testCommand})});
	}

	return testCommand;
}

/** Approves the command as it stands, for this process. */
export function grantTestCommand(services: Services, fact: TestCommandFact): void {
	services.approvedTestCommands.add(testCommandHash(fact));
}

/** Asks once for a test command that nobody approved as it stands. Without any command there is nothing to ask: that is a state. */
export async function requireTestCommand(services: Services, signal: AbortSignal): Promise<void> {
	const {testCommand} = services.store.state().workspace;
	if (testCommand === undefined || testCommand.isApproved) {
		return;
	}

	const answer = await services.ask(
		{
			kind: 'test-command',
			title: `Run "${testCommand.command}" after each change?`,
			lines: [`It runs: ${testCommand.resolvesTo}`, 'It is new, or its script changed since it was approved'],
			options: [
				{key: 'y', label: 'yes, run it'},
				{key: 'n', label: 'no'},
			],
			takesText: false,
		},
		signal,
	);
	if (answer.key !== 'y') {
		throw new UserError(`The test command "${testCommand.command}" is not approved as it stands`, {
			nextStep: 'Look at the script it runs, then approve it: /test-command, or start again with --trust',
			exitCode: 4,
		});
	}

	await approveTestCommand(services.options.directories.config, services.root, testCommand);
	services.append({type: 'test-command.found', testCommand: {...testCommand, isApproved: true}});
}

const askedAboutNoTests = new WeakSet<Services>();

/** A project without tests is a state: asked once a session what to do about it, and never in the way of work. */
export async function askAboutNoTests(services: Services, signal: AbortSignal): Promise<void> {
	if (askedAboutNoTests.has(services)) {
		return;
	}

	askedAboutNoTests.add(services);
	const answer = await services.ask(
		{
			kind: 'test-command',
			title: 'This project has no test suite yet',
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
	if (answer.key === 'c' && answer.text !== undefined && answer.text.trim() !== '') {
		await storeTestCommand(services.options.directories.config, services.root, answer.text.trim());
		services.testCommand = answer.text.trim();
		await findTestCommand(services);
		await requireTestCommand(services, signal);
	}
}
