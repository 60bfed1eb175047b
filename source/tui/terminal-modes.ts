/** What is needed of the terminal's output; `process.stdout` is one. */
export type TerminalOutput = {
	readonly isTTY?: boolean;
	write(text: string): unknown;
};

/**
 * Pastes in brackets, reports of focus, no wrap at the edge, and keys told apart where the terminal can: kitty's protocol (its first flag) and
 * xterm's modifyOtherKeys. A terminal that knows one of them not ignores it.
 */
export const enterModes = '\u001B[?2004h\u001B[?1004h\u001B[?7l\u001B[>4;1m\u001B[>1u';

/** Takes back what `enterModes` set, while the alternate screen is still on: kitty keeps a stack for each screen. */
export const leaveModes = '\u001B[<u\u001B[>4;0m\u001B[?1000;1002;1003;1004;1006l\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[0m';

/** Everything back to what a shell expects, from any state (reliability.md 5): modes, the alternate screen, the cursor. */
export const resetSequence = `${leaveModes}\u001B[?1049l\u001B[?25h\u001B[0m`;

export type TerminalReset = {
	/** Writes the reset once; synchronous, so that it also works from an `exit` handler or in a crash. */
	readonly reset: () => void;
	/** The app has left by itself: nothing is to be reset any more. */
	readonly disarm: () => void;
	readonly remove: () => void;
};

/** Makes sure that the terminal is put back however the process ends: exit, a signal that ends it, an error nobody caught. */
export function armTerminalReset(stdout: TerminalOutput): TerminalReset {
	let isArmed = true;
	const reset = (): void => {
		if (!isArmed) {
			return;
		}

		isArmed = false;
		try {
			stdout.write(resetSequence);
		} catch {
			// The terminal is gone, and with it what there was to put back.
		}
	};

	process.on('exit', reset);
	// Runs before Node prints the error, which would be lost with the alternate screen.
	process.on('uncaughtExceptionMonitor', reset);
	return {
		reset,
		disarm() {
			isArmed = false;
		},
		remove() {
			process.off('exit', reset);
			process.off('uncaughtExceptionMonitor', reset);
		},
	};
}
