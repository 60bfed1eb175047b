import {parseDesign} from './design.ts';
import type {Problem} from './problem.ts';
import {type Criterion, type ParsedRequirements, parseRequirements} from './requirements.ts';
import {parseTasks, type Task} from './tasks.ts';
import {expandReferences, unknownReferences} from './trace.ts';

/** The documents of one spec by their stage; a bugfix spec gives bugfix.md as `requirements`. */
export type SpecTexts = {readonly requirements?: string; readonly design?: string; readonly tasks?: string};

export type SpecProblem = Problem & {readonly file: keyof SpecTexts};

function warning(line: number, code: string, message: string): Problem {
	return {line, code, message, severity: 'warning'};
}

function criteriaProblems({requirements, assumptions}: ParsedRequirements): readonly Problem[] {
	const criteria = requirements.flatMap(requirement => requirement.criteria);
	const found: Problem[] = criteria
		.filter(criterion => criterion.kind === 'other')
		.map(({line, id}) =>
			warning(line, 'not-ears', `Criterion ${id} is not an EARS sentence: WHEN, IF, WHILE or WHERE …, THE <system> SHALL …`),
		);
	const first = requirements[0];
	// A bugfix, which says what must stay, is about unwanted behaviour as a whole.
	const namesUnwanted = criteria.some(({kind, text}) => kind === 'unwanted' || /\bSHALL CONTINUE TO\b/i.test(text));
	if (first !== undefined && criteria.length > 0 && !namesUnwanted) {
		found.push(warning(first.line, 'no-unwanted-behaviour', 'No criterion says what happens when something goes wrong (IF …, THEN …)'));
	}

	for (const {id, line} of assumptions.filter(assumption => !assumption.isConfirmed)) {
		found.push(warning(line, 'unconfirmed-assumption', `Assumption ${id} is not confirmed`));
	}

	return found;
}

function unknownProblems(tasks: readonly Task[], {requirements}: ParsedRequirements): readonly Problem[] {
	return tasks.flatMap(task => {
		const unknown = unknownReferences(task, requirements);
		const name = task.number ?? task.title;
		return unknown.length === 0
			? []
			: [warning(task.line, 'unknown-reference', `Task ${name} names requirements that do not exist: ${unknown.join(', ')}`)];
	});
}

function referenceProblems(tasks: readonly Task[]): readonly Problem[] {
	const [first] = tasks;
	return first === undefined || tasks.some(task => task.references.length > 0)
		? []
		: [warning(first.line, 'no-references', 'No task names the criteria that it fulfils (_Requirements: 1.1_), so none can be proven')];
}

function uncoveredProblems(tasks: readonly Task[], {requirements}: ParsedRequirements): readonly Problem[] {
	const covered = new Set(
		expandReferences(
			tasks.flatMap(task => task.references),
			requirements,
		),
	);
	if (covered.size === 0) {
		return [];
	}

	return requirements.flatMap(requirement => {
		const open = requirement.criteria.filter((criterion: Criterion) => !covered.has(criterion.id));
		const ids = open.map(criterion => criterion.id).join(', ');
		return open.length === 0 ? [] : [warning(requirement.line, 'uncovered-criterion', `No task covers ${ids}`)];
	});
}

function unknownValidations(design: string, {requirements}: ParsedRequirements): readonly Problem[] {
	return parseDesign(design).properties.flatMap(property => {
		const unknown = unknownReferences({references: property.validates}, requirements);
		return unknown.length === 0
			? []
			: [
					warning(
						property.line,
						'unknown-reference',
						`Property ${property.number} names requirements that do not exist: ${unknown.join(', ')}`,
					),
				];
	});
}

/** What a person should look at in a spec, each with its document and line; few and useful, in document order. */
export function checkSpec(texts: SpecTexts): readonly SpecProblem[] {
	const inFile = (file: keyof SpecTexts, problems: readonly Problem[]): readonly SpecProblem[] =>
		problems.map(problem => ({...problem, file})).sort((one, other) => one.line - other.line);
	const requirements = parseRequirements(texts.requirements ?? '');
	const {tasks, problems} = parseTasks(texts.tasks ?? '');
	// Without criteria every reference would be unknown, which says nothing about the references.
	const canTrace = requirements.requirements.some(requirement => requirement.criteria.length > 0);
	return [
		...inFile('requirements', [
			...requirements.problems,
			...criteriaProblems(requirements),
			...(canTrace ? uncoveredProblems(tasks, requirements) : []),
		]),
		...inFile('design', canTrace ? unknownValidations(texts.design ?? '', requirements) : []),
		...inFile('tasks', [...problems, ...(canTrace ? [...referenceProblems(tasks), ...unknownProblems(tasks, requirements)] : [])]),
	];
}

const judged: readonly string[] = ['unconfirmed-assumption', 'no-unwanted-behaviour'];

/**
 * What a change of this one document can put right, in its order. Leaves out what only a person can say: which assumption holds, and whether the
 * unwanted was forgotten. A criterion that no task covers stands in the requirements and is put right in the tasks.
 */
export function problemsToCorrect(texts: SpecTexts, document: keyof SpecTexts): readonly SpecProblem[] {
	return checkSpec(texts).filter(
		({code, file}) => !judged.includes(code) && (code === 'uncovered-criterion' ? document === 'tasks' : file === document),
	);
}
