import {readdir, stat, unlink} from 'node:fs/promises';
import {join} from 'node:path';

const temporaryName = /^\..+\.kiro-(\d+)-\d+$/;
const oneHourMs = 3_600_000;

/** True for the name of a file that only exists while a write, or a lock, lasts. */
export function isTemporaryName(name: string): boolean {
	return temporaryName.test(name) || /^\..+\.kiro-lock$/.test(name);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** Removes temporary files of writes that a crash cut short: older than an hour, and their process is gone. `now` in ms since the epoch. */
export async function removeLeftovers(folder: string, now: number): Promise<readonly string[]> {
	const removed: string[] = [];
	const names = await readdir(folder).catch(() => []);
	for (const name of names) {
		const pid = temporaryName.exec(name)?.[1];
		const path = join(folder, name);
		const stats = pid === undefined || isAlive(Number(pid)) ? undefined : await stat(path).catch(() => undefined);
		if (stats?.isFile() === true && now - stats.mtimeMs > oneHourMs) {
			await unlink(path).catch(() => {});
			removed.push(name);
		}
	}

	return removed;
}
