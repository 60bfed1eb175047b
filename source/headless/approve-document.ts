import type {Invocation} from '../arguments.ts';
import {exitCodes} from '../protocol/exit-codes.ts';
import {documentStages} from '../protocol/ledger-entry.ts';
import {coveredByApproval} from '../protocol/select.ts';
import {UserError} from '../protocol/user-error.ts';
import {approvalRev} from '../session/handle/approve.ts';
import type {Session} from '../session/session.ts';
import {nearest} from '../spec/nearest.ts';
import type {HeadlessIo} from './headless-io.ts';

const shownDigits = 12;

/** `approve <spec> <stage> --rev <hash>`: approves exactly the text with that hash; without a hash it prints the hash and resolves with 3. */
export async function approveDocument(
	session: Session,
	invocation: Extract<Invocation, {kind: 'approve'}>,
	io: HeadlessIo,
): Promise<number> {
	const opened = await session.send({type: 'open-spec', name: invocation.spec});
	if (!opened.ok) {
		throw opened.error;
	}

	const stage = documentStages.find(known => known === invocation.stage);
	const spec = session.store.state().spec;
	if (stage === undefined || spec === undefined) {
		throw new UserError(`${invocation.stage} is not a stage that is approved`, {
			nextStep: `One of ${nearest(invocation.stage, documentStages, 3).join(', ') || documentStages.join(', ')}`,
			exitCode: exitCodes.usage,
		});
	}

	const artifact = spec.artifacts[stage];
	if (artifact === undefined) {
		throw new UserError(`${spec.name} has no ${stage}.md yet`, {
			nextStep: `Write it first: kiro-tui -p "<what to write>" --spec ${spec.name} --stage ${stage}`,
			exitCode: exitCodes.usage,
		});
	}

	if (invocation.rev === undefined) {
		const also = coveredByApproval(spec, stage).filter(document => document !== stage);
		const rev = approvalRev(spec, stage).slice(0, shownDigits);
		if (io.format === 'text') {
			io.write(`${rev}\n`);
		}

		throw new UserError(
			`${stage}.md has the hash ${rev}${also.length === 0 ? '' : `, together with ${also.join(' and ')}, which it also approves`}`,
			{
				nextStep: `Read it, then: kiro-tui approve ${spec.name} ${stage} --rev ${rev}`,
				exitCode: exitCodes.personNeeded,
			},
		);
	}

	const approved = await session.send({type: 'approve-text', stage, digest: invocation.rev});
	if (!approved.ok) {
		throw approved.error;
	}

	return exitCodes.done;
}
