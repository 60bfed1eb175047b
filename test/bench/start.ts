import {type SpawnSyncReturns, spawnSync} from 'node:child_process';
import {hasPty, type PtyProgram, spawnInPty} from '../support/pty.ts';
import {cliEnvironment, launcher} from '../support/run-cli.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';
import {proseDocument, tasksDocument} from './documents.ts';
import {compare, type Row} from './measure.ts';

function checked(args: readonly string[], run: SpawnSyncReturns<string>): string {
	if (run.status !== 0) {
		throw new Error(`node ${args.join(' ')} ended with ${run.status}: ${run.stderr}`);
	}

	return run.stdout;
}

function nodeIn(folder: TempFolder) {
	const env = cliEnvironment({home: folder.at('home')});
	return {
		env,
		run: (...args: readonly string[]) =>
			checked(args, spawnSync(process.execPath, args, {cwd: folder.at('project'), env, encoding: 'utf8'})),
	};
}

/** Starts a program in a pseudo terminal and waits for the first screen that shows anything. */
async function firstScreen(folder: TempFolder, args: readonly string[]): Promise<PtyProgram> {
	const program = spawnInPty({file: process.execPath, args, env: nodeIn(folder).env, cwd: folder.at('project')});
	await program.waitFor(screen => screen.text().trim() !== '');
	return program;
}

async function firstFrameRow(folder: TempFolder): Promise<Row> {
	await using program = await firstScreen(folder, [launcher]);
	const frame = program.screen.text();
	if (!frame.includes('kiro')) {
		throw new Error(`The first screen is not ours:\n${frame}`);
	}

	// Node keeps compiled code when a program ends by itself, which those that are measured do not.
	program.kill('SIGTERM');
	await program.ended();
	return await compare({
		name: 'first frame of home',
		run: () => firstScreen(folder, [launcher]),
		floorName: 'first word of bare node',
		floor: () => firstScreen(folder, ['-e', 'console.log("ready"); setInterval(() => {}, 1000)']),
		clock: 'wall',
		must: 20,
	});
}

/** The built program from a cold process, with a warm compile cache: what a person waits for. */
export async function startRows(): Promise<readonly Row[]> {
	await using folder = await tempFolder();
	for (const name of ['long', 'short']) {
		await folder.write(`project/.kiro/specs/${name}/requirements.md`, proseDocument(name === 'long' ? 900 : 60));
		await folder.write(`project/.kiro/specs/${name}/tasks.md`, tasksDocument(name === 'long' ? 324 : 12));
	}

	const {run} = nodeIn(folder);
	const bare = {floorName: 'bare node', clock: 'wall' as const, floor: () => run('-e', '0')};
	if (!run(launcher, 'status').includes('/216 tasks')) {
		throw new Error(`status says: ${run(launcher, 'status')}`);
	}

	return [
		await compare({name: 'kiro-tui --version', run: () => run(launcher, '--version'), ...bare, must: 7}),
		await compare({name: 'kiro-tui status, two specs', run: () => run(launcher, 'status'), ...bare, must: 13}),
		...(hasPty ? [await firstFrameRow(folder)] : []),
	];
}
