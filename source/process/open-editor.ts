import {basename} from 'node:path';
import {execa} from 'execa';
import {findProgram} from './find-program.ts';

export type OpenEditor = {
	/** As in $VISUAL or $EDITOR: a program with arguments, quotes allowed. */
	readonly editor: string;
	/** Absolute path. */
	readonly file: string;
	/** 1-based. */
	readonly line?: number;
	readonly env: Readonly<Record<string, string>>;
	/** An editor inside this folder is not started. */
	readonly root?: string;
};

export type EditorOutcome = {readonly kind: 'closed'} | {readonly kind: 'failed'; readonly why: string};

/** How editors are told the line, and to stay until the file is closed. By the name of the program. */
const places: readonly (readonly [RegExp, (file: string, line: number) => readonly string[]])[] = [
	[/^(?:code|code-insiders|codium|vscodium|cursor|windsurf|kiro)$/, (file, line) => ['--wait', '--goto', `${file}:${line}`]],
	[/^(?:subl|sublime_text|zed|zeditor)$/, (file, line) => ['--wait', `${file}:${line}`]],
	[/^(?:hx|helix)$/, (file, line) => [`${file}:${line}`]],
	[/^(?:idea|webstorm|pycharm|goland|rustrover|clion|phpstorm)$/, (file, line) => ['--wait', '--line', `${line}`, file]],
	[/^(?:vi|vim|nvim|gvim|view|nano|pico|emacs|emacsclient|micro|kak|joe|jed|ne|mg|ex)$/, (file, line) => [`+${line}`, file]],
];

/** Splits like a shell does for plain words and quotes; nothing is expanded. */
function wordsOf(text: string): readonly string[] {
	return [...text.matchAll(/(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g)].map(match => match[1] ?? match[2] ?? match[3] ?? '');
}

function argumentsFor(program: string, given: readonly string[], file: string, line: number | undefined): readonly string[] {
	const name = basename(program).replace(/\.(?:exe|cmd)$/, '');
	const place = places.find(([pattern]) => pattern.test(name))?.[1];
	const own = place?.(file, line ?? 1) ?? [file];
	return [...given, ...own.filter(argument => !given.includes(argument))];
}

/** Opens a file in the person's editor on our terminal and waits until it is closed. The caller releases the terminal first. */
export async function openEditor({editor, file, line, env, root}: OpenEditor): Promise<EditorOutcome> {
	const [name, ...given] = wordsOf(editor);
	const program = name === undefined ? undefined : await findProgram(name, {env, ...(root !== undefined && {root})});
	if (program === undefined) {
		return {kind: 'failed', why: name === undefined ? 'no editor is named' : `${name} was not found on PATH`};
	}

	const result = await execa(program, [...argumentsFor(program, given, file, line)], {
		env,
		extendEnv: false,
		stdio: 'inherit',
		reject: false,
	});
	return result.exitCode === 0 ? {kind: 'closed'} : {kind: 'failed', why: `${name} ended with an error`};
}
