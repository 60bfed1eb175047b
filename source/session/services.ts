import type {Model} from '../model/model.ts';
import type {Prompts} from '../model/prompts.ts';
import type {Git} from '../process/git.ts';
import type {Answer, Ask} from '../protocol/ask.ts';
import type {Event, StageId} from '../protocol/event.ts';
import type {ConversationId} from '../protocol/ids.ts';
import type {Mode, Rule} from '../protocol/permission.ts';
import type {State} from '../protocol/state.ts';
import type {Store} from '../protocol/store.ts';
import type {SeenFile} from '../protocol/tool.ts';
import type {Checkpoints} from '../workspace/checkpoint.ts';
import type {Settings} from '../workspace/settings.ts';
import type {SpecFiles} from '../workspace/spec-folder.ts';
import type {Conversations} from './conversation-journal.ts';
import type {MarkedTask} from './mark.ts';
import type {Proofs} from './proofs.ts';
import type {TurnMessage} from './take-turn.ts';

/** What a face decides before a session opens; nothing here comes from the repository. */
export type SessionOptions = {
	/** Real path of the workspace root. */
	readonly root: string;
	readonly isTrustable: boolean;
	readonly home: string;
	readonly packageRoot: string;
	readonly directories: {readonly config: string; readonly state: string};
	/** The environment of this process; children get it without secrets. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Undefined when no credential was found: everything but the model works. */
	readonly model?: Model;
	readonly isRecorded: boolean;
	/** Opens another model service by its base URL; absent where only one model makes sense. */
	readonly connect?: (baseUrl: string) => Promise<Model | undefined>;
	/** From a flag; wins over settings. */
	readonly modelId?: string;
	/** The version of this program, for the journals. */
	readonly version: string;
	readonly mode?: Mode;
	readonly budgetUsd?: number;
	readonly trust: 'ask' | 'granted';
	readonly rules: readonly Rule[];
	readonly commandTimeoutMs: number;
	/** Checks ticked tasks in a copy of the project, beside the work. */
	readonly provesTasks: boolean;
	/** Answers what waits for a person when nobody is there; undefined leaves it to the screen. */
	readonly answerFor?: (ask: Ask, state: State) => Answer | undefined;
	/** Nobody is there for the whole run, and the model is told so before it asks. */
	readonly isUnattended?: boolean;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** A new UUID. */
	readonly newId: () => string;
};

export type IntentOutcome = {readonly ok: true} | {readonly ok: false; readonly error: Error};

/** What the handlers of one session share. Only `work`, `spec` files and the sets change while it is open. */
export type Services = {
	readonly options: SessionOptions;
	readonly store: Store;
	readonly append: (event: Event) => void;
	readonly root: string;
	readonly settings: Settings;
	readonly prompts: Prompts;
	readonly git: Git | undefined;
	readonly checkpoints: Checkpoints;
	readonly conversations: Conversations;
	readonly childEnv: Readonly<Record<string, string>>;
	/** Digests of what this program wrote, so that its own writes are told apart from a person's. */
	readonly ownWrites: Set<string>;
	/** Turns, by their signal, in which the person lets every change of a document pass. */
	readonly grantedTurns: WeakSet<AbortSignal>;
	/** Rules granted while the session is open. */
	readonly sessionRules: Rule[];
	/** Ids of the ledger lines that this program wrote. */
	readonly recordedEntries: Set<string>;
	/** The digest of each document as a conversation itself wrote it last: it need not be told of that text again. */
	readonly ownDocuments: Map<string, string>;
	/** The fresh conversation in which one goes on that had become longer than the model can read. */
	readonly continuedIn: Map<ConversationId, ConversationId>;
	/** The bytes the model knows, per conversation; empty again when a conversation is restored. */
	readonly seen: Map<string, Map<string, SeenFile>>;
	/** Hashes of test commands with their script texts that a person approved for this process only. */
	readonly approvedTestCommands: Set<string>;
	/** The folder was trusted by a flag when it had no tests: nobody could be shown a command, so a known runner alone needs no further yes. */
	trustsKnownRunners: boolean;
	/** The person said that they accept tasks by hand, since the project has no tests. */
	acceptsByHand: boolean;
	/** A person's own test command for this workspace; wins over what is detected. */
	testCommand: string | undefined;
	/** The files of the open spec. */
	specFiles: SpecFiles | undefined;
	/** Where requests go; a person may connect another one. */
	model: Model | undefined;
	/** The model a person chose while the session is open; wins over flag and settings. */
	chosenModel: string | undefined;
	/** What a person chose to talk over once the work at hand has ended. */
	prepared: {readonly stage: StageId; readonly message: TurnMessage} | undefined;
	/** The one piece of work at hand: a turn, a task run or a test run. */
	work: Work | undefined;
	/** The newest work was ended by a person: what waits does not go on by itself. */
	wasStopped: boolean;
	/** True from the moment the session begins to close: no work begins any more. */
	isClosing: boolean;
	/** Resolves when an answer to the trust question is in force. */
	trustSettled: Promise<void>;
	/** The checks of ticked tasks, one after the other beside the work; the session waits for them when it is asked to, not when it closes. */
	readonly proofs: Proofs;
	/** How many commands run at the moment that may write into the specs. */
	guarding: number;
	/** Resolves when the work at hand has ended, however it ends. */
	workDone: Promise<void>;
	/** The checkpoint that the tools write into. */
	checkpoint: string | undefined;
	/** Errors that the chat has told already, so that they are not told twice. */
	readonly told: WeakSet<Error>;
	/** Puts a choice to the person and waits for the answer. An abort answers with `escape`. */
	readonly ask: (ask: Omit<Ask, 'id'>, signal: AbortSignal) => Promise<Answer>;
	/** Who approves and ticks: git's user name, else the system's user. */
	readonly author: () => Promise<string>;
};

export type Work = {
	readonly label: string;
	/** Where what a person sends meanwhile belongs. */
	conversation?: ConversationId;
	readonly abort: AbortController;
	/** The tasks of a run that come after the one at hand; a person may change them. */
	queue?: MarkedTask[];
	/** Skips a running test run without stopping the rest. */
	skipTests?: AbortController;
	/** The tests after a free turn run: a new message ends them through this instead of waiting. */
	yieldToMessage?: AbortController;
};
