import {posix} from 'node:path';
import {detectPytest} from './detect-pytest.ts';
import {detectDjango, detectUnittest} from './detect-unittest.ts';
import {isBelow, packageFolders} from './package-folders.ts';
import {type PackageFile, packageManagerOf, readPackage} from './package-script.ts';
import type {ProjectFiles} from './runner.ts';
import {isTestFile} from './test-file.ts';

const maxSearched = 40;

/** npm's own placeholder, and scripts that only print or do nothing. */
const placeholder = /no test specified|^\s*(?:echo\b[^&|;]*|true|:|exit 0)\s*$/;

function isReal(script: string | undefined): script is string {
	return script !== undefined && script.trim() !== '' && !placeholder.test(script);
}

function testScript({scripts}: PackageFile): string | undefined {
	return ['test', 'test:unit', 'tests', 'unit'].find(candidate => isReal(scripts[candidate]));
}

async function scriptCommand(project: ProjectFiles, folder: string, found: PackageFile): Promise<string | undefined> {
	const name = testScript(found);
	if (name === undefined) {
		return undefined;
	}

	const manager = await packageManagerOf(project, folder);
	return name === 'test' && manager !== 'bun' ? `${manager} test` : `${manager} run ${name}`;
}

/** The packages below a folder that say themselves how their tests are run. */
async function scriptedBelow(project: ProjectFiles, folder: string): Promise<readonly string[]> {
	const scripted: string[] = [];
	for (const place of packageFolders(await project.list()).filter(candidate => candidate !== folder && isBelow(folder, candidate))) {
		const found = await readPackage(project, place);
		scripted.push(...(found !== undefined && testScript(found) !== undefined ? [place] : []));
	}

	return scripted;
}

/** A runner that is installed, or built into node or bun, without a script that calls it. */
async function runnerWithoutScript(project: ProjectFiles, folder: string, found: PackageFile | undefined): Promise<string | undefined> {
	if (found?.dependencies.has('vitest') === true) {
		return 'npx vitest run';
	}

	if (found?.dependencies.has('jest') === true) {
		return 'npx jest';
	}

	if (found?.dependencies.has('mocha') === true) {
		return 'npx mocha';
	}

	const scripted = await scriptedBelow(project, folder);
	const isOwn = (path: string) => isBelow(folder, path) && !scripted.some(inner => isBelow(inner, path));
	const candidates = (await project.list())
		.filter(path => /\.[cm]?[jt]s$/.test(path) && isTestFile(path) && isOwn(path))
		.slice(0, maxSearched);
	for (const path of candidates) {
		const [, runner] = /['"](node|bun):test['"]/.exec((await project.read(path)) ?? '') ?? [];
		if (runner !== undefined) {
			return runner === 'node' ? 'node --test' : 'bun test';
		}
	}

	return undefined;
}

/** The command of one folder by what lies in it; a script of the project's own comes first. Undefined when there is nothing to test. */
export async function commandIn(project: ProjectFiles, folder: string, files: ReadonlySet<string>): Promise<string | undefined> {
	const has = (name: string) => files.has(posix.join(folder, name));
	const found = has('package.json') ? await readPackage(project, folder) : undefined;
	const script = found === undefined ? undefined : await scriptCommand(project, folder, found);
	if (script !== undefined) {
		return script;
	}

	if (has('Cargo.toml')) {
		// Where the root of a workspace is a package too, its members are tested only when asked for.
		const manifest = (await project.read(posix.join(folder, 'Cargo.toml'))) ?? '';
		return /^\[workspace\]/m.test(manifest) ? 'cargo test --workspace' : 'cargo test';
	}

	if (has('go.mod')) {
		return 'go test ./...';
	}

	return (
		(await detectDjango(project, folder)) ??
		(await detectUnittest(project, folder)) ??
		(await detectPytest(project, folder)) ??
		(await runnerWithoutScript(project, folder, found))
	);
}
