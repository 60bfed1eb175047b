import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {TestReport} from '../protocol/test-report.ts';
import {digestOf} from '../workspace/digest.ts';
import {workspaceKey} from '../workspace/state-directory.ts';
import {type FileManifest, manifestChanges, takeManifest} from './file-manifest.ts';
import type {Services} from './services.ts';

function fileFor(services: Services, name: string): string {
	return join(services.options.directories.state, workspaceKey(services.root), 'baselines', `${name}.json`);
}

/** Only this program writes here, and a file it cannot read only costs a new run. */
async function readKept(services: Services, name: string): Promise<string | undefined> {
	return readFile(fileFor(services, name), 'utf8').catch(() => undefined);
}

async function keep(services: Services, name: string, value: unknown): Promise<void> {
	const file = fileFor(services, name);
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	await writeFile(file, JSON.stringify(value), {mode: 0o600});
}

function nameOf(textHash: string, command: string): string {
	return `${textHash}-${digestOf(command).slice(0, 16)}`;
}

/** What a command showed before the first attempt at a task; undefined when it is not on this machine. */
export async function readBaseline(services: Services, textHash: string, command: string): Promise<TestReport | undefined> {
	try {
		const kept: TestReport = JSON.parse((await readKept(services, nameOf(textHash, command))) ?? '');
		return kept;
	} catch {
		return undefined;
	}
}

/** Keeps what a command showed before a task, for all its attempts. */
export async function keepBaseline(services: Services, textHash: string, command: string, report: TestReport): Promise<void> {
	await keep(services, nameOf(textHash, command), report);
	services.append({type: 'baseline.set', report});
}

async function readManifest(services: Services, name: string): Promise<FileManifest | undefined> {
	try {
		const kept: readonly (readonly [string, string])[] = JSON.parse((await readKept(services, name)) ?? '');
		return new Map(kept);
	} catch {
		return undefined;
	}
}

/** The files as the first attempt at a task found them; undefined when that was not on this machine. */
export async function manifestForTask(
	services: Services,
	textHash: string,
	isLeftOpen: boolean,
	signal: AbortSignal,
): Promise<FileManifest | undefined> {
	const name = `${textHash}-files`;
	if (!isLeftOpen) {
		const manifest = await takeManifest(services, signal);
		await keep(services, name, [...manifest]);
		return manifest;
	}

	return readManifest(services, name);
}

const leftName = 'left-files';

/** Keeps the files as a task leaves them. */
export async function keepLeftFiles(services: Services): Promise<void> {
	await keep(services, leftName, [...(await takeManifest(services, new AbortController().signal))]);
}

/** The paths that changed since a task last ended here; none when no end is known. */
export async function changedSinceLeft(services: Services, now: FileManifest): Promise<readonly string[]> {
	const left = await readManifest(services, leftName);
	return left === undefined ? [] : manifestChanges(left, now);
}
