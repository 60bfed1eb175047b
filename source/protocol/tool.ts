import type {Display} from './display.ts';
import type {Digest} from './ids.ts';
import type {Action} from './permission.ts';

/** What the model is told of a tool. `inputSchema` is JSON Schema. */
export type ToolDefinition = {
	readonly name: string;
	readonly description: string;
	readonly inputSchema: Readonly<Record<string, unknown>>;
};

export type Parsed<Input> = {readonly ok: true; readonly input: Input} | {readonly ok: false; readonly message: string};

/** A result has two halves: what the model reads and what a person sees. */
export type ToolOutcome = {readonly ok: boolean; readonly forModel: string; readonly display: Display};

export type Question = {
	readonly question: string;
	readonly options: readonly {readonly label: string; readonly effect?: string}[];
};

/** The document that the stage of this conversation writes. */
export type StageDocument = {
	readonly artifact: Artifact;
	/** Absolute path; the file may not exist yet. */
	readonly path: string;
};

export type Artifact = 'requirements' | 'design' | 'tasks';

export const artifacts: readonly Artifact[] = ['requirements', 'design', 'tasks'];

/** The file of a document; a bugfix has bugfix.md in the place of requirements.md. */
export function documentName(artifact: Artifact, isBugfix: boolean): string {
	return artifact === 'requirements' && isBugfix ? 'bugfix.md' : `${artifact}.md`;
}

/** What a conversation knows of a file. */
export type SeenFile = {
	readonly digest: Digest;
	/** The conversation holds this text as a read from the first line on gave it; after a write it holds only what was changed. */
	readonly isShown: boolean;
};

/** What a running tool may use. The session makes one for each conversation and hands it down. */
export type ToolContext = {
	/** Absolute real path of the workspace root, fixed at start and never taken from the model. */
	readonly root: string;
	readonly signal: AbortSignal;
	/** The bytes that the model knows, by absolute real path: an edit of other bytes is told to read again. */
	readonly seen: Map<string, SeenFile>;
	/** The documents that the spec tools may write in this stage; empty outside the writing stages. */
	readonly documents: readonly StageDocument[];
	/** Called with the absolute path before a tool changes a file: keeps its bytes for undo. */
	readonly beforeWrite: (path: string) => Promise<void>;
	/** Called after a tool wrote a file, so that the watcher knows the write as ours. */
	readonly afterWrite: (path: string, digest: Digest) => void;
	/** Puts a question to the person; resolves with the chosen label or the free text. */
	readonly ask: (question: Question) => Promise<string>;
	/** Runs a command under watch: what it changes in the specs is told, and is never evidence. */
	readonly guard: <Result>(run: () => Promise<Result>) => Promise<Result>;
	/** Runs the tests that a task's conversation has written, to see them fail; absent where nothing is to be seen failing. */
	readonly expectRed?: () => Promise<ToolOutcome>;
	/** Live output of a running command, already decoded. */
	readonly onOutput: (text: string) => void;
	/** The environment of child processes, already without secrets. */
	readonly env: Readonly<Record<string, string>>;
	readonly commandTimeoutMs: number;
};

export type Tool<Input = unknown> = ToolDefinition & {
	/** Strict: unknown keys, wrong types and NUL are refused with a sentence the model can act on. */
	readonly parse: (raw: unknown) => Parsed<Input>;
	readonly action: (input: Input) => Action;
	/** One line for the screen: `src/app.ts`, `npm test`. */
	readonly title: (input: Input) => string;
	readonly run: (input: Input, context: ToolContext) => Promise<ToolOutcome>;
	/**
	 * Only of a tool whose call ends the turn: the last words of that call. It ends it as the last call of an answer whose other calls all
	 * succeeded; elsewhere it is not run.
	 */
	readonly lastWords?: (input: Input) => string;
	/** When it does not succeed, the calls behind it in the same answer are not run: they rest on it. */
	readonly holdsRest?: true;
};
