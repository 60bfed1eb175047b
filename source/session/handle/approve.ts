import {type DocumentStage, documentStages} from '../../protocol/ledger-entry.ts';
import {approvalOf, approvalText, coveredByApproval} from '../../protocol/select.ts';
import type {SpecState} from '../../protocol/state.ts';
import {documentName} from '../../protocol/tool.ts';
import {UserError} from '../../protocol/user-error.ts';
import {requirementTexts} from '../../spec/sections.ts';
import {digestOf} from '../../workspace/digest.ts';
import {storeApprovedText} from '../approved-texts.ts';
import {record} from '../record.ts';
import type {Services} from '../services.ts';
import {stageOf} from '../stages/index.ts';
import {syncArtifacts} from '../sync-artifacts.ts';
import {enterStage} from './enter-stage.ts';
import {requireSpec, requireTrust} from './require.ts';

const minDigits = 8;

/** The hash that names what an approval of this stage would cover: of the document itself, or of all the documents it covers together. */
export function approvalRev(spec: SpecState, stage: DocumentStage): string {
	const text = approvalText(spec, stage);
	return coveredByApproval(spec, stage).length === 1 ? text : digestOf(text);
}

function refuseOtherText(spec: SpecState, stage: DocumentStage, digest: string) {
	const artifact = spec.artifacts[stage];
	if (artifact === undefined) {
		throw new UserError(`There is no ${stage}.md to approve`, {nextStep: `Write it first: kiro-tui --stage ${stage}`, exitCode: 2});
	}

	const shown = approvalText(spec, stage);
	const rev = approvalRev(spec, stage);
	const isShown = digest === shown || (digest.length >= minDigits && rev.startsWith(digest.toLowerCase()));
	const names = coveredByApproval(spec, stage)
		.map(document => documentName(document, spec.isBugfix))
		.join(', ');
	if (!isShown) {
		throw new UserError(`${names} is not the text you were shown: its hash is ${rev.slice(0, 12)} now`, {
			nextStep: 'Read it again, then approve it',
			exitCode: 3,
		});
	}
}

function refuseOpenGround(spec: SpecState, covered: readonly DocumentStage[]) {
	const first = covered[0] ?? 'requirements';
	const open = documentStages
		.slice(0, documentStages.indexOf(first))
		.find(stage => spec.artifacts[stage] !== undefined && approvalOf(spec, stage) !== 'approved');
	if (open !== undefined) {
		const why = approvalOf(spec, open) === 'stale' ? 'was changed after its approval' : 'is not approved yet';
		throw new UserError(`${documentName(open, spec.isBugfix)} ${why}, and ${first} rests on it`, {
			nextStep: `Approve ${open} first`,
			exitCode: 3,
		});
	}
}

/** Approves exactly the text with this digest: a line in the ledger for each document covered. Any other text is refused. */
export async function approveText(services: Services, stage: DocumentStage, digest: string): Promise<readonly DocumentStage[]> {
	requireTrust(services);
	await syncArtifacts(services);
	const spec = requireSpec(services);
	refuseOtherText(spec, stage, digest);
	const covered = coveredByApproval(spec, stage);
	refuseOpenGround(spec, covered);
	for (const document of covered) {
		const artifact = spec.artifacts[document];
		if (artifact !== undefined) {
			const texts = document === 'requirements' ? requirementTexts(artifact.text) : {};
			const parts = Object.fromEntries(Object.entries(texts).map(([number, text]) => [number, digestOf(text)]));
			await storeApprovedText(services, artifact.approvalDigest, artifact.text);
			services.append({type: 'approval.text-loaded', stage: document, text: artifact.text});
			await record(services, {type: 'approval', stage: document, sha256: artifact.approvalDigest, parts});
		}
	}

	return covered;
}

/** Approves the text on screen and goes on to the next stage. */
export async function approve(services: Services, stage: DocumentStage, digest: string): Promise<void> {
	await approveText(services, stage, digest);
	const next = stageOf(stage).next;
	if (next !== undefined && services.store.state().spec?.stage === stage) {
		await enterStage(services, next);
	}
}
