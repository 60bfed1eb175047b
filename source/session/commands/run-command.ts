import {UserError} from '../../protocol/user-error.ts';
import {nearest} from '../../spec/nearest.ts';
import type {Services} from '../services.ts';
import type {Command} from './command.ts';
import {settingsCommands} from './settings-commands.ts';
import {stageCommands} from './stage-commands.ts';
import {taskCommands} from './task-commands.ts';

/** Every slash command, by name. */
export const commands: readonly Command[] = [...stageCommands, ...taskCommands, ...settingsCommands].sort((one, other) =>
	one.name.localeCompare(other.name),
);

/** Runs `/name argument`; an unknown name is answered with the nearest. */
export async function runCommand(services: Services, text: string): Promise<void> {
	const [name = '', ...rest] = text.slice(1).split(' ');
	const command = commands.find(known => known.name === name);
	if (command === undefined) {
		const near = nearest(
			name,
			commands.map(known => known.name),
		);
		throw new UserError(`There is no command /${name}`, {
			nextStep: near.length === 0 ? '/help lists them all' : `Nearest: ${near.map(known => `/${known}`).join(', ')}`,
			exitCode: 2,
		});
	}

	await command.run(services, rest.join(' ').trim());
}
