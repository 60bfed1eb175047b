import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {UserError} from '../protocol/user-error.ts';
import type {PreparedCall} from './prepare-call.ts';

/** How long a tool may take to stop after an abort, in milliseconds; then its call is answered without it. */
const graceMs = 5000;

const interrupted: ToolOutcome = {
	ok: false,
	forModel: 'Interrupted: the person stopped this call before it ended. It may have had some effect; look before you rely on it.',
	display: {kind: 'text', text: 'Interrupted'},
};

function failed(error: unknown): ToolOutcome {
	const message = error instanceof Error ? error.message : String(error);
	const next = error instanceof UserError ? ` ${error.nextStep}` : '';
	return {ok: false, forModel: `The tool failed: ${message}${next}`, display: {kind: 'text', text: message}};
}

/** Settles when a tool that ignores the abort has had its time; never when there is no abort. */
function graceEnded(signal: AbortSignal, until: AbortSignal): Promise<ToolOutcome> {
	return new Promise(resolve => {
		let timer: NodeJS.Timeout | undefined;
		const start = () => {
			timer = setTimeout(resolve, graceMs, interrupted);
		};

		signal.addEventListener('abort', start, {once: true, signal: until});
		until.addEventListener('abort', () => clearTimeout(timer), {once: true});
		if (signal.aborted) {
			start();
		}
	});
}

/** Runs one tool. Whatever it throws becomes an outcome: this is one of the three doors where a mistake of ours is caught. */
export async function runTool(
	{tool, input}: Extract<PreparedCall, {kind: 'runnable'}>,
	context: ToolContext,
	onOutput: (text: string) => void,
): Promise<ToolOutcome> {
	const done = new AbortController();
	const run = async () => {
		try {
			return await tool.run(input, {
				...context,
				onOutput(text) {
					onOutput(text);
					context.onOutput(text);
				},
			});
		} catch (error) {
			return context.signal.aborted ? interrupted : failed(error);
		}
	};

	try {
		return await Promise.race([run(), graceEnded(context.signal, done.signal)]);
	} finally {
		done.abort();
	}
}
