import {type StageId, stageIds} from '../../protocol/event.ts';
import {type DocumentStage, documentStages} from '../../protocol/ledger-entry.ts';
import {approvalText} from '../../protocol/select.ts';
import {UserError} from '../../protocol/user-error.ts';
import {nearest} from '../../spec/nearest.ts';
import {approve} from '../handle/approve.ts';
import {enterStage} from '../handle/enter-stage.ts';
import {goHome} from '../handle/go-home.ts';
import {openSpec} from '../handle/open-spec.ts';
import {repin} from '../handle/repin.ts';
import {requireIdle, requireSpec} from '../handle/require.ts';
import type {Command} from './command.ts';

/** A stage by name; an unknown one is answered with the nearest. */
function requireStage(name: string): StageId {
	const stage = stageIds.find(id => id === name);
	if (stage === undefined) {
		throw new UserError(`There is no stage called ${name}`, {
			nextStep: `One of ${nearest(name, stageIds, 5).join(', ') || stageIds.join(', ')}`,
			exitCode: 2,
		});
	}

	return stage;
}

export const stageCommands: readonly Command[] = [
	{
		name: 'stage',
		usage: 'requirements|design|tasks|implement|vibe',
		summary: 'go to a stage',
		run: async (services, argument) => enterStage(services, requireStage(argument)),
	},
	{name: 'vibe', usage: '', summary: 'free conversation with the whole spec pinned', run: async services => enterStage(services, 'vibe')},
	{
		name: 'approve',
		usage: '[requirements|design|tasks]',
		summary: 'approve the document on screen as it is now',
		async run(services, argument) {
			const spec = requireSpec(services);
			const stage = (argument === '' ? spec.stage : argument) as DocumentStage;
			const artifact = documentStages.includes(stage) ? spec.artifacts[stage] : undefined;
			if (artifact === undefined) {
				throw new UserError(`There is no ${argument === '' ? `document of the stage ${stage}` : `${argument}.md`} to approve`, {
					nextStep: `Name one: /approve ${documentStages.join('|')}`,
					exitCode: 2,
				});
			}

			await approve(services, stage, approvalText(spec, stage));
		},
	},
	{
		name: 'spec',
		usage: '<name>',
		summary: 'open a spec',
		async run(services, argument) {
			requireIdle(services);
			await openSpec(services, argument);
		},
	},
	{name: 'home', usage: '', summary: 'the list of specs', run: goHome},
	{name: 'repin', usage: '', summary: 'start a fresh conversation over the spec as it is on disk', run: repin},
];
