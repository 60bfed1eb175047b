import {expect, test} from 'vitest';
import {loadPrompts} from '../../source/model/prompts.ts';
import {bugfixRoles} from '../../source/spec/bugfix.ts';
import {parseDesign} from '../../source/spec/design.ts';
import {parseRequirements} from '../../source/spec/requirements.ts';
import {parseTasks} from '../../source/spec/tasks.ts';
import {toolsFor} from '../../source/tools/index.ts';
import {packageRoot} from '../support/run-cli.ts';

const prompts = await loadPrompts(packageRoot);
const stages = ['requirements', 'design', 'tasks', 'implement', 'vibe'] as const;
/** Prompts in place of those of a stage, whose tools they have. */
const variants = {patch: 'requirements', quick: 'requirements', bugfix: 'requirements', 'bugfix-tasks': 'tasks'} as const;

/** The Markdown that a stage prompt shows as the form of a document. */
function formOf(stage: string, title: string): string {
	const forms = [...(prompts.stages[stage] ?? '').matchAll(/^```markdown\n(.*?)^```$/gms)].map(match => match[1] ?? '');
	return forms.find(form => form.startsWith(`# ${title}`)) ?? '';
}

test('a prompt names only values that the program fills in', () => {
	const known: Readonly<Record<string, readonly string[]>> = {
		'task-start': ['criteria', 'done', 'spec', 'task', 'task_text', 'test_command', 'tests_first'],
		'bugfix-fix': ['preservation', 'reproduction', 'untested'],
		'bugfix-tests': ['kept'],
		'counterexample-code': ['command', 'counterexample', 'failures'],
		'counterexample-test': ['command', 'counterexample', 'criteria', 'failures', 'test'],
		'counterexample-criterion': ['counterexample', 'criteria', 'failures', 'test'],
		'unfixed-code': ['command', 'failures', 'round', 'rounds', 'why'],
		'task-parts': ['parts'],
		'task-again': ['why'],
		'tests-not-red': ['command', 'others', 'red'],
		'tests-seen': ['command', 'others', 'red'],
		'tests-tampered': ['findings', 'round', 'rounds'],
		'project-files': ['files'],
		'files-shown': ['files'],
		'files-changed': ['files'],
		'document-problems': ['problems'],
		'names-not-found': ['names'],
		'task-files': ['files'],
		'tests-missing': ['command', 'criteria'],
		'tests-failed': ['command', 'failures', 'round', 'rounds'],
		'spec-changed': ['diff', 'file'],
		continued: ['asked', 'files', 'opening', 'said'],
		'cut-off': ['text'],
		'written-call': ['tool'],
		'unwritten-document': ['document', 'file'],
		review: ['comments'],
	};
	const heads = [prompts.system, ...Object.values(prompts.stages)].map(text => ({text, values: ['path', 'spec']}));
	const notices = Object.entries(prompts.notices).map(([name, text]) => ({text, values: known[name] ?? []}));
	const unknown = [...heads, ...notices].flatMap(({text, values}) =>
		[...text.matchAll(/\{\{(.*?)\}\}/g)].map(match => match[1] ?? '').filter(name => !values.includes(name)),
	);
	expect(unknown).toEqual([]);
});

test.each([...stages.map(stage => [stage, stage] as const), ...Object.entries(variants)])(
	'the prompt of %s is there and names only tools that the model has in it',
	(name, stage) => {
		const text = prompts.stages[name] ?? '';
		const all = new Set(stages.flatMap(other => toolsFor(other).map(tool => tool.name)));
		const own = new Set(toolsFor(stage).map(tool => tool.name));
		const named = [...text.matchAll(/`(\w+)`/g)].map(match => match[1] ?? '').filter(name => all.has(name));
		expect(text).not.toBe('');
		expect(named.filter(name => !own.has(name))).toEqual([]);
	},
);

test.each(['requirements', 'quick', 'patch'])('the form of requirements in the prompt of %s is what the program reads', stage => {
	const {requirements, assumptions, problems} = parseRequirements(formOf(stage, 'Requirements Document'));
	const kinds = requirements.flatMap(requirement => requirement.criteria.map(criterion => [criterion.id, criterion.kind]));
	const isPatch = stage === 'patch';
	expect({kinds, assumptions: assumptions.length, problems}).toEqual({
		kinds: isPatch
			? [['1.1', 'event']]
			: [
					['1.1', 'event'],
					['1.2', 'unwanted'],
				],
		assumptions: isPatch ? 0 : 1,
		problems: [],
	});
});

test('the forms of a bugfix are what the program reads', () => {
	const {requirements, problems} = parseRequirements(formOf('bugfix', 'Bugfix Requirements Document'));
	expect(requirements.map(({number, criteria}) => [number, criteria.map(({id, kind}) => `${id} ${kind}`)])).toEqual([
		['1', ['1.1 event']],
		['2', ['2.1 event']],
		['3', ['3.1 event']],
	]);
	expect(problems).toEqual([]);
	for (const stage of ['bugfix', 'bugfix-tasks']) {
		const {tasks} = parseTasks(formOf(stage, 'Implementation Plan'));
		expect([...bugfixRoles(tasks, requirements).values()]).toEqual(['reproduction', 'fix']);
	}
});

test('the form of a design in the prompts is what the program reads', () => {
	const validated = ['design', 'quick'].map(stage =>
		parseDesign(formOf(stage, 'Design Document')).properties.map(property => property.validates),
	);
	expect(validated).toEqual([[['1.2', '3.1']], [['1.1']]]);
});

test('the form of tasks in the prompts is what the program reads', () => {
	const read = (stage: string) =>
		parseTasks(formOf(stage, 'Implementation Plan')).tasks.map(task => [
			task.number,
			task.isLeaf,
			task.isOptional,
			task.references,
			task.proof !== undefined,
		]);
	expect(read('tasks')).toEqual([
		['1', true, false, ['1.1', '1.2'], true],
		['2', false, false, [], false],
		['2.1', true, false, [], false],
		['2.2', true, true, [], false],
		['3', true, false, [], false],
	]);
	expect(read('quick')).toEqual([['1', true, false, ['1.1', '1.2'], true]]);
	for (const stage of ['bugfix', 'bugfix-tasks']) {
		expect(read(stage).map(([number, isLeaf, , references]) => [number, isLeaf, references])).toEqual([
			['1', true, ['1.1', '2.1', '3.1']],
			['2', true, ['2.1', '3.1']],
		]);
	}
	expect(read('patch')).toEqual([['1', true, false, ['1.1'], true]]);
});
