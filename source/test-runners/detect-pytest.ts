import {posix} from 'node:path';
import type {ProjectFiles} from './runner.ts';

/** How Python is started so that the project's own packages are there: by its lock file or its virtual environment. */
async function launcherFor(project: ProjectFiles, folder: string, files: ReadonlySet<string>): Promise<string | undefined> {
	const has = (name: string) => files.has(posix.join(folder, name));
	if (has('uv.lock')) {
		return 'uv run pytest';
	}

	if (has('poetry.lock')) {
		return 'poetry run pytest';
	}

	if (has('Pipfile.lock')) {
		return 'pipenv run pytest';
	}

	for (const environment of ['.venv', 'venv']) {
		if ((await project.read(posix.join(folder, environment, 'pyvenv.cfg'))) !== undefined) {
			return `${environment}/bin/python -m pytest`;
		}
	}

	return undefined;
}

const isTest = /(?:^|\/)(?:test_[^/]+|[^/]+_test)\.py$/;

/**
 * The command of a Python project with pytest: undefined when nothing in the folder is a test or configures pytest. `python3 -m pytest` puts
 * the folder on the import path, which a project without packaging needs; where pytest is set up otherwise, it is plain `pytest`.
 */
export async function detectPytest(project: ProjectFiles, folder: string): Promise<string | undefined> {
	const listed = await project.list();
	const inside = folder === '' ? listed : listed.filter(path => path.startsWith(`${folder}/`));
	const files = new Set(inside);
	const read = async (name: string) => (files.has(posix.join(folder, name)) ? ((await project.read(posix.join(folder, name))) ?? '') : '');
	const [pyproject, setup, tox] = await Promise.all(['pyproject.toml', 'setup.cfg', 'tox.ini'].map(read));
	const isConfigured =
		/\[tool\.pytest\b/.test(pyproject ?? '') ||
		/\[tool:pytest\]/.test(setup ?? '') ||
		/\[pytest\]/.test(tox ?? '') ||
		files.has(posix.join(folder, 'pytest.ini'));
	const hasTests = inside.some(path => isTest.test(path) || path.endsWith('/conftest.py'));
	if (!isConfigured && !hasTests) {
		return undefined;
	}

	const launcher = await launcherFor(project, folder, files);
	const findsPackages = /^pythonpath\s*=/m.test(pyproject ?? '') || files.has(posix.join(folder, 'conftest.py'));
	return launcher ?? (findsPackages ? 'pytest' : 'python3 -m pytest');
}
