import {mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import type {Artifact, ToolContext, ToolOutcome} from '../../source/protocol/tool.ts';
import {toolsFor} from '../../source/tools/index.ts';

export type Project = {
	readonly root: string;
	readonly context: ToolContext;
	/** The tools' own calls, in order: `before src/a.ts`, `after src/a.ts`. */
	readonly calls: readonly string[];
	readonly bytes: (path: string) => string;
	readonly put: (path: string, text: string | Uint8Array) => void;
	/** Runs a tool of free work, or of a stage that writes documents, the way the agent does. */
	readonly use: (tool: string, input: unknown) => Promise<ToolOutcome>;
	readonly [Symbol.dispose]: () => void;
};

export type ProjectParts = {
	readonly files?: Readonly<Record<string, string | Uint8Array>>;
	readonly documents?: readonly Artifact[];
	readonly answer?: string;
	readonly commandTimeoutMs?: number;
	readonly signal?: AbortSignal;
	/** Called between the moment a tool looked at a file and the moment it writes. */
	readonly beforeWrite?: (path: string) => void;
	readonly onOutput?: (text: string) => void;
};

/** A project in a temporary folder of its own, with the context its tools run in. */
export function openProject({files = {}, documents = [], answer = '', ...parts}: ProjectParts = {}): Project {
	const root = realpathSync(mkdtempSync(join(tmpdir(), 'kiro-tools-')));
	const calls: string[] = [];
	const put = (path: string, text: string | Uint8Array) => {
		mkdirSync(dirname(join(root, path)), {recursive: true});
		writeFileSync(join(root, path), text);
	};
	for (const [path, text] of Object.entries(files)) {
		put(path, text);
	}

	if (documents.length > 0) {
		mkdirSync(join(root, '.kiro/specs/todo'), {recursive: true});
	}

	const context: ToolContext = {
		root,
		signal: parts.signal ?? new AbortController().signal,
		seen: new Map(),
		documents: documents.map(artifact => ({artifact, path: join(root, '.kiro/specs/todo', `${artifact}.md`)})),
		async beforeWrite(path) {
			calls.push(`before ${path.slice(root.length + 1)}`);
			parts.beforeWrite?.(path);
		},
		afterWrite(path) {
			calls.push(`after ${path.slice(root.length + 1)}`);
		},
		ask: async () => answer,
		guard: run => run(),
		onOutput: parts.onOutput ?? (() => {}),
		env: {PATH: process.env.PATH ?? '', HOME: root},
		commandTimeoutMs: parts.commandTimeoutMs ?? 20_000,
	};
	return {
		root,
		context,
		calls,
		bytes: path => readFileSync(join(root, path), 'latin1'),
		put,
		async use(name, input) {
			const tool = toolsFor(documents.length > 0 ? 'requirements' : 'vibe').find(candidate => candidate.name === name);
			const parsed = tool!.parse(input);
			return parsed.ok
				? tool!.run(parsed.input, context)
				: {ok: false, forModel: parsed.message, display: {kind: 'text', text: parsed.message}};
		},
		[Symbol.dispose]() {
			rmSync(root, {recursive: true, force: true});
		},
	};
}
