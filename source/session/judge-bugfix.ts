import {gradeFix, gradePreservation, gradeReproduction, isSeenRed, type OnUnfixedCode, type Witness} from '../protocol/grade-bugfix.ts';
import type {TestCase, TestReport} from '../protocol/test-report.ts';
import {criteriaInNames, type SeenTests, unchangedOf} from './bugfix-task.ts';
import {changedCode} from './changed-code.ts';
import {endingOnNothing, isThrownByCode} from './crashing-tests.ts';
import {requireSpec} from './handle/require.ts';
import type {Verdict} from './judge-task.ts';
import {projectFiles} from './project-files.ts';
import type {Services, Work} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {sourceDigests} from './test-source.ts';

type Told = Verdict & {readonly report: TestReport};

async function onUnfixedCode(services: Services, attempt: TaskAttempt, {report, comparison}: Told): Promise<OnUnfixedCode> {
	return {
		criteria: attempt.criteria,
		// Only tests changed, so that a partial run leaves nothing open; where code changed the grade says that.
		report: {...report, scope: 'all'},
		comparison,
		criteriaOf: criteriaInNames(requireSpec(services)),
		changedCode: await changedCode(services, attempt),
	};
}

/** What the agent may correct by itself: everything but a run that told nothing. */
function canCorrect({report, grade}: Told): boolean {
	return !grade.ticks && report.detail === 'named' && (report.problem === undefined || report.problem === 'no-tests');
}

function naming(services: Services, criteria: readonly string[], report: TestReport): readonly TestCase[] {
	const idsIn = criteriaInNames(requireSpec(services));
	return report.tests.filter(test => idsIn(test.name).some(id => criteria.includes(id)));
}

function passing(tests: readonly TestCase[]): readonly TestCase[] {
	return tests.filter(test => test.status === 'passed');
}

async function judgeReproduction(services: Services, attempt: TaskAttempt, told: Told, {abort: {signal}}: Work): Promise<Verdict> {
	const {report, evidence} = told;
	const flaky = new Set(told.comparison.flaky?.map(test => test.id));
	const unchanged = unchangedOf(requireSpec(services));
	const [kept, bug] = [attempt.criteria.filter(id => unchanged.has(id)), attempt.criteria.filter(id => !unchanged.has(id))];
	// The code is the one that has the bug, so no stub throws, and the same test has to pass after the fix.
	const named = naming(services, bug, report);
	const onNothing = await endingOnNothing(projectFiles(services, signal), named);
	const isRed = (test: TestCase) => isSeenRed(test) || isThrownByCode(test) || onNothing.includes(test);
	const red = named.filter(test => isRed(test) && !flaky.has(test.id));
	const newFailures = told.comparison.newFailures.filter(test => !red.includes(test));
	const comparison = {...told.comparison, newFailures, expected: red};
	const grade = gradeReproduction(await onUnfixedCode(services, attempt, {...told, comparison}), {red, unchanged});
	const sources = await sourceDigests(projectFiles(services, signal), [...red, ...passing(naming(services, kept, report))]);
	services.append({type: 'tests.seen-red', task: attempt.task.id, tests: red.map(test => test.id)});
	const idsIn = criteriaInNames(requireSpec(services));
	const seen = evidence.map(one =>
		unchanged.has(one.criterion)
			? one
			: {...one, tests: [], seenRed: red.filter(test => idsIn(test.name).includes(one.criterion)).map(test => test.id)},
	);
	const verdict = {...told, grade, comparison, evidence: seen};
	return {...verdict, isCorrectable: canCorrect(verdict), ...(grade.ticks && {sources: Object.fromEntries(sources)})};
}

async function judgePreservation(services: Services, attempt: TaskAttempt, told: Told, {abort: {signal}}: Work): Promise<Verdict> {
	const grade = gradePreservation(await onUnfixedCode(services, attempt, told));
	const green = passing(naming(services, attempt.criteria, told.report));
	const sources = await sourceDigests(projectFiles(services, signal), green);
	const verdict = {...told, grade};
	return {...verdict, isCorrectable: canCorrect(verdict), ...(grade.ticks && {sources: Object.fromEntries(sources)})};
}

async function witnesses(services: Services, attempt: TaskAttempt, report: TestReport, signal: AbortSignal): Promise<readonly Witness[]> {
	const {reproduction = new Map(), preservation = new Map()} = attempt.bugfix ?? {};
	const now = await sourceDigests(
		projectFiles(services, signal),
		report.tests.filter(test => reproduction.has(test.id) || preservation.has(test.id)),
	);
	const compared = (seen: SeenTests, role: Witness['role']) =>
		[...seen].flatMap(([id, digest]): readonly Witness[] => {
			const current = now.get(id);
			// A partial run does not hold every test; the whole one, which the tick waits for, does.
			const isUnknown = current === undefined && report.scope === 'related';
			return isUnknown ? [] : [{id, role, now: current === undefined ? 'gone' : current === digest ? 'same' : 'changed'}];
		});
	return [...compared(reproduction, 'reproduction'), ...compared(preservation, 'preservation')];
}

/** What the tests say of a task of a bugfix, beyond what they say of any task. */
export async function judgeBugfix(services: Services, attempt: TaskAttempt, told: Told, work: Work): Promise<Verdict> {
	const role = attempt.bugfix?.role;
	switch (role) {
		case undefined: {
			return told;
		}

		case 'reproduction': {
			return judgeReproduction(services, attempt, told, work);
		}

		case 'preservation': {
			return judgePreservation(services, attempt, told, work);
		}

		case 'fix':
		case 'confirmation': {
			return {...told, grade: gradeFix(told.grade, await witnesses(services, attempt, told.report, work.abort.signal))};
		}

		default: {
			return role satisfies never;
		}
	}
}
