import {userInfo} from 'node:os';
import {join} from 'node:path';
import {loadPrompts} from '../model/prompts.ts';
import {parseRule} from '../permission/rules.ts';
import {childEnvironment} from '../process/child-env.ts';
import {openGit} from '../process/git.ts';
import type {Event} from '../protocol/event.ts';
import {createStore, type Store} from '../protocol/store.ts';
import {createCheckpoints} from '../workspace/checkpoint.ts';
import {readSettings} from '../workspace/settings.ts';
import {workspaceKey} from '../workspace/state-directory.ts';
import {createConversations} from './conversation-journal.ts';
import {createAsk} from './create-ask.ts';
import {openWorkspace} from './open-workspace.ts';
import {createProofs} from './proofs.ts';
import {ownSecretsIn, redactEvent, withoutSecrets} from './redact.ts';
import type {Services, SessionOptions} from './services.ts';
import {rememberThisVisit} from './since-you-left.ts';
import {watchSpecs} from './watch-spec.ts';

/** Every fact passes here: our own key leaves it before anybody sees it. */
function createRedactedStore({env}: SessionOptions): Store {
	const store = createStore();
	const secrets = ownSecretsIn(env);
	return {...store, append: event => store.append(redactEvent(event, secrets))};
}

function proofFailed(error: unknown): Event {
	const why = error instanceof Error ? error.message : 'unknown';
	return {type: 'noticed', level: 'warning', text: `A ticked task could not be checked in a copy: ${why}`};
}

export type OpenedServices = {readonly services: Services; readonly close: () => Promise<void>};

async function createServices(options: SessionOptions): Promise<Services> {
	const {root, directories} = options;
	const store = createRedactedStore(options);
	const folder = join(directories.state, workspaceKey(root));
	const {settings, problems} = await readSettings({config: directories.config, root, parseRule});
	const childEnv = childEnvironment({env: options.env, packageRoot: options.packageRoot, root});
	const git = await openGit({root, env: childEnv});
	for (const text of problems) {
		store.append({type: 'noticed', level: 'warning', text});
	}

	return {
		options,
		store,
		append: store.append,
		root,
		settings,
		prompts: await loadPrompts(options.packageRoot),
		git,
		checkpoints: await createCheckpoints({folder: join(folder, 'checkpoints'), root, newId: options.newId}),
		conversations: createConversations(store, {
			folder: join(folder, 'conversations'),
			root,
			version: options.version,
			onProblem: text => store.append({type: 'noticed', level: 'error', text}),
		}),
		childEnv,
		ownWrites: new Set(),
		recordedEntries: new Set(),
		ownDocuments: new Map(),
		continuedIn: new Map(),
		sessionRules: [],
		grantedTurns: new WeakSet(),
		seen: new Map(),
		approvedTestCommands: new Set(),
		trustsKnownRunners: false,
		acceptsByHand: false,
		told: new WeakSet(),
		testCommand: settings.testCommand,
		specFiles: undefined,
		model: options.model === undefined ? undefined : withoutSecrets(options.model, ownSecretsIn(options.env)),
		chosenModel: undefined,
		prepared: undefined,
		work: undefined,
		wasStopped: false,
		guarding: 0,
		trustSettled: Promise.resolve(),
		isClosing: false,
		workDone: Promise.resolve(),
		proofs: createProofs(error => store.append(proofFailed(error))),
		checkpoint: undefined,
		ask: createAsk(store, options),
		author: async () => (await git?.userName()) ?? userInfo().username,
	};
}

/** Opens everything a session needs, and the workspace in it; `close` ends what runs and leaves the journals whole. */
export async function openServices(options: SessionOptions): Promise<OpenedServices> {
	const services = await createServices(options);
	await openWorkspace(services);
	const watching = await watchSpecs(services);
	let closing: Promise<void> | undefined;
	const close = async () => {
		services.isClosing = true;
		services.work?.abort.abort();
		await services.workDone;
		await services.proofs.close();
		await watching.close();
		await rememberThisVisit(services);
		await services.conversations.close();
	};

	return {
		services,
		close() {
			closing ??= close();
			return closing;
		},
	};
}
