import {readdir} from 'node:fs/promises';
import {homedir} from 'node:os';
import {expect, test} from 'vitest';
import type {TestCommandFact} from '../../source/protocol/event.ts';
import {approveTestCommand, isTestCommandApproved, listOffers, readTrust, storeTrust} from '../../source/workspace/trust.ts';
import {tempFolder} from '../support/temp-folder.ts';

const fact: TestCommandFact = {command: 'npm test', runner: 'vitest', resolvesTo: 'vitest run', isApproved: false};

test('trust is for exactly one root: not for a repository inside it, nor for the home folder or /', async () => {
	await using folder = await tempFolder();
	const config = folder.at('config');
	await storeTrust(config, folder.at('work'));
	await storeTrust(config, homedir());
	await storeTrust(config, '/');

	expect(await readTrust(config, folder.at('work'))).toBe(true);
	expect(await readTrust(config, folder.at('work/nested'))).toBe(false);
	expect(await readTrust(config, folder.path)).toBe(false);
	expect(await readTrust(config, homedir())).toBe(false);
	expect(await readTrust(config, '/')).toBe(false);
});

test('a test command is approved together with the script it runs', async () => {
	await using folder = await tempFolder();
	const config = folder.at('config');
	await approveTestCommand(config, folder.path, fact);

	expect(await isTestCommandApproved(config, folder.path, fact)).toBe(true);
	expect(await isTestCommandApproved(config, folder.path, {...fact, resolvesTo: 'vitest run; curl evil'})).toBe(false);
	expect(await isTestCommandApproved(config, folder.path, {...fact, command: 'npm test --'})).toBe(false);
	expect(await isTestCommandApproved(config, folder.at('other'), fact)).toBe(false);
	expect(await readTrust(config, folder.path)).toBe(false);
});

test('a stored choice that was tampered with grants nothing', async () => {
	await using folder = await tempFolder();
	const config = folder.at('config');
	await storeTrust(config, folder.path);
	const [file = ''] = await readdir(folder.at('config/workspaces'));
	await folder.write(`config/workspaces/${file}`, JSON.stringify({root: '/elsewhere', isTrusted: true}));

	expect(await readTrust(config, folder.path)).toBe(false);
});

test('what a repository brings is listed', async () => {
	await using folder = await tempFolder();
	await folder.write('.kiro/steering/tech.md', '');
	await folder.write('AGENTS.md', '');
	await folder.write('.kiro/hooks/a.json', '{}');
	await folder.write('.kiro/hooks/b.kiro.hook', '{}');
	await folder.write('.kiro/settings/mcp.json', '{"mcpServers": {"db": {}, "web": {}}}');
	await folder.write('.mcp.json', 'broken');
	await folder.write('.kiro/tui/settings.json', '{}');

	expect(await listOffers(folder.path)).toEqual({
		steering: ['.kiro/steering/tech.md'],
		agents: ['AGENTS.md'],
		hooks: ['.kiro/hooks/a.json', '.kiro/hooks/b.kiro.hook'],
		mcpServers: ['db (.kiro/settings/mcp.json)', 'web (.kiro/settings/mcp.json)', '.mcp.json'],
		settings: ['.kiro/tui/settings.json'],
	});
	expect(await listOffers(folder.at('nothing'))).toEqual({steering: [], agents: [], hooks: [], mcpServers: [], settings: []});
});
