import {posix} from 'node:path';
import {pythonLauncher} from './python-launcher.ts';
import type {ProjectFiles} from './runner.ts';

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

	const launcher = await pythonLauncher(project, folder);
	const findsPackages = /^pythonpath\s*=/m.test(pyproject ?? '') || files.has(posix.join(folder, 'conftest.py'));
	return launcher === undefined ? (findsPackages ? 'pytest' : 'python3 -m pytest') : launcher('pytest');
}
