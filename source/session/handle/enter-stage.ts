import type {StageId} from '../../protocol/event.ts';
import type {DocumentStage} from '../../protocol/ledger-entry.ts';
import {coveredByApproval, unapprovedBefore} from '../../protocol/select.ts';
import {documentName} from '../../protocol/tool.ts';
import {UserError} from '../../protocol/user-error.ts';
import {showModelFor} from '../model-for.ts';
import type {Services} from '../services.ts';
import {stageOf} from '../stages/index.ts';
import {takeStageTurn} from '../take-stage-turn.ts';
import {enterConversation} from './open-spec.ts';
import {requireSpec} from './require.ts';

const order: readonly StageId[] = ['requirements', 'design', 'tasks', 'implement', 'vibe'];

function refuseGate(services: Services, stage: StageId) {
	const spec = requireSpec(services);
	const open = unapprovedBefore(spec, stage).find(document => spec.artifacts[document] !== undefined || stage !== 'vibe');
	const isForward = order.indexOf(stage) > order.indexOf(spec.stage);
	// A spec from another tool has no approvals; reading and talking about its later documents must not wait for a ceremony.
	const isDocument = spec.artifacts[stage as DocumentStage] !== undefined;
	const isForeign = !spec.ledger.some(entry => entry.type === 'approval') && isDocument;
	if (!isForward || open === undefined || isForeign || stage === 'vibe') {
		return;
	}

	const last = unapprovedBefore(spec, stage).findLast(document => spec.artifacts[document] !== undefined) ?? open;
	const gate = coveredByApproval(spec, last).length > 1 ? last : open;
	const why =
		spec.artifacts[open] === undefined
			? `there is no ${documentName(open, spec.isBugfix)} yet`
			: `${documentName(gate, spec.isBugfix)} is not approved as it stands`;
	throw new UserError(`${stageOf(stage).title} cannot begin: ${why}`, {nextStep: `Approve ${gate} first (a, or /approve)`, exitCode: 3});
}

/** Goes to a stage without a word to the model. Forward needs the approvals before it; back is always allowed and loses nothing. */
export function goToStage(services: Services, stage: StageId): void {
	refuseGate(services, stage);
	services.append({type: 'stage.entered', stage});
	showModelFor(services, stage);
	enterConversation(services);
}

/** Goes to a stage; an empty document is begun at once. */
export async function enterStage(services: Services, stage: StageId): Promise<void> {
	goToStage(services, stage);
	const {artifact, opening} = stageOf(stage);
	const spec = requireSpec(services);
	const isEmpty = artifact !== undefined && spec.artifacts[artifact] === undefined;
	if (isEmpty && opening !== undefined && services.model !== undefined && services.work === undefined) {
		await takeStageTurn(services, {text: opening, note: opening});
	}
}
