import {homedir} from 'node:os';
import {type Environment, findProgram} from './find-program.ts';
import {runQuietly} from './quiet-run.ts';

const timeoutMs = 3000;

type Tool = {readonly name: string; readonly args: readonly string[]; readonly needs?: string};

const tools: readonly Tool[] = [
	{name: 'pbcopy', args: []},
	{name: 'wl-copy', args: [], needs: 'WAYLAND_DISPLAY'},
	{name: 'xclip', args: ['-selection', 'clipboard'], needs: 'DISPLAY'},
	{name: 'xsel', args: ['--clipboard', '--input'], needs: 'DISPLAY'},
	{name: 'clip.exe', args: []},
];

/** Puts a text on the system's clipboard with the first tool that exists; resolves with whether one took it. Never rejects. */
export async function copyText(text: string, {env, root}: {readonly env: Environment; readonly root: string}): Promise<boolean> {
	const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
	for (const {name, args, needs} of tools) {
		const isPossible = needs === undefined || (env[needs] ?? '') !== '';
		const file = isPossible ? await findProgram(name, {env, root}) : undefined;
		const result =
			file === undefined
				? undefined
				: await runQuietly({file, args, cwd: homedir(), env: Object.fromEntries(given), timeoutMs, input: text});
		if (result?.isOk === true) {
			return true;
		}
	}

	return false;
}
