import type {Answer, Ask} from '../protocol/ask.ts';
import type {DocumentStage} from '../protocol/ledger-entry.ts';
import {approvalOf, evidenceOf} from '../protocol/select.ts';
import type {SpecState, State} from '../protocol/state.ts';
import type {Artifact} from '../protocol/tool.ts';
import {handEdit} from './recording/requirements.ts';
import {newCriterion} from './recording/vibe.ts';

/** What the person does. */
export type TourAction =
	| {readonly kind: 'type'; readonly text: string}
	| {readonly kind: 'approve'; readonly stage: DocumentStage}
	/** A line is added by hand below another one, in any editor. */
	| {readonly kind: 'edit'; readonly artifact: Artifact; readonly after: string; readonly line: string}
	| {readonly kind: 'start'; readonly task: string}
	| {readonly kind: 'run-all'};

export type TourStep = {
	/** One line: what happens now and why. */
	readonly caption: string;
	/** How a person does it in the terminal. */
	readonly keys: string;
	readonly action: TourAction;
	/** Whether it has come true, by the state alone; asked when the work of the action has ended. */
	readonly isDone: (state: State) => boolean;
	/** Whether not coming true means that the evidence says no. */
	readonly isProof: boolean;
};

function text(state: State, artifact: Artifact): string {
	return state.spec?.artifacts[artifact]?.text ?? '';
}

function isApproved(state: State, stage: DocumentStage): boolean {
	return state.spec !== undefined && approvalOf(state.spec, stage) === 'approved';
}

function isTickedOnEvidence(spec: SpecState, number: string): boolean {
	const task = spec.tasks.tasks.find(candidate => candidate.number === number);
	const evidence = task === undefined ? undefined : evidenceOf(spec, task.id);
	return task?.marker === 'x' && evidence?.kind === 'run' && evidence.entry.outcome === 'done';
}

function areRequiredTasksTicked({spec}: State): boolean {
	const required = spec?.tasks.tasks.filter(task => task.isLeaf && !task.isOptional) ?? [];
	return spec !== undefined && required.length > 0 && required.every(task => isTickedOnEvidence(spec, task.number ?? ''));
}

function isGreen({tests: {last}}: State): boolean {
	const report = last?.report;
	return report?.problem === undefined && report?.exitCode === 0 && report.counts.passed > 0 && report.counts.failed === 0;
}

const story: readonly Omit<TourStep, 'isProof'>[] = [
	{
		caption: 'An idea. It is large enough for the full route: requirements, design, tasks, and a gate after each.',
		keys: 'Type it, Enter, then f.',
		action: {kind: 'type', text: 'notify me when a task completes, on every platform'},
		isDone: state => text(state, 'requirements').includes('### Requirement 1'),
	},
	{
		caption: 'A hand edit: a criterion is missing, so the person adds it in an editor.',
		keys: 'Type /next: the tour edits the file as an editor would.',
		action: {kind: 'edit', artifact: 'requirements', ...handEdit},
		isDone: ({spec}) => spec?.artifacts.requirements?.by === 'person' && spec.artifacts.requirements.text.includes(handEdit.line),
	},
	{
		caption: 'The next message carries the edit as a diff. The model has to follow it.',
		keys: 'Type it, Enter.',
		action: {kind: 'type', text: 'I added a criterion by hand. Does the rest still fit?'},
		isDone: state => text(state, 'requirements').includes(handEdit.line) && !text(state, 'requirements').includes('A2.'),
	},
	{
		caption: 'The first gate: exactly this text is approved. The design comes next, with the new criterion in it.',
		keys: 'Press a, then y.',
		action: {kind: 'approve', stage: 'requirements'},
		isDone: state => isApproved(state, 'requirements') && text(state, 'design').includes('(1.4)'),
	},
	{
		caption: 'The second gate. Then the tasks, each with its criteria and its proof.',
		keys: 'Press a, then y.',
		action: {kind: 'approve', stage: 'design'},
		isDone: state => isApproved(state, 'design') && text(state, 'tasks').includes('_Requirements: 1.1, 1.4'),
	},
	{
		caption: 'The third gate. From here on code may change.',
		keys: 'Press a, then y.',
		action: {kind: 'approve', stage: 'tasks'},
		isDone: state => isApproved(state, 'tasks') && state.spec?.stage === 'implement',
	},
];

const building: readonly Omit<TourStep, 'isProof'>[] = [
	{
		caption: 'The first task. The model will say that it is done; the tests decide.',
		keys: 'Press s.',
		action: {kind: 'start', task: '1.1'},
		isDone: ({spec}) => spec !== undefined && isTickedOnEvidence(spec, '1.1'),
	},
	{
		caption: 'The other required tasks, one after the other. Each is ticked on its own tests.',
		keys: 'Press S.',
		action: {kind: 'run-all'},
		isDone: areRequiredTasksTicked,
	},
	{
		caption: 'Free iteration, with the spec still in front of the model.',
		keys: 'Type it, Enter.',
		action: {kind: 'type', text: 'Let the title also say how many tasks are left.'},
		isDone: state => state.tests.last?.reason === 'vibe' && isGreen(state),
	},
	{
		caption: 'And back to the spec: new behaviour becomes a criterion, once the person says yes.',
		keys: 'Type it, Enter, then y.',
		action: {kind: 'type', text: 'Does this change the spec?'},
		isDone: state => isGreen(state) && areRequiredTasksTicked(state) && text(state, 'requirements').includes(newCriterion),
	},
];

/** The tour, step by step. */
export const steps: readonly TourStep[] = [
	...story.map(step => ({...step, isProof: false})),
	...building.map(step => ({...step, isProof: true})),
];

/** What the tour answers when the program asks the person: the full route, and yes to what the recorded model wants to run. */
export function answerInTour(ask: Ask): Answer {
	return {key: ask.kind === 'route' ? 'f' : (ask.options.find(option => option.key === 'y')?.key ?? ask.options[0]?.key ?? 'escape')};
}
