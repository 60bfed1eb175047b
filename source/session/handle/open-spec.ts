import type {ConversationId} from '../../protocol/ids.ts';
import {UserError} from '../../protocol/user-error.ts';
import {nearest} from '../../spec/nearest.ts';
import {readEntryIds} from '../../workspace/entry-ids.ts';
import {listSpecs, type SpecFiles} from '../../workspace/spec-folder.ts';
import {readSpecLedger} from '../../workspace/spec-ledger.ts';
import {checkMentions} from '../check-mentions.ts';
import {showModelFor} from '../model-for.ts';
import {refreshEvidence} from '../refresh-evidence.ts';
import {restoreConversation} from '../restore.ts';
import {writesAll} from '../routes.ts';
import type {Services} from '../services.ts';
import {stageOfSpec} from '../spec-stage.ts';
import {syncArtifacts} from '../sync-artifacts.ts';

async function findSpec(services: Services, name: string): Promise<{readonly files: SpecFiles; readonly isOnly: boolean}> {
	const specs = await listSpecs(services.root);
	const files = specs.find(spec => spec.name === name) ?? specs.find(spec => spec.name.endsWith(`/${name}`));
	if (files !== undefined) {
		return {files, isOnly: specs.length === 1};
	}

	const near = nearest(
		name,
		specs.map(spec => spec.name),
	);
	throw new UserError(`There is no spec called ${name}`, {
		nextStep: near.length === 0 ? 'Begin one: kiro-tui new <name> "<idea>"' : `Nearest: ${near.join(', ')}`,
		exitCode: 2,
	});
}

/** The checkpoints of earlier sessions, so that their tasks can still be undone. A task is known again by its words. */
function restoreCheckpoints(services: Services) {
	const {checkpoints, spec} = services.store.state();
	for (const {id, label, task} of services.checkpoints.list()) {
		const same = spec?.tasks.tasks.filter(candidate => spec.textHashes[candidate.id] === task?.textHash) ?? [];
		const found = same.find(candidate => candidate.id === task?.id) ?? same[0];
		if (task !== undefined && found !== undefined && task.spec === spec?.name && !checkpoints.some(known => known.id === id)) {
			services.append({type: 'checkpoint.made', checkpoint: id, label, task: {id: found.id, textHash: task.textHash}});
		}
	}
}

/** The newest stored conversation of each stage of this spec, so that a stage goes on where it was left. */
async function restoreConversations(services: Services, name: string) {
	const stored = (await services.conversations.list()).filter(conversation => conversation.spec === name);
	const newest = new Map<string, ConversationId>();
	for (const {id, stage, task} of stored) {
		const place = `${stage} ${task ?? ''}`;
		// Set anew, so that the newest is restored last and found first.
		newest.delete(place);
		newest.set(place, id);
	}

	for (const id of newest.values()) {
		await restoreConversation(services, id);
	}
}

/** The conversation of a stage that a person talks in; tasks have their own. */
export function enterConversation(services: Services): void {
	const {spec, conversations} = services.store.state();
	const own = Object.values(conversations).filter(conversation => conversation.spec === spec?.name);
	// Until a first gate is passed, the conversation that may write all three documents goes on.
	const isOpenRoute = spec !== undefined && !spec.ledger.some(entry => entry.type === 'approval');
	const first = isOpenRoute ? own.findLast(writesAll) : undefined;
	const found =
		first ??
		own.findLast(conversation => conversation.stage === spec?.stage && (spec?.stage === 'implement' || conversation.task === undefined));
	if (found !== undefined) {
		services.append({type: 'conversation.entered', conversation: found.id});
	}
}

/** Opens a spec: its documents, ledger and stage from disk, its conversations from the journals. */
export async function openSpec(services: Services, name: string): Promise<void> {
	const {files, isOnly} = await findSpec(services, name);
	const {state} = services.options.directories;
	const {entries: lines, problems, isReadOnly} = await readSpecLedger({files, root: services.root, state});
	const untrusted = await readEntryIds(state, services.root, 'untrusted');
	const entries = lines.filter(({id}) => !untrusted.has(id));
	services.specFiles = files;
	services.append({type: 'spec.opened', name: files.name, path: files.path, isOnly, stage: 'requirements'});
	services.append({type: 'ledger.read', entries});
	await syncArtifacts(services);
	const texts = Object.fromEntries(
		Object.entries(services.store.state().spec?.artifacts ?? {}).map(([artifact, {text}]) => [artifact, text]),
	);
	services.append({type: 'stage.entered', stage: stageOfSpec(texts, entries)});
	showModelFor(services, stageOfSpec(texts, entries));
	restoreCheckpoints(services);
	await checkMentions(services);
	await restoreConversations(services, files.name);
	enterConversation(services);
	for (const problem of problems) {
		services.append({type: 'noticed', level: 'warning', text: `ledger.jsonl line ${problem.line}: ${problem.message}`});
	}

	if (isReadOnly) {
		services.append({
			type: 'noticed',
			level: 'warning',
			text: 'ledger.jsonl was written by a newer kiro-tui, so it is only read',
			nextStep: 'Update kiro-tui to approve or run tasks here',
		});
	}

	await refreshEvidence(services);
}
