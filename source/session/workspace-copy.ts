import {join} from 'node:path';
import type {TestCommandFact} from '../protocol/event.ts';
import {splitFolder} from '../test-runners/index.ts';
import {copyProject, type ProjectCopy} from '../workspace/project-copy.ts';
import {workspaceKey} from '../workspace/state-directory.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';

/** Copies the project as it is now, without its specs. Undefined when it is too large. Rejects with the error of the file system. */
export async function copyWorkspace(services: Services): Promise<ProjectCopy | undefined> {
	const {options, root} = services;
	const files = (await projectFiles(services, new AbortController().signal).list()).filter(path => !path.startsWith('.kiro/'));
	return copyProject({root, files, folder: join(options.directories.state, workspaceKey(root), 'copies', options.newId())});
}

/** What is added to the environment of commands in a copy: what Python finds first is the copy, also where the project is installed. */
export function copyEnvironment({root}: ProjectCopy, commands: readonly TestCommandFact[]): Readonly<Record<string, string>> {
	const folders = new Set([...commands.map(({command}) => splitFolder(command).folder ?? '.'), '.']);
	return {
		PYTHONPATH: [...folders].flatMap(folder => [join(root, folder), join(root, folder, 'src')]).join(':'),
		PYTHONDONTWRITEBYTECODE: '1',
	};
}
