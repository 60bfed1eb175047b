import {readFileSync, statSync} from 'node:fs';
import {expect, test} from 'vitest';
import {calls, failsAfter, html, type Scripted, says, status} from '../support/fake-anthropic.ts';
import {type CliStage, filesBelow, openCli, projectWithSpec} from './stage.ts';

/** Where a raw key may be found: everything the program wrote, printed, or sent in a body. */
async function leaksOf({folder, fake}: CliStage, printed: readonly string[], key = fake.key): Promise<readonly string[]> {
	const files = Object.entries(await filesBelow(folder.path)).filter(([path]) => !path.endsWith('holds-the-key.js'));
	return [
		...files.filter(([, content]) => content.includes(key)).map(([path]) => path),
		...printed.filter(line => line.includes(key)).map(line => `printed: ${line.slice(0, 60)}`),
		...fake.requests.filter(({text: body}) => body.includes(key)).map(({number}) => `request ${number}`),
	];
}

const echo =
	(code: number, type: string): Scripted =>
	({headers}) =>
		status(code, type, `refused: ${headers.authorization} is not welcome, ${headers['x-api-key'] ?? ''}`);

test.each<readonly [string, string, Scripted]>([
	['401', 'text', echo(401, 'authentication_error')],
	['400', 'stream-json', echo(400, 'invalid_request_error')],
	['403', 'json', echo(403, 'permission_error')],
	['404', 'text', echo(404, 'not_found_error')],
	['an error in the stream', 'stream-json', ({headers}) => failsAfter(4, says('Half an answer.'), `bad ${headers.authorization}`)],
	['a page that is no service', 'text', ({headers}) => ({...html(502), pieces: () => [`<html>${headers.authorization}</html>`]})],
])('F12 an error that repeats the key (%s, as %s) leaves it in no file, no log and no line', async (_, format, reply) => {
	await using stage = await openCli({env: {KIRO_TUI_MAX_WAIT_MS: '0'}, script: [reply]});
	const run = await stage.cli('-p', 'hello', '--trust', '-o', format, '--debug', stage.folder.at('debug.log'));
	expect(run.code).not.toBe(0);
	stage.fake.assertDone();
	expect(readFileSync(stage.folder.at('debug.log'), 'utf8')).not.toBe('');
	expect(await leaksOf(stage, [run.stdout, run.stderr])).toEqual([]);
});

test('F12 a key that a file or a command repeats is in no request, no file and no line', async () => {
	await using stage = await openCli();
	const {key} = stage.fake;
	await stage.folder.write('project/holds-the-key.js', `export const key = '${key}';\n`);
	stage.fake.script(
		calls(['read', {path: 'holds-the-key.js'}], ['search', {pattern: 'export const key'}], ['run', {command: 'cat holds-the-key.js'}]),
		says('I looked.'),
	);
	const run = await stage.cli('-p', 'which key is it?', '--trust', '--debug', stage.folder.at('debug.log'));
	expect(await leaksOf(stage, [run.stdout, run.stderr])).toEqual([]);
	stage.fake.assertDone();
});

test('F12 a key that a person pastes into a message is in no request and no file', async () => {
	await using stage = await openCli({script: [says('Keep it to yourself.')]});
	const run = await stage.cli('-p', `is ${stage.fake.key} right?`, '--trust', '--debug', stage.folder.at('debug.log'));
	expect(await leaksOf(stage, [run.stdout, run.stderr])).toEqual([]);
	stage.fake.assertDone();
});

const dump = (file: string) => `import {writeFileSync} from 'node:fs';\nwriteFileSync('${file}', JSON.stringify(process.env));\n`;

test('F11 neither a command nor a test nor the baseline before it sees the key in its environment', async () => {
	const other = 'sk-canary-other-token';
	await using stage = await openCli({
		files: {
			...projectWithSpec,
			'dump.js': dump('seen-by-command'),
			'test/dump.test.js': `${dump('seen-by-test')}import test from 'node:test';\n\ntest('runs', () => {});\n`,
		},
		env: {ANTHROPIC_AUTH_TOKEN: '', CLAUDE_CODE_OAUTH_TOKEN: other, ANTHROPIC_CUSTOM_HEADERS: `x-team: ${other}`, MY_OWN: 'stays'},
		script: [calls(['run', {command: 'node dump.js'}], ['run', {command: 'env'}]), says('Done.')],
	});
	const run = await stage.cli('-p', 'dump it', '--trust', '--allow', 'node dump.js', '--allow', 'env');
	stage.fake.assertDone();
	expect(run.code).toBe(0);
	for (const file of ['seen-by-command', 'seen-by-test']) {
		const seen = readFileSync(stage.at(file), 'utf8');
		expect(seen).toContain('"MY_OWN":"stays"');
		expect([stage.fake.key, other, 'ANTHROPIC_', 'KIRO_TUI_HOME'].filter(secret => seen.includes(secret))).toEqual([]);
	}

	expect(await leaksOf(stage, [run.stdout, run.stderr])).toEqual([]);
	expect(await leaksOf(stage, [run.stdout, run.stderr], other)).toEqual([]);
});

test('F11 what is stored of a conversation can be read by its person alone', async () => {
	await using stage = await openCli({script: [says('Hello.')]});
	await stage.cli('-p', 'hello', '--trust', '--debug', stage.folder.at('debug.log'));
	const files = [
		...Object.keys(await filesBelow(stage.folder.at('kiro/state'))).filter(path => path.endsWith('.jsonl')),
		stage.folder.at('debug.log'),
	];
	expect(files.length).toBeGreaterThanOrEqual(2);
	expect(files.filter(path => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
});
