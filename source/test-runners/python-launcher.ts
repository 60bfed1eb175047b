import {posix} from 'node:path';
import type {ProjectFiles} from './runner.ts';

/**
 * How a module is started so that the project's own packages are there, by its lock file or its virtual environment: the command for a module's
 * name. Undefined where the project has neither.
 */
export async function pythonLauncher(project: ProjectFiles, folder: string): Promise<((module: string) => string) | undefined> {
	const files = new Set(await project.list());
	for (const [lock, tool] of [
		['uv.lock', 'uv'],
		['poetry.lock', 'poetry'],
		['Pipfile.lock', 'pipenv'],
	] as const) {
		if (files.has(posix.join(folder, lock))) {
			return module => (module === 'pytest' ? `${tool} run pytest` : `${tool} run python -m ${module}`);
		}
	}

	for (const environment of ['.venv', 'venv']) {
		if ((await project.read(posix.join(folder, environment, 'pyvenv.cfg'))) !== undefined) {
			return module => `${environment}/bin/python -m ${module}`;
		}
	}

	return undefined;
}
