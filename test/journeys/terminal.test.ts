import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {describe, expect, test} from 'vitest';
import {answers, call, calls, says, split, stallsAfter, text} from '../support/fake-anthropic.ts';
import type {PtyProgram} from '../support/pty.ts';
import {multiplyCode, multiplyTest} from '../support/test-session.ts';
import {canOpenTerminal, openTerminalStage, twoTasks, writeSmallSpec, writes} from './terminal-stage.ts';

const medium = {columns: 120, rows: 40};
const compact = {columns: 80, rows: 24};

/** Answers the bar over the prompt once it listens: its rule is a heavy one then. */
async function answer({waitFor, type}: PtyProgram, bar: string, key: string): Promise<void> {
	await waitFor(`━━ ${bar} `);
	type(key);
	await waitFor(screen => !screen.text().includes(`━━ ${bar} `));
}

/** Approves the document that waits for a review, and counts the keys. */
async function approve(program: PtyProgram, document: string): Promise<number> {
	await program.waitFor(`Review ${document}`);
	program.type('a');
	await answer(program, 'approval', 'y');
	return 2;
}

async function leave(program: PtyProgram): Promise<void> {
	program.press('ctrl+d');
	expect(await program.ended()).toMatchObject({exitCode: 0});
	expect(program.screen.isAlternate()).toBe(false);
}

async function pidIn(file: string): Promise<number> {
	return existsSync(file) ? Number(await readFile(file, 'utf8')) : 0;
}

/** Whether a process runs; one that has ended and waits to be collected does not. */
function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}

	const stat = `/proc/${pid}/stat`;
	return !existsSync(stat) || !/^\d+ \(.*\) Z/.test(readFileSync(stat, 'utf8'));
}

const wrongCode = 'export function multiply(a, b) {\n\treturn a + b;\n}\n';
const claims = [
	calls(
		['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
		['write', {path: 'src/multiply.js', content: 'export function multiply() {}\n'}],
	),
	says('The test is there.'),
	calls(['write', {path: 'src/multiply.js', content: wrongCode}]),
	says('Done, it multiplies.'),
	// Byte by byte, so that what is red stays on screen for a while.
	split(calls(['write', {path: 'src/multiply.js', content: multiplyCode}])),
	says('It added; now it multiplies.'),
];

describe.skipIf(!canOpenTerminal)('in a terminal', () => {
	test('the scene: an idea becomes tested code with at most 15 keys, and a claim that is red stays [-]', async () => {
		await using stage = await openTerminalStage([
			writes('requirements'),
			says('Look at criterion 1.1.'),
			writes('design'),
			says('One function.'),
			answers([text('Here are the tasks.'), call('write_document', {document: 'tasks', content: twoTasks})]),
			says('Two tasks.'),
			...claims,
		]);
		const program = stage.start(medium);
		await answer(program, 'trust', 'y');
		await program.waitFor('Type an idea or a question');
		program.type('multiply two numbers');
		program.press('enter');
		await answer(program, 'route', 'f');
		let keys = 1;
		for (const document of ['requirements', 'design', 'tasks']) {
			keys += await approve(program, document);
		}

		await program.waitFor('Start task 1.1');
		program.type('s');
		keys += 1;
		await program.waitFor(/\[-\] +1\.1 [\s\S]*says done, 1 red/);
		await program.waitFor(/\[x\] 1\.1 · \[1\.1\] proven · [\d.]+m?s · \$\d/);
		await program.waitFor('Start task 1.2');
		expect(keys).toBeLessThanOrEqual(15);
		expect(await readFile(stage.at('.kiro/specs/multiply-two-numbers/tasks.md'), 'utf8')).toBe(twoTasks.replace('[ ] 1.1', '[x] 1.1'));
		stage.fake.assertDone();
		await leave(program);
	});

	test('on a small screen a red test is seen at once: its count in the tab, its name in the chat', async () => {
		await using stage = await openTerminalStage(claims);
		await writeSmallSpec(stage);
		const program = stage.start(compact, ['--trust', '--spec', 'products']);
		await approve(program, 'requirements, design and tasks');
		await program.waitFor('Start task 1.1');
		program.type('s');
		await program.waitFor(/5 Tests 1✗[\s\S]*✗ multiplies \[1\.1\]/);
		await program.waitFor(/\[x\] +1\.1 [\s\S]*\[1\.1\] proven · /);
		stage.fake.assertDone();
		await leave(program);
	});

	test('a hand edit by another program is on screen, marked, and the approval says that it no longer holds', async () => {
		await using stage = await openTerminalStage();
		await writeSmallSpec(stage);
		const program = stage.start(compact, ['--trust', '--spec', 'products']);
		await approve(program, 'requirements, design and tasks');
		await program.waitFor('Start task 1.1');
		program.press('alt+1');
		await program.waitFor('SHALL return their product');
		execFileSync('sed', ['-i', 's/their product/their exact product/', stage.at('.kiro/specs/products/requirements.md')]);
		await program.waitFor(/edited by hand {2}changed after approval[\s\S]*\+ +9 \| 1\. WHEN.*their exact/);
		await program.waitFor('requirements.md changed after its approval');
		program.type('d');
		await program.waitFor(/- 1\. WHEN.*their product[\s\S]*\+ 1\. WHEN.*their exact/);
		// Out of the pane, where Ctrl+D is half a page down.
		program.type('q');
		await leave(program);
	});

	test('while someone types, a permission takes no letter and allows nothing', async () => {
		await using stage = await openTerminalStage([split(calls(['run', {command: 'touch canary'}])), says('Then I leave it.')]);
		const program = stage.start(compact, ['--trust']);
		await program.waitFor('Type an idea');
		program.type('can you touch it?\rand keep ');
		await program.waitFor('you are typing: Tab to answer');
		for (const letter of 'yes no') {
			program.type(letter);
		}

		await program.waitFor('› and keep yes no');
		expect(existsSync(stage.at('canary'))).toBe(false);
		program.press('tab');
		await answer(program, 'permission', 'n');
		await program.waitFor('Then I leave it.');
		expect(program.screen.text()).toContain('› and keep yes no');
		expect(existsSync(stage.at('canary'))).toBe(false);
		stage.fake.assertDone();
	});

	test('Esc interrupts an answer, and five commands with all their processes; then the talk goes on', async () => {
		const names = ['1', '2', '3', '4', '5'];
		await using stage = await openTerminalStage([
			stallsAfter(8, says('It is a long story that begins with a small stone in a river.')),
			calls(...names.map(name => ['run', {command: `bash wait.sh ${name}`}] as const)),
			says('Still here.'),
		]);
		// Commands run one after the other, so the first is the one that is stopped; it has three processes of its own.
		await stage.folder.write('project/wait.sh', 'for child in a b c; do sleep 300 & echo $! > pid$1$child; done\nwait\n');
		const allowed = names.flatMap(name => ['--allow', `bash wait.sh ${name}`]);
		const program = stage.start(medium, ['--trust', ...allowed]);
		await program.waitFor('Type an idea');
		program.type('how did it begin?\r');
		await program.waitFor('It is a long story');
		program.press('escape');
		await program.waitFor('Interrupted');
		program.type('run all five\r');
		const files = ['a', 'b', 'c'].map(child => stage.at(`pid1${child}`));
		await expect.poll(async () => (await Promise.all(files.map(pidIn))).every(pid => pid > 0), {timeout: 10_000}).toBe(true);
		const pids = await Promise.all(files.map(pidIn));
		program.press('escape');
		await expect.poll(() => pids.filter(isAlive), {timeout: 10_000}).toEqual([]);
		await program.waitFor(screen => !screen.text().includes('Esc interrupt'));
		program.type('are you there?\r');
		// The strict service takes it only when each of the five calls has its result.
		await program.waitFor('Still here.');
		expect(existsSync(stage.at('pid2a'))).toBe(false);
		stage.fake.assertDone();
		await leave(program);
	});

	test('SIGTERM in the middle of a task puts the terminal back, exits 143, and -c goes on with it', async () => {
		await using stage = await openTerminalStage([
			calls(['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}]),
			stallsAfter(8, says('Now the function itself, in a file of its own.')),
		]);
		await writeSmallSpec(stage);
		const program = stage.start(compact, ['--trust', '--spec', 'products']);
		await approve(program, 'requirements, design and tasks');
		await program.waitFor('Start task 1.1');
		program.type('s');
		await program.waitFor('Now the function');
		program.kill('SIGTERM');
		expect(await program.ended()).toMatchObject({exitCode: 143});
		const {screen} = program;
		expect([screen.isAlternate(), screen.isCursorHidden(), screen.isBracketedPaste(), screen.isWrapping()]).toEqual([
			false,
			false,
			false,
			true,
		]);
		expect(screen.text()).toContain('kiro-tui -c');

		stage.fake.script(calls(['write', {path: 'src/multiply.js', content: multiplyCode}]), says('Done.'));
		const again = stage.start(compact, ['--trust', '-c']);
		await again.waitFor('start it again');
		await again.waitFor(/\[-\] +1\.1/);
		again.type('s');
		await again.waitFor(/\[x\] +1\.1 [\s\S]*\[1\.1\] passing/);
		stage.fake.assertDone();
		await leave(again);
	});

	test('-c goes on with the conversation as it was left', async () => {
		await using stage = await openTerminalStage([says('A river.'), says('As I said: a river.')]);
		const program = stage.start(compact, ['--trust']);
		await program.waitFor('Type an idea');
		program.type('what is it?\r');
		await program.waitFor('A river.');
		await leave(program);
		const again = stage.start(compact, ['--trust', '--continue']);
		await again.waitFor(/what is it\?[\s\S]*A river\./);
		again.type('what was it?\r');
		await again.waitFor('As I said: a river.');
		stage.fake.assertDone();
		await leave(again);
	});

	test('what a model, a file or a branch is called reaches the terminal as visible tokens only', async () => {
		const hostile = 'x\u001B]52;c;aGk=\u0007\u001B]0;owned\u0007\u001B[2J\u009B2Jgone\rover\u202Etxt';
		await using stage = await openTerminalStage([
			answers([text(hostile), call('list', {path: '.'}), call('read', {path: hostile})]),
			says(`The end of ${hostile}.`),
		]);
		await stage.folder.write(`project/${hostile}`, hostile);
		const program = stage.start(medium, ['--trust']);
		await program.waitFor('Type an idea');
		program.type('what is in it?\r');
		await program.waitFor('The end of');
		program.press('ctrl+o');
		await program.waitFor(String.raw`\x1b]52;c;aGk=\a\x1b]0;owned\a\x1b[2J`);
		await program.waitFor('<U+202E>');
		await leave(program);
		expect(program.screen.clipboard).toEqual([]);
		expect(program.screen.titles.filter(title => title.includes('owned'))).toEqual([]);
		expect(program.raw()).not.toMatch(/\u001B\]52|\u009B|\u202E|\rover/);
		stage.fake.assertDone();
	});

	test('NO_COLOR paints without any colour', async () => {
		await using stage = await openTerminalStage([says('**Bold** and `code`.')]);
		const program = stage.start(compact, ['--trust'], {NO_COLOR: '1'});
		await program.waitFor('Type an idea');
		program.type('what is it?\r');
		await program.waitFor('Bold and');
		const cells = Array.from({length: compact.rows * compact.columns}, (_, index) =>
			program.screen.cell(Math.floor(index / compact.columns), index % compact.columns),
		);
		expect(cells.filter(cell => cell.isColoured)).toEqual([]);
		await leave(program);
	});

	test('on a dumb terminal lines are written, nothing is painted', async () => {
		await using stage = await openTerminalStage([says('A river.')]);
		const program = stage.start(compact, ['what is it?'], {TERM: 'dumb'});
		await program.waitFor('1. yes, trust it');
		program.type('1\r');
		await program.waitFor('A river.');
		program.press('ctrl+d');
		expect(await program.ended()).toMatchObject({exitCode: 0});
		expect(program.raw()).not.toContain('\u001B');
		stage.fake.assertDone();
	});
});
