import type {TestCommandFact} from '../protocol/event.ts';
import {approveTestCommand, listOffers, readTrust, storeTrust} from '../workspace/trust.ts';
import {refreshSpecs} from './refresh-specs.ts';
import type {Services} from './services.ts';
import {findTestCommand, findTestCommands, grantTestCommands} from './test-command.ts';

/** Of a monorepo with many packages only these are shown one by one. */
const maxCommands = 3;

type Offers = Awaited<ReturnType<typeof listOffers>>;

function offerLines(offers: Offers): readonly string[] {
	const rows: readonly (readonly [string, readonly string[]])[] = [
		['steering', offers.steering],
		['agent instructions', offers.agents],
		['hooks (not run by this version)', offers.hooks],
		['MCP servers (not started by this version)', offers.mcpServers],
		['settings', offers.settings],
	];
	return rows.filter(([, names]) => names.length > 0).map(([label, names]) => `${label}: ${names.join(', ')}`);
}

function testLines(commands: readonly TestCommandFact[]): readonly string[] {
	const more = commands.length - maxCommands;
	return [
		...commands.slice(0, maxCommands).map(({command, resolvesTo}) => `tests: ${command}  (runs: ${resolvesTo})`),
		...(commands.length === 0 ? ['tests: none found yet'] : []),
		...(more > 0 ? [`and ${more} more, the test commands of other packages`] : []),
	];
}

/** Puts the trust question: what the repository brings, and what its test commands would run. True for a yes. */
async function asksForTrust(services: Services, commands: readonly TestCommandFact[]): Promise<boolean> {
	const offers = offerLines(await listOffers(services.root));
	const answer = await services.ask(
		{
			kind: 'trust',
			title: `Do you trust the files in ${services.root}?`,
			lines: [
				...(offers.length === 0 ? ['It brings no instructions of its own'] : offers),
				...testLines(commands),
				'Yes lets kiro-tui send its text to the model and run its tests. No opens it for reading only.',
			],
			options: [
				{key: 'y', label: 'yes, trust it'},
				{key: 'n', label: 'no, read only'},
			],
			takesText: false,
		},
		new AbortController().signal,
	);
	return answer.key === 'y';
}

/** Asks whether this folder is trusted, and remembers a yes; a message that is sent meanwhile waits for the answer. */
export async function askForTrust(services: Services): Promise<void> {
	const {config} = services.options.directories;
	const {promise, resolve} = Promise.withResolvers<void>();
	services.trustSettled = promise;
	try {
		const commands = await findTestCommands(services, 'every');
		const isTrusted = await asksForTrust(services, commands);
		if (isTrusted) {
			await storeTrust(config, services.root);
			for (const fact of commands) {
				await approveTestCommand(config, services.root, fact);
			}
		}

		services.append({type: 'workspace.trusted', trust: isTrusted ? 'trusted' : 'read-only'});
	} finally {
		resolve();
	}

	await findTestCommand(services);
	await refreshSpecs(services);
}

/** Settles trust when a session opens: granted by a flag, stored from before, or asked for. */
export async function settleTrust(services: Services): Promise<void> {
	const {trust, directories, isTrustable} = services.options;
	const isKnown = trust === 'granted' || (isTrustable && (await readTrust(directories.config, services.root)));
	if (isKnown) {
		services.append({type: 'workspace.trusted', trust: 'trusted'});
	}

	if (trust === 'granted') {
		const commands = await findTestCommands(services, 'every');
		grantTestCommands(services, commands);
		services.trustsKnownRunners = commands.length === 0;
	}

	await findTestCommand(services);
}
