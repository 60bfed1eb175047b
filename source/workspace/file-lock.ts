import {readFileSync} from 'node:fs';
import {link, mkdir, readFile, rename, stat, unlink, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import {basename, dirname, join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {errorCode} from './file-error.ts';
import {temporaryPath} from './write-file.ts';

const waitMs = 10_000;
const retryMs = 8;
/** How often a held lock is written anew, and how old one of another machine must be to count as left behind, in milliseconds. */
const refreshMs = 30_000;
const abandonedMs = 150_000;

type Owner = {readonly pid: number; readonly started: string; readonly host: string};

function startOf(pid: number): string | undefined {
	try {
		// proc(5): the 22nd field, counted after the command name, which may hold spaces and brackets itself.
		const fields = readFileSync(`/proc/${pid}/stat`, 'latin1');
		return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19];
	} catch {
		return undefined;
	}
}

function isAlive({pid, started}: Owner): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		return errorCode(error) === 'EPERM';
	}

	// The number of a dead process is given to another one sooner or later; the start time is not.
	return started === '' || startOf(pid) === started;
}

function parseOwner(text: string): Owner | undefined {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null || !('pid' in value && 'started' in value && 'host' in value)) {
			return undefined;
		}

		return typeof value.pid === 'number' ? {pid: Number(value.pid), started: String(value.started), host: String(value.host)} : undefined;
	} catch {
		return undefined;
	}
}

/** Moves a dead owner's lock away. Renamed first and looked at again: two that see the same dead owner must not remove each other's lock. */
async function removeLock(lock: string, text: string) {
	const aside = temporaryPath(lock);
	try {
		await rename(lock, aside);
		if ((await readFile(aside, 'utf8')) !== text) {
			await link(aside, lock).catch(() => {});
		}

		await unlink(aside);
	} catch {
		// Somebody else was faster; the next try sees what is there now.
	}
}

function isDead(text: string): boolean {
	const owner = parseOwner(text);
	return owner !== undefined && owner.host === hostname() && !isAlive(owner);
}

/** Whether another machine's owner, who cannot be asked, has left a lock behind; by the clock of the file system that holds it. */
async function isAbandoned(lock: string, text: string): Promise<boolean> {
	if (parseOwner(text)?.host === hostname()) {
		return false;
	}

	const probe = temporaryPath(lock);
	await writeFile(probe, '', {flag: 'wx', mode: 0o600});
	try {
		return (await stat(probe)).mtimeMs - (await stat(lock)).mtimeMs > abandonedMs;
	} finally {
		await unlink(probe).catch(() => {});
	}
}

async function tryToTake(lock: string, own: string): Promise<boolean> {
	const temporary = temporaryPath(lock);
	await writeFile(temporary, own, {flag: 'wx', mode: 0o600});
	try {
		// The lock appears with its content in one step, so nobody reads an empty one.
		await link(temporary, lock);
		return true;
	} catch (error) {
		if (errorCode(error) === 'EEXIST') {
			return false;
		}

		throw error;
	} finally {
		await unlink(temporary).catch(() => {});
	}
}

/** What the lock says; every taking of a lock writes another text. */
async function textOf(lock: string): Promise<string | undefined> {
	return readFile(lock, 'utf8').catch(() => undefined);
}

async function take(lock: string, own: string, signal: AbortSignal | undefined): Promise<boolean> {
	const first = await textOf(lock);
	for (let waited = 0; waited < waitMs; waited += retryMs) {
		if (await tryToTake(lock, own)) {
			return true;
		}

		const text = await textOf(lock);
		if (text !== undefined && isDead(text)) {
			await removeLock(lock, text);
		}

		await sleep(retryMs, undefined, signal === undefined ? {} : {signal});
	}

	// Another machine's owner (a network folder) cannot be asked whether it lives. A lock is held for milliseconds, this one for all this time.
	const last = await textOf(lock);
	if (last !== undefined && last === first) {
		await removeLock(lock, last);
	}

	return tryToTake(lock, own);
}

function ownText(path: string): string {
	return JSON.stringify({pid: process.pid, started: startOf(process.pid) ?? '', host: hostname(), path: temporaryPath(path)});
}

async function release(lock: string, own: string) {
	// One that was stopped for long (Ctrl+Z) may have lost it to another, whose lock must stay.
	if ((await textOf(lock)) === own) {
		await unlink(lock).catch(() => {});
	}
}

/** Shows other machines that a held lock is alive; resolves how to let go of it. */
function keepFresh(lock: string, own: string): () => Promise<void> {
	const timer = setInterval(async () => {
		if ((await textOf(lock)) === own) {
			await writeFile(lock, own).catch(() => {});
		}
	}, refreshMs).unref();
	return async () => {
		clearInterval(timer);
		await release(lock, own);
	};
}

/**
 * Holds a file for as long as this program works with it, without waiting: resolves with how to let go, or with undefined while another one
 * that lives holds it. Where no lock file can be made it is held without one.
 */
export async function holdFile(path: string): Promise<(() => Promise<void>) | undefined> {
	const lock = `${path}.lock`;
	const own = ownText(path);
	try {
		await mkdir(dirname(path), {recursive: true, mode: 0o700});
		const text = await textOf(lock);
		if (text !== undefined && (isDead(text) || (await isAbandoned(lock, text)))) {
			await removeLock(lock, text);
		}

		return (await tryToTake(lock, own)) ? keepFresh(lock, own) : undefined;
	} catch {
		return async () => {};
	}
}

/**
 * Runs `run` while no other process of ours holds this file's lock; undefined when the lock could not be had within ten seconds. Where no
 * lock file can be made (a read-only folder), runs without one: every writer compares the bytes before it replaces them.
 */
export async function withFileLock<Result>(path: string, run: () => Promise<Result>, signal?: AbortSignal): Promise<Result | undefined> {
	const lock = join(dirname(path), `.${basename(path)}.kiro-lock`);
	const own = ownText(path);
	let isTaken: boolean;
	try {
		isTaken = await take(lock, own, signal);
	} catch (error) {
		if (signal?.aborted === true || errorCode(error) === undefined) {
			throw error;
		}

		return run();
	}

	if (!isTaken) {
		return undefined;
	}

	try {
		return await run();
	} finally {
		await release(lock, own);
	}
}
