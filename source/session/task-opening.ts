import {fill} from '../model/prompts.ts';
import {documentName} from '../protocol/tool.ts';
import {namesIn, partsAbout, requirementsOf} from '../spec/outline.ts';
import {parseRequirements} from '../spec/requirements.ts';
import type {Task} from '../spec/tasks.ts';
import {handOver} from './hand-over.ts';
import {requireSpec} from './handle/require.ts';
import {isOutlined, toldTextsOf} from './pinned.ts';
import type {Services} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';

function criteriaTexts(services: Services, criteria: readonly string[]): string {
	const spec = requireSpec(services);
	const {requirements} = parseRequirements(spec.artifacts.requirements?.text ?? '');
	const known = new Map(
		requirements.flatMap(requirement => requirement.criteria.map(criterion => [criterion.id, criterion.text] as const)),
	);
	const tag = (id: string) => (spec.isOnly ? `[${id}]` : `[${spec.name} ${id}]`);
	return criteria.map(id => `${tag(id)} ${known.get(id) ?? `(not in ${documentName('requirements', spec.isBugfix)})`}`).join('\n');
}

/** A design that says much of one task: past this the rest is a read away. */
const maxDesignCharacters = 16_000;

/** What the documents say of a task, whole, where its conversation has only their outline; else nothing. */
function ownParts(services: Services, task: Task, criteria: readonly string[]): string {
	const spec = requireSpec(services);
	const {requirements = '', design = ''} = toldTextsOf(spec);
	if (!isOutlined(toldTextsOf(spec))) {
		return '';
	}

	const subject = {criteria, names: namesIn(task.text)};
	const parts = [...requirementsOf(requirements, criteria), ...partsAbout(design, subject, maxDesignCharacters)];
	return parts.length === 0 ? '' : `\n\n${fill(services.prompts.notices['task-parts'] ?? '', {parts: parts.join('\n\n')})}`;
}

function commandsText(services: Services, commands: readonly string[]): string {
	const {testCommand} = services.store.state().workspace;
	const noted = commands.map(command => {
		const note = command === testCommand?.command ? testCommand.note : undefined;
		return note === undefined ? command : `${command} (${note})`;
	});
	const none = services.acceptsByHand
		? 'none: the person accepts this task by hand, so write no tests for it'
		: 'none yet: setting one up is part of this task';
	return noted.length === 0 ? none : noted.join(', then ');
}

/** No tests tell of a task where there are none and the person wants none. */
export function isByHand({acceptsByHand}: Services, commands: readonly string[]): boolean {
	return acceptsByHand && commands.length === 0;
}

type Opened = {
	readonly criteria: readonly string[];
	/** False where the tests are there already, or are all of the task. */
	readonly isTestsFirst?: boolean;
};

/** The first message of a task: its text, its criteria with the tags to copy, the test command, and the hand-over from the ledger. */
export function taskOpening(
	services: Services,
	{task, baselines}: Pick<TaskAttempt, 'task' | 'baselines'>,
	{criteria, isTestsFirst = true}: Opened,
): string {
	const spec = requireSpec(services);
	const commands = [...baselines.keys()];
	const opening = fill(services.prompts.notices['task-start'] ?? '', {
		spec: spec.name,
		task: task.number ?? task.id,
		task_text: task.text,
		tests_first:
			!isTestsFirst || criteria.length === 0 || isByHand(services, commands) ? '' : ': the tests first, then `expect_red`, then the code',
		criteria: criteria.length === 0 ? 'none: this task carries no criterion of its own' : criteriaTexts(services, criteria),
		test_command: commandsText(services, commands),
		done: handOver(spec),
	});
	return `${opening}${ownParts(services, task, criteria)}`;
}
