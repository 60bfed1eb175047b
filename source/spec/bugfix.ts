import {namedValueIn} from './reference-lines.ts';
import type {Requirement} from './requirements.ts';
import type {Task, TaskId} from './tasks.ts';
import {criteriaOf} from './trace.ts';

/**
 * What a task of a bugfix does: writes the test that shows the bug (and may write those of what must stay beside it), writes the tests of what
 * must stay alone, corrects the code, or runs the tests of the first two again.
 */
export type BugfixRole = 'reproduction' | 'preservation' | 'fix' | 'confirmation';

type Side = 'defect' | 'expected' | 'unchanged';

const titles: readonly (readonly [Side, RegExp])[] = [
	['unchanged', /unchanged|regression|preserv|不变|不變|変更されない|維持|unverändert|без изменений|inchangé/iu],
	['expected', /expected|correct\b|期望|预期|預期|期待|正しい|erwartet|ожидаем|attendu/iu],
	['defect', /current|defect|当前|當前|現在|缺陷|欠陥|aktuell|текущ|actuel/iu],
];
const byNumber: Readonly<Record<string, Side>> = {1: 'defect', 2: 'expected', 3: 'unchanged'};

function sideOf({title = '', number}: Requirement): Side | undefined {
	return titles.find(([, pattern]) => pattern.test(title))?.[0] ?? byNumber[number];
}

function idsOf(requirements: readonly Requirement[], side: Side): readonly string[] {
	return requirements.filter(requirement => sideOf(requirement) === side).flatMap(({criteria}) => criteria.map(({id}) => id));
}

/** Ids of the criteria that say what must stay as it is: their tests pass on the code that has the bug. */
export function unchangedCriteria(requirements: readonly Requirement[]): ReadonlySet<string> {
	return new Set(idsOf(requirements, 'unchanged'));
}

/**
 * The same behaviour from its other side: 1.2 says what happens and 2.2 what should, so a test of one is a test of the other. Empty where the
 * two lists are not of one length, since then nothing says which belong together.
 */
export function otherSides(requirements: readonly Requirement[]): ReadonlyMap<string, string> {
	const defect = idsOf(requirements, 'defect');
	const expected = idsOf(requirements, 'expected');
	const indexOf = (id: string) => id.slice(id.indexOf('.') + 1);
	const byIndex = new Map(defect.length === expected.length ? expected.map(id => [indexOf(id), id]) : []);
	return new Map(
		defect.flatMap(id => {
			const other = byIndex.get(indexOf(id));
			return other === undefined ? [] : [[id, other] as const, [other, id] as const];
		}),
	);
}

const fixLines = ['bug[_ ]condition', 'expected[_ ]behaviou?r', 'preservation'];
const reproducing = /reproduc|exploration|探索|再現|复现|復現/iu;
const preserving = /preserv|保持|不变|不變/iu;
const testing = /\btests?\b|テスト|测试|測試|тест/iu;
const correcting = /^(?:fix|implement|correct|repair|修正|修复|修復)/iu;
const confirming = /^(?:verify|confirm|re-?run|run|check)\b|again$|验证|驗證|確認/iu;

type Known = {readonly task: Task; readonly sides: ReadonlySet<Side>; readonly hasLines: boolean; readonly isTest: boolean};

function known(task: Task, requirements: readonly Requirement[]): Known {
	const ids = new Set(criteriaOf(task, requirements));
	const sides = (['defect', 'expected', 'unchanged'] as const).filter(side => idsOf(requirements, side).some(id => ids.has(id)));
	return {
		task,
		sides: new Set(sides),
		hasLines: task.detail.split('\n').some(line => namedValueIn(line.trim(), fixLines) !== undefined),
		isTest: reproducing.test(task.title) || (testing.test(task.title) && !correcting.test(task.title)),
	};
}

function isAboutBug({sides}: Known): boolean {
	return sides.has('defect') || sides.has('expected');
}

function roleBefore(found: Known): BugfixRole | undefined {
	const {sides, task, isTest} = found;
	const isToKeep = preserving.test(task.title) && !reproducing.test(task.title);
	if (sides.has('unchanged') && (!isAboutBug(found) || isToKeep)) {
		return 'preservation';
	}

	return isAboutBug(found) && isTest ? 'reproduction' : undefined;
}

function roleFromFixOn(found: Known): BugfixRole | undefined {
	const {task, sides, hasLines, isTest} = found;
	if (hasLines) {
		return 'fix';
	}

	if (isTest && confirming.test(task.title)) {
		return 'confirmation';
	}

	return isAboutBug(found) && !isTest ? 'fix' : sides.size > 0 && isTest ? 'confirmation' : undefined;
}

/**
 * The role of each task of a bugfix that has one, by its reference lines and the criteria it names. What stands before the first task that
 * corrects the code works on code that still has the bug.
 */
export function bugfixRoles(tasks: readonly Task[], requirements: readonly Requirement[]): ReadonlyMap<TaskId, BugfixRole> {
	const leaves = tasks.filter(task => task.isLeaf).map(task => known(task, requirements));
	const marked = leaves.findIndex(({hasLines}) => hasLines);
	const first = marked === -1 ? leaves.findIndex(leaf => isAboutBug(leaf) && !leaf.isTest) : marked;
	return new Map(
		leaves.flatMap((leaf, index) => {
			const role = first === -1 || index < first ? roleBefore(leaf) : roleFromFixOn(leaf);
			return role === undefined ? [] : [[leaf.task.id, role] as const];
		}),
	);
}
