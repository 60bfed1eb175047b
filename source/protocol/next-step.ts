import {nextTask} from '../spec/task-progress.ts';
import {type DocumentStage, documentStages} from './ledger-entry.ts';
import {approvalOf, coveredByApproval, currentConversation, evidenceOf} from './select.ts';
import type {SpecState, State} from './state.ts';
import {documentName} from './tool.ts';

type StepKey = {readonly key: string; readonly label: string};

export type NextStep = {
	readonly text: string;
	readonly keys: readonly StepKey[];
	/** The document that the step is about. */
	readonly gate?: DocumentStage;
};

/** The document that waits for a person: the first that is not approved as it stands, or the last where one approval covers all. */
export function gateOf(spec: SpecState): DocumentStage | undefined {
	const waiting = documentStages.find(stage => spec.artifacts[stage] !== undefined && approvalOf(spec, stage) !== 'approved');
	const last = documentStages.findLast(stage => spec.artifacts[stage] !== undefined);
	return waiting !== undefined && last !== undefined && coveredByApproval(spec, last).length > 1 ? last : waiting;
}

const pronouns: Readonly<Record<DocumentStage, string>> = {requirements: 'them', design: 'it', tasks: 'them'};

function taskStep(spec: SpecState): NextStep {
	const task = nextTask(spec.tasks.tasks);
	if (task === undefined) {
		const isFree = spec.stage === 'vibe';
		return {text: 'All required tasks are done: go on freely, or open another spec', keys: isFree ? [] : [{key: 'v', label: 'vibe'}]};
	}

	const number = task.number ?? task.id;
	const evidence = evidenceOf(spec, task.id);
	const isWaiting = task.marker === '-' && evidence.kind === 'run' && evidence.entry.outcome === 'waiting';
	const again = task.marker === '-' ? `Task ${number} is not done: start it again` : `Start task ${number}: ${task.title}`;
	return {
		text: isWaiting ? `Task ${number} waits for you: mark it by hand in Tasks` : again,
		keys: [
			{key: 's', label: `start ${number}`},
			{key: 'S', label: 'run all'},
		],
	};
}

function gateStep(spec: SpecState, gate: DocumentStage): NextStep {
	const approve: StepKey = {key: 'a', label: 'approve'};
	if (approvalOf(spec, gate) !== 'stale') {
		const covered = coveredByApproval(spec, gate);
		const names = [covered.slice(0, -1).join(', '), gate].filter(name => name !== '').join(' and ');
		const pronoun = covered.length > 1 ? 'them' : pronouns[gate];
		return {text: `Review ${names}, then approve ${pronoun} or say what to change`, keys: [approve], gate};
	}

	const text = `${documentName(gate, spec.isBugfix)} changed after its approval: see the diff, then approve it again`;
	const starts = spec.stage === 'implement' ? taskStep(spec).keys.slice(0, 1) : [];
	return {text, keys: [{key: 'd', label: 'diff'}, approve, ...starts], gate};
}

function stepIn(spec: SpecState): NextStep {
	const gate = gateOf(spec);
	const isBuilding = spec.stage === 'implement' || spec.stage === 'vibe';
	// A spec that another tool built was never approved here; nobody is asked for a ceremony after the fact.
	const isGateOpen =
		gate !== undefined && (!isBuilding || spec.ledger.some(entry => entry.type === 'approval') || spec.stage === 'implement');
	if (isGateOpen) {
		return gateStep(spec, gate);
	}

	if (!isBuilding && spec.artifacts[spec.stage as DocumentStage] === undefined) {
		return {text: `Say what to build: ${spec.stage} comes next`, keys: []};
	}

	return taskStep(spec);
}

/** The one line that always names what to do next. */
export function nextStep(state: State): NextStep {
	const ask = state.asks[0];
	if (ask !== undefined) {
		return {text: ask.title, keys: ask.options.map(option => ({key: option.key, label: option.label}))};
	}

	if (currentConversation(state)?.turn.isRunning === true || state.run.current !== undefined || state.tests.running !== undefined) {
		return {text: 'Working: you can read, scroll and type on', keys: [{key: 'Esc', label: 'interrupt'}]};
	}

	if (state.spec === undefined) {
		return {text: state.specs.length === 0 ? 'Type an idea or a question' : 'Type an idea or a question, or open a spec', keys: []};
	}

	const {files, spec} = state;
	if (spec.stage === 'vibe' && files.length > 0 && gateOf(spec) === undefined) {
		return {...stepIn(spec), text: `${files.length === 1 ? '1 file' : `${files.length} files`} changed freely: /keep or /drop, or go on`};
	}

	return stepIn(spec);
}
