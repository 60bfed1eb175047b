import {parseRequirements} from '../spec/requirements.ts';
import type {Task} from '../spec/tasks.ts';
import {criteriaOf} from '../spec/trace.ts';
import {requireSpec} from './handle/require.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';

const testFile = /(?:^|\/)(?:tests?|__tests__|spec)\/|[._-](?:test|spec)s?\.[^/]+$|(?:^|\/)test_[^/]+\.py$/;

/** The test files that show a task: those its `_Proof:_` line names, and those that name one of its criteria. */
export async function proofFiles(services: Services, task: Task, signal: AbortSignal): Promise<readonly string[]> {
	const spec = requireSpec(services);
	const project = projectFiles(services, signal);
	const files = await project.list();
	const named = files.filter(path => task.proof?.includes(path) === true);
	const {requirements} = parseRequirements(spec.artifacts.requirements?.text ?? '');
	const tags = criteriaOf(task, requirements).flatMap(id => [`[${spec.name} ${id}]`, ...(spec.isOnly ? [`[${id}]`] : [])]);
	const tagging: string[] = [];
	for (const path of tags.length === 0 ? [] : files.filter(candidate => testFile.test(candidate))) {
		const text = (await project.read(path)) ?? '';
		if (tags.some(tag => text.includes(tag))) {
			tagging.push(path);
		}
	}

	return [...new Set([...named, ...tagging])];
}
