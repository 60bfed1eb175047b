import {basename} from 'node:path';
import {fill} from '../model/prompts.ts';
import {decide} from '../permission/decide.ts';
import {isSecretPath, isSpecPath} from '../protocol/protected-paths.ts';
import type {Conversation} from '../protocol/state.ts';
import type {SeenFile} from '../protocol/tool.ts';
import type {Task} from '../spec/tasks.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {resolvePath} from '../workspace/resolve-path.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';

/** Of one file, and of all together, in characters: what is longer is a read away. */
const maxFile = 12_000;
const maxFiles = 24_000;

const backticked = /`([^`\s]+)`/g;

/** The files of the project that a task names, in its order: those of its text, its `_Proof:_` line included. */
function namedIn(task: Task, files: readonly string[]): readonly string[] {
	const known = new Set(files);
	return [...new Set([...task.text.matchAll(backticked)].map(([, name = '']) => name.replace(/^\.\//, '')))].filter(name =>
		known.has(name),
	);
}

function mayRead(services: Services, path: string): boolean {
	const {root, options, settings, sessionRules} = services;
	const rules = [...options.rules, ...settings.rules, ...sessionRules];
	const {mode} = services.store.state();
	const decision = decide({action: {kind: 'read', path}, mode, rules, root, rootName: basename(root), testCommands: []});
	return decision.kind === 'allow' && !isSecretPath(path) && !isSpecPath(path);
}

/**
 * The files that a task names, as they are now, for its first message: each saves the agent the request in which it would read it. They count
 * as read. Empty where it names none that is there, or only long ones.
 */
export async function filesOfTask(services: Services, task: Task, conversation: Conversation, signal: AbortSignal): Promise<string> {
	const named = namedIn(task, await projectFiles(services, signal).list()).filter(path => mayRead(services, path));
	const seen = services.seen.get(conversation.id) ?? new Map<string, SeenFile>();
	services.seen.set(conversation.id, seen);
	const shown: string[] = [];
	let left = maxFiles;
	for (const path of named) {
		const place = await resolvePath(services.root, path);
		const read =
			place.kind === 'inside' && place.relative === path ? await readTextFile(place.absolute, {maxBytes: maxFile * 4}) : undefined;
		if (place.kind === 'inside' && read?.kind === 'text' && read.text.length <= Math.min(maxFile, left)) {
			left -= read.text.length;
			seen.set(place.absolute, {digest: read.digest, isShown: true});
			shown.push(`<file path="${path}">\n${read.text.replace(/\n$/, '')}\n</file>`);
		}
	}

	return shown.length === 0 ? '' : `\n\n${fill(services.prompts.notices['task-files'] ?? '', {files: shown.join('\n\n')})}`;
}
