import {execFileSync} from 'node:child_process';
import type {DocumentStage} from '../../source/protocol/ledger-entry.ts';
import {answers, call, type FakeAnthropic, type Scripted, startFakeAnthropic, text} from '../support/fake-anthropic.ts';
import {hasPty, type PtyProgram, spawnInPty} from '../support/pty.ts';
import {cliEnvironment, launcher} from '../support/run-cli.ts';
import {type TempFolder, tempFolder} from '../support/temp-folder.ts';
import {nodeProject, smallSpec} from '../support/test-session.ts';

function has(program: string): boolean {
	try {
		execFileSync(program, ['--version'], {stdio: 'ignore'});
		return true;
	} catch {
		return false;
	}
}

/** For `describe.skipIf(!canOpenTerminal)`: a pseudo terminal, git and bash are on this machine. */
export const canOpenTerminal = hasPty && has('git') && has('bash');

if (hasPty && !canOpenTerminal) {
	console.warn('skipped: the journeys in a terminal need git and bash');
}

type Size = {readonly columns: number; readonly rows: number};

export type TerminalStage = AsyncDisposable & {
	readonly folder: TempFolder;
	readonly fake: FakeAnthropic;
	/** The absolute path of something in the project. */
	readonly at: (path: string) => string;
	/** Starts the real binary in the project, in a terminal of this size. */
	readonly start: (size: Size, args?: readonly string[], env?: Readonly<Record<string, string>>) => PtyProgram;
};

/** A small project that was never set up, with git, and the strict fake service for whatever is started in it. */
export async function openTerminalStage(script: readonly Scripted[] = []): Promise<TerminalStage> {
	const folder = await tempFolder();
	const fake = await startFakeAnthropic(script);
	for (const [path, content] of Object.entries(nodeProject)) {
		await folder.write(`project/${path}`, content);
	}

	const cwd = folder.at('project');
	const started: PtyProgram[] = [];
	execFileSync('git', ['init', '-q', '-b', 'main'], {cwd, env: cliEnvironment({home: folder.path})});
	return {
		folder,
		fake,
		at: path => folder.at('project', path),
		start({columns, rows}, args = [], env = {}) {
			const program = spawnInPty({
				// node-pty names the terminal itself; through `env` a test may name another one.
				file: 'env',
				args: [`TERM=${env.TERM ?? 'xterm-256color'}`, process.execPath, launcher, ...args],
				cwd,
				columns,
				rows,
				env: cliEnvironment({
					home: folder.path,
					env: {ANTHROPIC_BASE_URL: fake.url, ANTHROPIC_API_KEY: fake.key, KIRO_TUI_PROFILE: 'anthropic', ...env},
				}),
			});
			started.push(program);
			return program;
		},
		async [Symbol.asyncDispose]() {
			for (const program of started) {
				await program[Symbol.asyncDispose]();
			}

			await fake.close();
			await folder[Symbol.asyncDispose]();
		},
	};
}

/** The model writes a document of the small spec, with a sentence about it. */
export const writes = (document: DocumentStage): Scripted =>
	answers([text(`Here are the ${document}.`), call('write_document', {document, content: smallSpec[document]})]);

/** The plan of the small spec with a second task, so that one is left when the first is done. */
export const twoTasks = `${smallSpec.tasks}  - [ ] 1.2 Say so in \`README.md\`\n`;

/** Writes the three documents of the small spec into the project. */
export async function writeSmallSpec({folder}: Pick<TerminalStage, 'folder'>): Promise<void> {
	for (const document of ['requirements', 'design', 'tasks'] as const) {
		await folder.write(`project/.kiro/specs/products/${document}.md`, smallSpec[document]);
	}
}
