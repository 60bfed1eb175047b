import {setTimeout as sleep} from 'node:timers/promises';
import type {Event} from '../protocol/event.ts';
import {documentStages} from '../protocol/ledger-entry.ts';
import {approvalOf, newestApproval} from '../protocol/select.ts';
import type {Artifact} from '../protocol/tool.ts';
import {artifacts} from '../protocol/tool.ts';
import {changedLines} from '../spec/changed-lines.ts';
import {parseRequirements} from '../spec/requirements.ts';
import {parseTasks} from '../spec/tasks.ts';
import {withoutMarkers} from '../spec/without-markers.ts';
import {digestOf} from '../workspace/digest.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {filesOfSpec, type SpecFiles} from '../workspace/spec-folder.ts';
import {loadApprovedText} from './approved-texts.ts';
import type {Services} from './services.ts';

const maxDocumentBytes = 5_000_000;

/** The hash that an approval holds: of the exact text, for tasks without the markers, so that progress is not a change. */
export function approvalDigestOf(artifact: Artifact, text: string): string {
	return digestOf(artifact === 'tasks' ? withoutMarkers(text) : text);
}

/** SHA-256 of each task's canonical text, by task id. */
export function textHashesOf(text: string): Readonly<Record<string, string>> {
	return Object.fromEntries(parseTasks(text).tasks.map(task => [task.id, digestOf(task.text)]));
}

/** SHA-256 of each criterion's text, by its id. */
export function criterionHashesOf(text: string): Readonly<Record<string, string>> {
	const criteria = parseRequirements(text).requirements.flatMap(requirement => requirement.criteria);
	return Object.fromEntries(criteria.map(criterion => [criterion.id, digestOf(criterion.text)]));
}

/** The file of a document; a bugfix spec has bugfix.md in the place of requirements.md. */
export function artifactPath(files: SpecFiles, artifact: Artifact): string | undefined {
	return artifact === 'requirements' ? (files.requirements ?? files.bugfix) : files[artifact];
}

type ReadText = Extract<Awaited<ReturnType<typeof readTextFile>>, {kind: 'text'}>;

function changedTo(services: Services, artifact: Artifact, read: ReadText, isBugfix: boolean): Event | undefined {
	const current = services.store.state().spec?.artifacts[artifact];
	if (current?.digest === read.digest) {
		return undefined;
	}

	const isFirst = current === undefined || current.digest === '';
	const isOurs = services.ownWrites.has(read.digest);
	return {
		type: 'artifact.changed',
		artifact,
		text: read.text,
		digest: read.digest,
		approvalDigest: approvalDigestOf(artifact, read.text),
		...(artifact === 'tasks' && {textHashes: textHashesOf(read.text)}),
		...(artifact === 'requirements' && {criterionHashes: criterionHashesOf(read.text)}),
		by: isOurs ? 'agent' : isFirst || services.guarding > 0 ? 'disk' : 'person',
		changedLines: isFirst ? [] : changedLines(current.text, read.text),
		isBugfix,
	};
}

/** Longer than the pause between the two parts of a save that an editor makes in two (reliability.md, watching). */
const settleMs = 180;
const maxLooks = 5;

/** A document as it is; one that somebody seems to be writing is looked at again until it stays the same. */
async function readSettled(services: Services, path: string, artifact: Artifact, isSettled: boolean) {
	let read = await readTextFile(path, {maxBytes: maxDocumentBytes});
	for (let looks = 0; looks < maxLooks && !isSettled; looks++) {
		const known = services.store.state().spec?.artifacts[artifact]?.digest ?? '';
		if (read.kind !== 'text' || known === '' || read.digest === known || services.ownWrites.has(read.digest)) {
			return read;
		}

		await sleep(settleMs);
		const again = await readTextFile(path, {maxBytes: maxDocumentBytes});
		if (again.kind === 'text' && again.digest === read.digest) {
			return again;
		}

		read = again;
	}

	return read;
}

type Look = {readonly files: SpecFiles; readonly artifact: Artifact; readonly isSettled: boolean};

async function readArtifact(services: Services, {files, artifact, isSettled}: Look): Promise<Event | undefined> {
	const path = artifactPath(files, artifact);
	const read = path === undefined ? undefined : await readSettled(services, path, artifact, isSettled);
	switch (read?.kind) {
		case undefined:
		case 'missing': {
			const digest = services.store.state().spec?.artifacts[artifact]?.digest ?? '';
			return digest === '' ? undefined : {type: 'artifact.changed', artifact, by: 'person', changedLines: []};
		}

		case 'not-text':
		case 'too-large': {
			const why = read.kind === 'too-large' ? `it is ${read.size} bytes long` : read.why;
			services.append({type: 'noticed', level: 'warning', text: `${artifact}.md is not shown: ${why}`});
			return undefined;
		}

		case 'text': {
			return changedTo(services, artifact, read, files.requirements === undefined && files.bugfix !== undefined);
		}

		default: {
			return read satisfies never;
		}
	}
}

/** Documents come and go while a spec is open. A folder that is gone leaves the last known files, all missing. */
async function findFiles(services: Services): Promise<SpecFiles | undefined> {
	const open = services.specFiles;
	const found = open === undefined ? undefined : await filesOfSpec(services.root, open.name);
	if (open !== undefined && found !== undefined && services.specFiles?.name === open.name) {
		services.specFiles = found;
	}

	return found ?? open;
}

/**
 * Reads the open spec's documents and appends what changed. Whose edit it is, is told by content: bytes this program wrote are its own,
 * everything else is a person's, but for what changed while a command ran. `isSettled`: somebody has waited already until the files stay the same. Resolves with the documents a
 * person changed.
 */
export async function syncArtifacts(services: Services, {isSettled = false} = {}): Promise<readonly Artifact[]> {
	const byPerson: Artifact[] = [];
	const specFiles = await findFiles(services);
	if (specFiles === undefined) {
		return byPerson;
	}

	for (const artifact of artifacts) {
		const event = await readArtifact(services, {files: specFiles, artifact, isSettled});
		if (event !== undefined && services.specFiles?.name === specFiles.name) {
			services.append(event);
			if (event.type === 'artifact.changed' && event.by === 'person') {
				byPerson.push(artifact);
			}
		}
	}

	await loadStaleTexts(services);
	return byPerson;
}

/** For the diff against the approved text: what a person approved of a document that was changed since. */
async function loadStaleTexts(services: Services) {
	const {spec} = services.store.state();
	for (const stage of spec === undefined ? [] : documentStages) {
		const approval = spec === undefined ? undefined : newestApproval(spec, stage);
		if (spec === undefined || approval === undefined || spec.approvedTexts[stage] !== undefined || approvalOf(spec, stage) !== 'stale') {
			continue;
		}

		const text = await loadApprovedText(services, approval.sha256);
		if (text !== undefined) {
			services.append({type: 'approval.text-loaded', stage, text});
		}
	}
}
