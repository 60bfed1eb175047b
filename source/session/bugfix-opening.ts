import {fill} from '../model/prompts.ts';
import type {BugfixRole} from '../spec/bugfix.ts';
import {parseRequirements} from '../spec/requirements.ts';
import {criteriaOf} from '../spec/trace.ts';
import {type BugfixTask, criteriaInNames, type SeenTests, unchangedOf} from './bugfix-task.ts';
import {requireSpec} from './handle/require.ts';
import type {Services} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {taskOpening} from './task-opening.ts';

/**
 * Whether the agent writes tests before the code, which the program then wants to see failing. In a bugfix earlier tasks have done that; only a
 * fix of which nothing was seen is built like any task.
 */
export function wantsTestsFirst({criteria, bugfix}: Pick<TaskAttempt, 'criteria' | 'bugfix'>): boolean {
	const isSeen = bugfix !== undefined && (bugfix.role !== 'fix' || bugfix.reproduction.size > 0);
	return criteria.length > 0 && !isSeen;
}

function listOf(seen: SeenTests): string {
	return seen.size === 0 ? 'none' : [...seen.keys()].map(id => `- ${id}`).join('\n');
}

/** The criteria of a fix that no test names yet. */
function withoutTest(services: Services, {criteria, baselines}: TaskAttempt, {reproduction, preservation}: BugfixTask): readonly string[] {
	const inNames = criteriaInNames(requireSpec(services));
	// Ids that stand in a docstring or a comment are in the name that a report gives a test, and not in its id.
	const names = new Map([...baselines.values()].flatMap(report => report?.tests.map(test => [test.id, test.name] as const) ?? []));
	const named = new Set([...reproduction.keys(), ...preservation.keys()].flatMap(id => inNames(names.get(id) ?? id)));
	return criteria.filter(id => !named.has(id));
}

function noticeOf(role: BugfixRole, kept: readonly string[]): string {
	if (role === 'reproduction' && kept.length > 0) {
		return 'bugfix-tests';
	}

	return `bugfix-${role === 'confirmation' ? 'fix' : role}`;
}

/** The first message of a task with a role in a bugfix: that of any task, and which steps it has. */
export function bugfixOpening(services: Services, attempt: TaskAttempt, bugfix: BugfixTask): string {
	const {task} = attempt;
	const spec = requireSpec(services);
	// A part of a fix is asked for less than it works on.
	const criteria = criteriaOf(task, parseRequirements(spec.artifacts.requirements?.text ?? '').requirements);
	const isTestsFirst = wantsTestsFirst(attempt);
	const opening = taskOpening(services, attempt, {criteria, isTestsFirst});
	if (isTestsFirst) {
		return opening;
	}

	const untested = bugfix.role === 'fix' ? withoutTest(services, attempt, bugfix) : [];
	const unchanged = unchangedOf(spec);
	const kept = attempt.criteria.filter(id => unchanged.has(id));
	const notice = services.prompts.notices[noticeOf(bugfix.role, kept)] ?? '';
	const values = {
		kept: kept.join(', '),
		reproduction: listOf(bugfix.reproduction),
		preservation: listOf(bugfix.preservation),
		untested: untested.length === 0 ? 'none' : untested.join(', '),
	};
	return `${opening}\n\n${fill(notice, values)}`;
}
