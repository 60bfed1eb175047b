import {readFileSync} from 'node:fs';
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {childEnvironment} from './process/child-env.ts';
import {copyText} from './process/clipboard.ts';
import {notify} from './process/notify.ts';
import {openEditor} from './process/open-editor.ts';
import {listFiles} from './process/ripgrep.ts';
import {commands} from './session/commands/run-command.ts';
import type {SessionOptions} from './session/services.ts';
import type {Session} from './session/session.ts';
import {createKeymap, defaultKeymap, type Keymap} from './tui/input/keymap.ts';
import type {TuiEnvironment, TuiOptions} from './tui/run-tui.tsx';
import {appendPromptHistory, readPromptHistory} from './workspace/prompt-history.ts';
import {workspaceKey} from './workspace/state-directory.ts';

type Environment = SessionOptions['env'];

/** What the menu of files shows at most, and how long it waits for them, in milliseconds. */
const maxListed = 20_000;
const listMs = 5000;

const isSet = (value: string | undefined) => value !== undefined && value !== '';

/** What of the environment decides how the picture looks and moves. */
function tuiEnvironment(env: Environment, platform: string): TuiEnvironment {
	const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet) ?? '';
	return {
		noColor: isSet(env.NO_COLOR),
		isAscii: isSet(env.KIRO_TUI_ASCII) || (platform !== 'win32' && locale !== '' && !/utf-?8/i.test(locale)),
		isSsh: isSet(env.SSH_CONNECTION) || isSet(env.SSH_TTY),
		isMultiplexed: isSet(env.TMUX) || isSet(env.STY),
		hasReducedMotion: isSet(env.KIRO_TUI_REDUCED_MOTION),
		platform,
	};
}

/** The person's own keys; a file that clashes or cannot be read is told, and the keys stay as they are. */
function readKeymap({store}: Session, config: string): Keymap {
	const file = join(config, 'keybindings.json');
	const tell = (text: string) => store.append({type: 'noticed', level: 'warning', text, nextStep: `Mend ${file}`});
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		return defaultKeymap;
	}

	try {
		const {$schema: _, ...overrides}: Record<string, readonly string[]> = JSON.parse(text);
		const made = createKeymap(overrides);
		for (const warning of made.kind === 'refused' ? [...made.clashes, ...made.warnings] : made.warnings) {
			tell(`keybindings.json: ${warning}`);
		}

		return made.kind === 'ready' ? made.keymap : defaultKeymap;
	} catch {
		tell('keybindings.json is not used: it is not a JSON object of key lists');
		return defaultKeymap;
	}
}

function definedOnly(env: Environment): Readonly<Record<string, string>> {
	return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Opens the person's editor on a text of no file, and resolves with what it is then. */
async function editText(text: string, file: string, edit: (path: string) => Promise<void>): Promise<string | undefined> {
	await mkdir(dirname(file), {recursive: true, mode: 0o700});
	try {
		await writeFile(file, text, {mode: 0o600});
		await edit(file);
		return (await readFile(file, 'utf8')).replace(/\n$/, '');
	} catch {
		return undefined;
	} finally {
		await rm(file, {force: true});
	}
}

/** How the terminal face reaches the outside: editor, clipboard, notifications, history, keys. */
export async function screenOptions(
	session: Session,
	options: SessionOptions,
): Promise<Omit<TuiOptions, 'stdin' | 'stdout' | 'home' | 'farewell'>> {
	const {store} = session;
	const {root, directories, now} = options;
	const folder = join(directories.state, workspaceKey(root));
	const historyFile = join(folder, 'prompts.jsonl');
	const env = definedOnly(options.env);
	const editor = [env.VISUAL, env.EDITOR].find(isSet) ?? 'vi';
	const edit = async (file: string, line?: number) => {
		const outcome = await openEditor({editor, file, ...(line !== undefined && {line}), env, root});
		if (outcome.kind === 'failed') {
			store.append({type: 'noticed', level: 'warning', text: outcome.why, nextStep: 'Set EDITOR to an editor that is installed'});
		}
	};

	return {
		session,
		commands,
		environment: tuiEnvironment(options.env, process.platform),
		keymap: readKeymap(session, directories.config),
		openEditor: async (path, line) => edit(path, line),
		editText: async text => editText(text, join(folder, `prompt-${options.newId()}.md`), edit),
		notify({title, body}) {
			void notify({title, text: body, env, root});
		},
		copy(text) {
			void copyText(text, {env, root});
		},
		async listFiles() {
			const env = childEnvironment({env: options.env, packageRoot: options.packageRoot, root});
			return (await listFiles({root, env, signal: AbortSignal.timeout(listMs), limit: maxListed})).files;
		},
		history: {entries: await readPromptHistory(historyFile), add: text => void appendPromptHistory(historyFile, text)},
		now,
	};
}
