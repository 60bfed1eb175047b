import {describe, expect, test} from 'vitest';
import {type DecideInput, decide} from '../../source/permission/decide.ts';
import {matchesPath} from '../../source/permission/path-pattern.ts';
import {parseRule} from '../../source/permission/rules.ts';
import type {Mode, Rule} from '../../source/protocol/permission.ts';

const root = '/work/notes';

const rule = (effect: Rule['effect'], text: string, from: Rule['from'] = 'user') => parseRule(effect, text, from) as Rule;

function decided(
	kind: 'read' | 'write',
	path: string,
	{mode = 'auto-edit', rules = [], place}: {mode?: Mode; rules?: readonly Rule[]; place?: DecideInput['path']} = {},
) {
	return decide({action: {kind, path}, mode, rules, root, rootName: 'notes', testCommands: [], ...(place && {path: place})});
}

describe('reading and writing', () => {
	test('inside the workspace goes unasked, except edits in the mode ask', () => {
		expect(decided('read', 'src/a.ts', {mode: 'ask'})).toEqual({kind: 'allow'});
		expect(decided('write', 'src/a.ts')).toEqual({kind: 'allow'});
		expect(decided('write', `${root}/src/a.ts`, {mode: 'auto-task'})).toEqual({kind: 'allow'});
		expect(decided('write', 'src/a.ts', {mode: 'ask'})).toMatchObject({kind: 'ask', pattern: 'src/a.ts'});
		expect(decided('write', 'src/a.ts', {mode: 'ask', rules: [rule('allow', 'Edit(src/**)')]})).toEqual({kind: 'allow'});
	});

	test.each(['../x', 'src/../../x', '/etc/passwd', '~/x', '/work/notes-evil/x', '/work'])('outside is asked: %s', path => {
		expect(decided('read', path).kind).toBe('ask');
		expect(decided('write', path, {mode: 'auto-task'}).kind).toBe('ask');
	});

	test('a link that leads outside is asked, whatever rule speaks for its name', () => {
		const given = {place: {isOutside: true}, rules: [rule('allow', 'Read(src/**)'), rule('allow', `Read(${root}/**)`)]} as const;
		expect(decided('read', 'src/link', given)).toEqual({kind: 'ask', why: 'It leads outside notes'});
	});

	test('a denied file is denied by every name it goes by', () => {
		const rules = [rule('deny', 'Read(./secret.txt)', 'project')];
		for (const path of ['secret.txt', './secret.txt', 'src/../secret.txt', `${root}/secret.txt`, 'SECRET.txt']) {
			expect(decided('read', path, {rules}).kind, path).toBe('deny');
		}

		expect(decided('read', 'link.txt', {rules, place: {isOutside: false, relative: 'secret.txt'}}).kind).toBe('deny');
		expect(decided('read', 'src/private/a/b.ts', {rules: [rule('deny', 'Read(src/private)')]}).kind).toBe('deny');
		expect(decided('read', 'src/a.pem', {rules: [rule('deny', 'Read(*.pem)')]}).kind).toBe('deny');
	});

	test('deny beats ask, ask beats allow, whoever said it', () => {
		const allow = rule('allow', 'Edit(**)', 'flag');
		expect(decided('write', 'a.ts', {rules: [allow, rule('ask', 'Edit(a.ts)', 'project')], mode: 'auto-task'}).kind).toBe('ask');
		expect(decided('write', 'a.ts', {rules: [allow, rule('ask', 'Edit(a.ts)'), rule('deny', 'Edit(*.ts)', 'project')]}).kind).toBe('deny');
		expect(decided('write', 'a.ts', {mode: 'ask', rules: [rule('allow', 'Edit(**)', 'project')]}).kind).toBe('ask');
	});

	test.each([
		'.git/config',
		'sub/.git/hooks/pre-commit',
		'.GIT/config',
		'.git\u200C/config',
		'.kiro/settings/mcp.json',
		'.kiro/hooks/a.json',
		'.kiro/steering/a.md',
		'.kiro/agents/a.md',
		'.kiro/tui/a',
		'.mcp.json',
		'.vscode/tasks.json',
		'.idea/x',
		'.husky/pre-commit',
		'.envrc',
		'.npmrc',
		'.yarnrc.yml',
		'.gitmodules',
		'.gitattributes',
		'.bashrc',
		'src/../.git/config',
	])('writing %s is asked in every mode, and no rule changes that', path => {
		for (const mode of ['ask', 'auto-edit', 'auto-task'] as const) {
			const decision = decided('write', path, {mode, rules: [rule('allow', 'Edit(**)')]});
			expect(decision.kind).toBe('ask');
			expect(decision).not.toHaveProperty('pattern');
		}
	});

	test('a protected folder reached by another name is protected', () => {
		expect(decided('write', 'link/config', {mode: 'auto-task', place: {isOutside: false, relative: '.git/config'}}).kind).toBe('ask');
	});

	test.each(['.kiro/specs/a/tasks.md', '.kiro/specs/a/ledger.jsonl', '.Kiro/Specs/a/design.md', 'x/../.kiro/specs/a/b.md'])(
		'the specs are for the spec tools: %s',
		path => {
			const decision = decided('write', path, {mode: 'auto-task', rules: [rule('allow', 'Edit(**)')]});
			expect(decision).toMatchObject({kind: 'deny', why: expect.stringContaining('edit_document')});
			expect(decided('read', path)).toEqual({kind: 'allow'});
		},
	);

	test('secrets are asked before they are read, examples are not', () => {
		for (const path of ['.env', 'config/.env.local', 'id_rsa', 'cert.pem', '.netrc', 'prod.env']) {
			expect(decided('read', path, {mode: 'auto-task'}).kind, path).toBe('ask');
		}

		for (const path of ['.env.example', '.env.sample', 'src/env.ts', 'id_ed25519.pub', 'src/environment.py']) {
			expect(decided('read', path).kind, path).toBe('allow');
		}

		expect(decided('read', '.env', {rules: [rule('allow', 'Read(./.env)')]}).kind).toBe('allow');
	});

	test('what "always" offers for a path is that path, and it works', () => {
		for (const path of ['/opt/docs/a.md', '.env']) {
			const decision = decided('read', path);
			const pattern = decision.kind === 'ask' ? decision.pattern : undefined;
			expect(decided('read', path, {rules: [rule('allow', `Read(${pattern})`)]}).kind, path).toBe('allow');
		}
	});
});

test('documents and harmless tools go unasked, package look-ups are asked once for all', () => {
	const on = (action: DecideInput['action'], rules: readonly Rule[] = []) =>
		decide({action, mode: 'ask', rules, root, rootName: 'notes', testCommands: []});
	expect([on({kind: 'document'}).kind, on({kind: 'harmless'}).kind]).toEqual(['allow', 'allow']);
	expect(on({kind: 'package-lookup', name: 'ink'})).toMatchObject({kind: 'ask', pattern: '*'});
	expect(on({kind: 'package-lookup', name: '@x/ink'}, [rule('allow', 'Package(*)', 'session')]).kind).toBe('allow');
	expect(on({kind: 'package-lookup', name: 'ink'}, [rule('allow', 'Package(*)'), rule('deny', 'Package(ink)', 'project')]).kind).toBe(
		'deny',
	);
});

describe('rules as text', () => {
	test.each([
		['Bash(npm run lint *)', 'command', 'npm run lint *'],
		['npm run lint', 'command', 'npm run lint'],
		['Bash', 'command', '*'],
		['Read(./.env)', 'read', './.env'],
		['Edit(app/(group)/[id].tsx)', 'write', 'app/(group)/[id].tsx'],
		['Write', 'write', '**'],
		['Package(ink)', 'package-lookup', 'ink'],
	])('%s', (text, capability, match) => {
		expect(parseRule('allow', text, 'user')).toEqual({effect: 'allow', capability, match, from: 'user'});
	});

	test.each([
		'',
		'Bash()',
		'WebFetch(domain:x)',
		'Bash(npm test; x)',
		'Bash(a * b)',
		'Bash(bash *)',
		'Bash(sudo *)',
		'Bash(env *)',
		'Bash(xargs *)',
		'Bash(cd *)',
		'Read(src/{a,b}.ts)',
		'Read(~/x)',
		'Edit(../x)',
	])('%j is refused with a reason', text => {
		expect(parseRule('allow', text, 'user')).toEqual({error: expect.any(String)});
	});

	test('denying a wrapper is fine', () => {
		expect(parseRule('deny', 'Bash(sudo *)', 'project')).toMatchObject({match: 'sudo *'});
	});
});

test('globs match as people read them', () => {
	const yes = [
		['src/**', 'src/a/b.ts'],
		['**/*.ts', 'a.ts'],
		['**/*.ts', 'a/b/c.ts'],
		['src/*.ts', 'src/a.ts'],
		['**', '.env'],
		['a?c', 'abc'],
		['./.env', '.env'],
		['/etc/**', '/etc/a/b'],
	] as const;
	const no = [
		['src/*.ts', 'src/a/b.ts'],
		['src/**', 'srcs/a'],
		['*.ts', 'a.tsx'],
		['src/**', '/src/a'],
		['a/**/b', 'a/c'],
	] as const;
	expect(yes.filter(([pattern, path]) => !matchesPath(pattern, path))).toEqual([]);
	expect(no.filter(([pattern, path]) => matchesPath(pattern, path))).toEqual([]);
	expect(matchesPath(`${'**/'.repeat(200)}x`, 'a/'.repeat(400))).toBe(false);
	expect(matchesPath('*a'.repeat(500), 'a'.repeat(5000))).toBe(true);
});
