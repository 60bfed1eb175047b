import {newestTaskEntry} from '../protocol/select.ts';
import type {SpecState} from '../protocol/state.ts';
import {UserError} from '../protocol/user-error.ts';
import {type BugfixRole, bugfixRoles, otherSides, unchangedCriteria} from '../spec/bugfix.ts';
import {criterionIdsInTestName} from '../spec/criterion-names.ts';
import {parseRequirements} from '../spec/requirements.ts';
import {isDone} from '../spec/task-progress.ts';
import type {Task} from '../spec/tasks.ts';
import {criteriaOf} from '../spec/trace.ts';

/** The digests of tests' sources as they were seen on the unfixed code, by test id. */
export type SeenTests = ReadonlyMap<string, string>;

/** What a task of a bugfix has to show, and what the tasks before it have shown. */
export type BugfixTask = {
	readonly role: BugfixRole;
	/** Tests that were seen failing on the code that has the bug. */
	readonly reproduction: SeenTests;
	/** Tests that were seen passing on it. */
	readonly preservation: SeenTests;
};

function requirementsOf(spec: SpecState) {
	return parseRequirements(spec.artifacts.requirements?.text ?? '').requirements;
}

function rolesOf(spec: SpecState) {
	return spec.isBugfix ? bugfixRoles(spec.tasks.tasks, requirementsOf(spec)) : new Map<string, BugfixRole>();
}

function tasksWith(spec: SpecState, role: BugfixRole): readonly Task[] {
	const roles = rolesOf(spec);
	return spec.tasks.tasks.filter(task => roles.get(task.id) === role);
}

/** Ids of the criteria of a bugfix that say what must stay as it is. */
export function unchangedOf(spec: SpecState): ReadonlySet<string> {
	return unchangedCriteria(requirementsOf(spec));
}

/** The tests that the done tasks before the fix left in the ledger. A task that a person accepted or ticked has shown none. */
function seenBefore(spec: SpecState): Pick<BugfixTask, 'reproduction' | 'preservation'> {
	const seen = [...tasksWith(spec, 'reproduction'), ...tasksWith(spec, 'preservation')].flatMap(({id}) => {
		const entry = newestTaskEntry(spec, {id, textHash: spec.textHashes[id] ?? ''});
		if (entry?.type !== 'task' || entry.outcome !== 'done') {
			return [];
		}

		const red = new Set(entry.evidence?.flatMap(one => one.seenRed));
		return Object.entries(entry.sources ?? {}).map(([test, digest]) => ({test, digest, isRed: red.has(test)}));
	});
	const mapOf = (wantsRed: boolean) =>
		new Map(seen.filter(({isRed}) => isRed === wantsRed).map(({test, digest}) => [test, digest] as const));
	return {reproduction: mapOf(true), preservation: mapOf(false)};
}

/** The role of a task in the open bugfix; undefined in any other spec, and for a task that has none. */
export function bugfixTask(spec: SpecState, task: Task): BugfixTask | undefined {
	const role = rolesOf(spec).get(task.id);
	return role === undefined ? undefined : {role, ...seenBefore(spec)};
}

/**
 * The criteria that a task of a spec must show. A bug is often corrected in several tasks that name the same criterion: it is asked of the last
 * of them, since before that its test cannot pass.
 */
export function criteriaToShow(spec: SpecState, task: Task): readonly string[] {
	const requirements = requirementsOf(spec);
	const own = criteriaOf(task, requirements);
	const fixes = tasksWith(spec, 'fix').filter(({isOptional}) => !isOptional);
	const at = fixes.findIndex(({id}) => id === task.id);
	if (at === -1) {
		return own;
	}

	const later = new Set(
		fixes
			.slice(at + 1)
			.filter(other => !isDone(other))
			.flatMap(other => criteriaOf(other, requirements)),
	);
	return own.filter(id => !later.has(id));
}

/** Ids of the tests that fail as they should: they were seen showing the bug, and a task that corrects it is still open. */
export function expectedRed(spec: SpecState): ReadonlySet<string> {
	const isOpen = tasksWith(spec, 'fix').some(task => !isDone(task) && !task.isOptional);
	return new Set(isOpen ? seenBefore(spec).reproduction.keys() : []);
}

/** Tells the criteria that a test's full name carries; in a bugfix also those that say the same from the other side. */
export function criteriaInNames(spec: SpecState): (testName: string) => readonly string[] {
	const sides = spec.isBugfix ? otherSides(requirementsOf(spec)) : new Map<string, string>();
	return name => {
		const ids = criterionIdsInTestName(name, spec.name, spec.isOnly);
		return [...new Set(ids.flatMap(id => [id, sides.get(id) ?? id]))];
	};
}

/** Once the code is corrected nobody can see the bug any more: what reproduces it comes first. A person may tick that task instead. */
export function refuseEarlyFix(spec: SpecState, task: Task): void {
	const {tasks} = spec.tasks;
	const open = tasksWith(spec, 'reproduction').find(
		other => !isDone(other) && !other.isOptional && tasks.indexOf(other) < tasks.findIndex(({id}) => id === task.id),
	);
	if (open !== undefined && rolesOf(spec).get(task.id) === 'fix') {
		const number = open.number ?? open.id;
		throw new UserError(`Task ${task.number ?? task.id} is the fix, and no test was seen failing on the unfixed code`, {
			nextStep: `Start task ${number} first (/start ${number}), or tick it by hand if the bug cannot be shown`,
			exitCode: 3,
		});
	}
}
