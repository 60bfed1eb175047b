import {readdir, realpath} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join, parse} from 'node:path';
import type {TestCommandFact} from '../protocol/event.ts';
import {digestOf} from './digest.ts';
import {readTextFile} from './read-text-file.ts';
import {changeWorkspaceRecord, readWorkspaceRecord} from './workspace-record.ts';

/** What a repository brings that would speak to the model or run, as paths relative to its root. */
export type Offers = {
	readonly steering: readonly string[];
	readonly agents: readonly string[];
	readonly hooks: readonly string[];
	readonly mcpServers: readonly string[];
	readonly settings: readonly string[];
};

const maxBytes = 1_000_000;

async function filesIn(root: string, folder: string, pattern: RegExp): Promise<readonly string[]> {
	const entries = await readdir(join(root, folder), {withFileTypes: true}).catch(() => []);
	return entries
		.filter(entry => !entry.isDirectory() && pattern.test(entry.name))
		.map(entry => `${folder}/${entry.name}`)
		.sort();
}

async function existing(root: string, paths: readonly string[]): Promise<readonly string[]> {
	const found = await Promise.all(paths.map(async path => ({path, kind: (await readTextFile(join(root, path), {maxBytes})).kind})));
	return found.filter(({kind}) => kind !== 'missing').map(({path}) => path);
}

/** The servers a file names, or the file itself when it cannot be read as such. */
async function serversIn(root: string, path: string): Promise<readonly string[]> {
	const read = await readTextFile(join(root, path), {maxBytes});
	if (read.kind === 'missing') {
		return [];
	}

	try {
		const value: unknown = JSON.parse(read.kind === 'text' ? read.text : '');
		const servers = typeof value === 'object' && value !== null && 'mcpServers' in value ? value.mcpServers : undefined;
		const names = typeof servers === 'object' && servers !== null ? Object.keys(servers) : [];
		return names.length === 0 ? [path] : names.map(name => `${name} (${path})`);
	} catch {
		return [path];
	}
}

/** Lists what the repository brings, for the trust question. Only looks: nothing is run and no link target is shown. */
export async function listOffers(root: string): Promise<Offers> {
	const [steering, agents, jsonHooks, mcp, plainMcp, settings] = await Promise.all([
		filesIn(root, '.kiro/steering', /\.md$/i),
		existing(root, ['AGENTS.md', 'CLAUDE.md']),
		filesIn(root, '.kiro/hooks', /\.(?:json|kiro\.hook)$/i),
		serversIn(root, '.kiro/settings/mcp.json'),
		serversIn(root, '.mcp.json'),
		existing(root, ['.kiro/tui/settings.json', '.kiro/settings/permissions.yaml']),
	]);
	return {steering, agents, hooks: jsonHooks, mcpServers: [...mcp, ...plainMcp], settings};
}

/** Trust in `/` or in the home folder would be trust in everything below. */
async function isTrustable(root: string): Promise<boolean> {
	const home = await realpath(homedir()).catch(() => homedir());
	return root !== parse(root).root && root !== home;
}

/** True when a person trusted exactly this root (a real path) before. A repository inside a trusted one is asked about by itself. */
export async function readTrust(config: string, root: string): Promise<boolean> {
	return (await isTrustable(root)) && (await readWorkspaceRecord(config, root)).record.isTrusted;
}

/** Remembers a person's trust in this root; for `/` and the home folder it is not remembered. */
export async function storeTrust(config: string, root: string): Promise<void> {
	if (await isTrustable(root)) {
		await changeWorkspaceRecord(config, root, record => ({...record, isTrusted: true}));
	}
}

/** The hash that an approval holds: of the command, its runner and the script text it runs. */
export function testCommandHash({command, runner, resolvesTo}: TestCommandFact): string {
	return digestOf(JSON.stringify([command, runner, resolvesTo]));
}

/** Remembers that a person approved this command together with the script text it runs now. */
export async function approveTestCommand(config: string, root: string, fact: TestCommandFact): Promise<void> {
	const hash = testCommandHash(fact);
	await changeWorkspaceRecord(config, root, record => ({
		...record,
		approvedTestCommands: [...new Set([...record.approvedTestCommands, hash])],
	}));
}

/** True when a person approved exactly this command and script text. */
export async function isTestCommandApproved(config: string, root: string, fact: TestCommandFact): Promise<boolean> {
	return (await readWorkspaceRecord(config, root)).record.approvedTestCommands.includes(testCommandHash(fact));
}
