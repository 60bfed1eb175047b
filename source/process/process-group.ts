import {readdirSync, readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';

/** A command and everything it started: the members of its process group, and those that left it but still carry its mark. */
export type ProcessGroup = {
	/** Process id of the leader, and so the id of the group. */
	readonly pid: number;
	/** Value of the variable `KIRO_TUI_COMMAND` in the environment of the command; children inherit it. */
	readonly mark: string;
	/** False once the leader was reaped: its number may then belong to somebody else. */
	isLed: boolean;
};

export type Member = {readonly pid: number; readonly command: string};

const graceMs = 2000;
const lookMs = 40;

function readProc(path: string): string {
	try {
		return readFileSync(path, 'latin1');
	} catch {
		return '';
	}
}

/** proc(5): state and process group are the first and the third field after the command name. */
function stateOf(pid: string): {readonly isRunning: boolean; readonly group: number} {
	const text = readProc(`/proc/${pid}/stat`);
	const [state, , group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
	return {isRunning: text !== '' && state !== 'Z' && state !== 'X', group: Number(group)};
}

function commandOf(pid: string): string {
	return readProc(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim().slice(0, 120);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
	try {
		process.kill(pid, name);
		return true;
	} catch {
		return false;
	}
}

/** The running members, from /proc; where there is no /proc, one entry that stands for the group. */
export function membersOf(group: ProcessGroup): readonly Member[] {
	if (process.platform !== 'linux') {
		return signal(-group.pid, 0) ? [{pid: -group.pid, command: 'a process of this command'}] : [];
	}

	const mark = `KIRO_TUI_COMMAND=${group.mark}\0`;
	return readdirSync('/proc')
		.filter(name => /^\d+$/.test(name))
		.flatMap(pid => {
			const {isRunning, group: of} = stateOf(pid);
			const isMember = isRunning && (of === group.pid || readProc(`/proc/${pid}/environ`).includes(mark));
			return isMember ? [{pid: Number(pid), command: commandOf(pid)}] : [];
		});
}

function signalAll(group: ProcessGroup, name: NodeJS.Signals) {
	if (group.isLed) {
		signal(-group.pid, name);
	}

	for (const {pid} of membersOf(group)) {
		signal(pid, name);
	}
}

/** Ends every member at once, without waiting. Safe in an exit handler. */
export function killGroup(group: ProcessGroup): void {
	signalAll(group, 'SIGKILL');
}

/** Asks every member to end, and ends those that have not within two seconds. Resolves when that is done. */
export async function stopGroup(group: ProcessGroup): Promise<void> {
	signalAll(group, 'SIGTERM');
	for (let waited = 0; waited < graceMs; waited += lookMs) {
		if (membersOf(group).length === 0) {
			return;
		}

		await sleep(lookMs);
	}

	signalAll(group, 'SIGKILL');
}
