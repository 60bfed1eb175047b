import {UserError} from '../../protocol/user-error.ts';
import {storeTestCommand} from '../../workspace/settings.ts';
import type {Services} from '../services.ts';
import {findTestCommands, requireTestCommands} from '../test-command.ts';
import {withWork} from '../with-work.ts';
import {requireTrust} from './require.ts';

/** Stores a person's own test command for this workspace in the user's configuration, and asks to approve it. */
export async function setTestCommand(services: Services, command: string): Promise<void> {
	requireTrust(services);
	if (command.trim() === '') {
		throw new UserError('A test command is needed', {nextStep: 'For example: /test-command npm test', exitCode: 2});
	}

	await withWork(services, 'The test command', async work => {
		await storeTestCommand(services.options.directories.config, services.root, command.trim());
		services.testCommand = command.trim();
		await requireTestCommands(services, await findTestCommands(services, 'whole'), work.abort.signal);
	});
}
