import {posix} from 'node:path';
import {isBelow} from './package-folders.ts';
import {pythonLauncher} from './python-launcher.ts';
import type {ProjectFiles} from './runner.ts';

const maxRead = 40;
const isTest = /(?:^|\/)(?:test[^/]*|[^/]+_test)\.py$/;
const byPrefix = /(?:^|\/)test[^/]*\.py$/;
/** Where a Python project names what it is tested with. */
const saysRunner =
	/^(?:pyproject\.toml|setup\.(?:cfg|py)|tox\.ini|noxfile\.py|Pipfile|pytest\.ini|conftest\.py|Makefile|.*requirements.*\.txt)$/;

/** Whether something of a Python project says that it is tested with pytest. */
async function namesPytest(project: ProjectFiles, folder: string, files: readonly string[]): Promise<boolean> {
	const near = files.filter(path => saysRunner.test(posix.relative(folder, path)));
	const said = await Promise.all(near.map(project.read));
	return files.some(path => posix.basename(path) === 'conftest.py') || said.some(text => /\bpytest\b/.test(text ?? ''));
}

/** Whether these are tests of unittest and nothing says that another program runs them. */
async function usesUnittest(project: ProjectFiles, folder: string, files: readonly string[], tests: readonly string[]): Promise<boolean> {
	const texts = await Promise.all(tests.slice(0, maxRead).map(project.read));
	const isOthers = (text = '') => /^(?:import|from) +pytest\b|^(?:async )?def test_/m.test(text);
	return (
		texts.some(text => /^(?:import|from) +unittest\b/m.test(text ?? '')) &&
		!texts.some(isOthers) &&
		!(await namesPytest(project, folder, files))
	);
}

/** The folder from which discovery reaches a test: the nearest one around it that is no package, relative to the project's. */
function startOf(test: string, folder: string, files: ReadonlySet<string>): string {
	let place = posix.dirname(test);
	while (place !== (folder === '' ? '.' : folder) && files.has(posix.join(place, '__init__.py'))) {
		place = posix.dirname(place);
	}

	return posix.relative(folder, place);
}

/**
 * The command of a Python project with tests of unittest, where nothing names pytest: whoever keeps to the standard library may not have it.
 * Undefined too where one discovery does not reach every test.
 */
export async function detectUnittest(project: ProjectFiles, folder: string): Promise<string | undefined> {
	const inside = (await project.list()).filter(path => isBelow(folder, path));
	const tests = inside.filter(path => isTest.test(path));
	if (tests.length === 0 || !(await usesUnittest(project, folder, inside, tests))) {
		return undefined;
	}

	const files = new Set(inside);
	const starts = [...new Set(tests.map(test => startOf(test, folder, files)))];
	const patterns = new Set(tests.map(test => byPrefix.test(test)));
	if (starts.length > 1 || patterns.size > 1) {
		return undefined;
	}

	const [start = ''] = starts;
	const launcher = (await pythonLauncher(project, folder)) ?? (module => `python3 -m ${module}`);
	const options = [...(start === '' ? [] : ['-s', start]), ...(patterns.has(true) ? [] : ['-p', "'*_test.py'"])];
	return [launcher('unittest'), ...(options.length === 0 ? [] : ['discover', ...options])].join(' ');
}

/** The command of a Django project with tests, where nothing names pytest. */
export async function detectDjango(project: ProjectFiles, folder: string): Promise<string | undefined> {
	const inside = (await project.list()).filter(path => isBelow(folder, path));
	const manage = (await project.read(posix.join(folder, 'manage.py'))) ?? '';
	if (!/\bdjango\b/.test(manage) || !inside.some(path => isTest.test(path)) || (await namesPytest(project, folder, inside))) {
		return undefined;
	}

	const launcher = await pythonLauncher(project, folder);
	return `${launcher?.('').replace(/ -m $/, '') ?? 'python3'} manage.py test`;
}
