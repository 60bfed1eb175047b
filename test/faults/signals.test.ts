import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {readJournal} from '../../source/workspace/journal.ts';
import {calls, hangs, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest, nodeProject} from '../support/test-session.ts';
import {type CliStage, filesBelow, isAlive, openCli, projectWithSpec, specFolder, until} from './stage.ts';

/** Starts a child of its own, writes both process ids, and works for ever. */
const slowScript = `import {spawn} from 'node:child_process';
import {renameSync, writeFileSync} from 'node:fs';
const child = spawn('sleep', ['300'], {stdio: 'ignore'});
writeFileSync('pids.tmp', process.pid + ' ' + child.pid);
renameSync('pids.tmp', 'pids');
setInterval(() => {}, 1000);
`;

const pidsOf = ({at}: CliStage) => readFileSync(at('pids'), 'utf8').split(' ').map(Number);

function isWritten({at}: CliStage): boolean {
	try {
		return readFileSync(at('pids'), 'utf8') !== '';
	} catch {
		return false;
	}
}

async function journalsOf({folder}: CliStage) {
	const files = Object.keys(await filesBelow(folder.at('kiro/state'))).filter(name => /conversations\/[^/]+\.jsonl$/.test(name));
	return Promise.all(files.map(readJournal));
}

const typesIn = (records: readonly unknown[]) => records.map(record => (record as {readonly type: string}).type);

test.each([
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const)('E04 %s while a command works: exit %i, no process is left, and the journal is whole', async (signal, code) => {
	await using stage = await openCli({
		files: {...nodeProject, 'slow.js': slowScript},
		script: [calls(['run', {command: 'node slow.js'}])],
	});
	const {child, ended} = stage.start('-p', 'run it', '--trust', '--allow', 'node slow.js');
	await until(() => isWritten(stage));
	const pids = pidsOf(stage);
	const sentAt = performance.now();
	child.kill(signal);
	const run = await ended;
	expect({code: run.code, isTold: run.stderr.includes(signal)}).toEqual({code, isTold: true});
	expect(performance.now() - sentAt).toBeLessThan(5000);
	await until(() => !pids.some(isAlive));
	const [journal, ...others] = await journalsOf(stage);
	expect(others).toEqual([]);
	expect(journal?.problems).toEqual([]);
	expect(typesIn(journal?.records ?? [])).toEqual(expect.arrayContaining(['call.requested', 'results.appended', 'turn.finished']));
	expect(JSON.stringify(journal?.records.at(-1))).toContain('"outcome":"interrupted"');
	expect(run.stderr).not.toMatch(/\n\s+at /);
});

test('E04 SIGTERM while a task’s tests run: no process is left, the box is not ticked, and the ledger is whole', async () => {
	await using stage = await openCli({
		files: {
			...projectWithSpec,
			'package.json': '{"name": "sums", "type": "module", "scripts": {"test": "node tests.js"}}\n',
			// Quick the first time, which is the baseline, and endless once the task's code is there.
			'tests.js': `import {existsSync} from 'node:fs';\nif (existsSync('src/multiply.js')) {\n\tawait import('./slow.js');\n}\n`,
			'slow.js': slowScript,
		},
	});
	const rev = (await stage.cli('approve', 'products', 'tasks', '--trust')).stdout.trim();
	expect(await stage.cli('approve', 'products', 'tasks', '--rev', rev, '--trust')).toMatchObject({code: 0});
	stage.fake.script(
		calls(
			['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
			['write', {path: 'src/multiply.js', content: multiplyCode}],
		),
		says('Done.'),
	);
	const {child, ended} = stage.start('run', '--spec', 'products', '--all', '--trust');
	await until(() => isWritten(stage));
	const pids = pidsOf(stage);
	child.kill('SIGTERM');
	expect(await ended).toMatchObject({code: 143});
	await until(() => !pids.some(isAlive));
	expect(readFileSync(stage.at(`${specFolder}/tasks.md`), 'utf8')).toContain('[-] 1.1');
	const entries = readFileSync(stage.at(`${specFolder}/ledger.jsonl`), 'utf8')
		.trim()
		.split('\n')
		.map(line => JSON.parse(line));
	expect(entries.filter(({type}) => type === 'task')).toMatchObject([{task: '1.1', outcome: 'interrupted'}]);
	expect(readdirSync(join(stage.root, specFolder)).filter(name => name.includes('.kiro-'))).toEqual([]);
});

test('E04 SIGINT while the service is silent ends at once, and the message is in the journal', async () => {
	await using stage = await openCli({script: [hangs()]});
	const {child, ended} = stage.start('-p', 'a question worth keeping', '--trust');
	await stage.fake.received(1);
	child.kill('SIGINT');
	expect(await ended).toMatchObject({code: 130});
	const [journal] = await journalsOf(stage);
	expect(journal?.problems).toEqual([]);
	expect(JSON.stringify(journal?.records)).toContain('a question worth keeping');
});

test.each([
	['a log that cannot be written', {}, ['-p', 'hello', '--trust', '--debug', 'no/such/folder/log']],
	['a state folder that is a file', {KIRO_TUI_HOME: '/dev/null'}, ['-p', 'hello', '--trust']],
	['a state folder that is a file, untrusted', {KIRO_TUI_HOME: '/dev/null'}, ['-p', 'hello']],
] as const)('E06 %s is told in a sentence, not in a stack trace', async (_, env, args) => {
	await using stage = await openCli({env, script: [says('Hello.')]});
	const run = await stage.cli(...args);
	expect(run.stderr).not.toMatch(/\n\s+at |node:internal|Node\.js v\d/);
	expect(run.stderr).not.toBe('');
});
