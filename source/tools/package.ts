import {z} from 'zod';
import {lookUpPackage} from '../process/package-lookup.ts';
import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {defineTool, text} from './define-tool.ts';
import {failed, told} from './outcome.ts';

const schema = z.strictObject({
	name: text('The name of the package as its registry knows it.').min(1),
	ecosystem: z.enum(['npm', 'python', 'rust', 'go']).optional().describe('Told from the files of the project when left out.'),
});

type Input = z.infer<typeof schema>;

async function run({name, ecosystem}: Input, {root, env, signal}: ToolContext): Promise<ToolOutcome> {
	const result = await lookUpPackage({name, root, env, signal, ...(ecosystem !== undefined && {ecosystem})});
	switch (result.kind) {
		case 'found': {
			const {version, license, releasedAt, description} = result.facts;
			const parts = [
				`${result.facts.name} ${version} (${result.ecosystem})`,
				`licence: ${license ?? 'not told by the package manager'}`,
				`last release: ${releasedAt?.slice(0, 10) ?? 'not told by the package manager'}`,
				...(description === undefined ? [] : [description]),
			];
			return told(parts.join('\n'));
		}

		case 'bad-name': {
			return failed(`${result.why}. Give the bare name, without a version.`);
		}

		case 'unavailable': {
			return failed(`Nothing is known of ${name}: ${result.why}. Do not guess a version; say that it was not checked.`);
		}

		default: {
			return result satisfies never;
		}
	}
}

/** Looks up the newest version, the licence and the last release of a package through the project's package manager. */
export const packageLookup = defineTool<Input>({
	name: 'package',
	description: 'Looks up the newest version, licence and last release of a package. It installs nothing; the person may be asked first.',
	schema,
	action: ({name}) => ({kind: 'package-lookup', name}),
	title: ({name}) => name,
	run,
});
