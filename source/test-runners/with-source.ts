import {posix} from 'node:path';
import type {TestCase} from '../protocol/test-report.ts';
import {type FoundFunction, findFunctions, type Language} from './find-functions.ts';
import {goFolderOf, goNameOf} from './go-source.ts';
import type {ProjectFiles} from './runner.ts';

type Sources = {readonly read: ProjectFiles['read']; readonly list: ProjectFiles['list']};

/** Where a test's function may stand: a file, and the function's name with the classes or modules around it in that file. */
type Candidate = {readonly file: string; readonly path: string};

const crateRoot = /(?:^|\/)src\/(?:lib|main)\.rs$/;

/** A Rust test is told with the root of its crate; its module may be a file of its own. */
function rustCandidates({file, name}: TestCase): readonly Candidate[] {
	const parts = name.replace(/ .*$/s, '').split('::').slice(1);
	const folder = posix.dirname(file);
	const modules = crateRoot.test(file) ? parts.slice(0, -1) : [];
	return [
		{file, path: parts.join('::')},
		...modules.flatMap((_, index) => {
			const below = posix.join(folder, ...parts.slice(0, index + 1));
			const path = parts.slice(index + 1).join('::');
			return [`${below}.rs`, `${below}/mod.rs`].map(place => ({file: place, path}));
		}),
	];
}

function createSourceReader({read, list}: Sources) {
	const known = new Map<string, Promise<ReadonlyMap<string, FoundFunction>>>();
	async function load(file: string): Promise<ReadonlyMap<string, FoundFunction>> {
		// The extension is what the callers below ask for.
		const language = posix.extname(file).slice(1) as Language;
		const found = findFunctions((await read(file).catch(() => undefined)) ?? '', language);
		return new Map(found.map(one => [one.path, one]));
	}

	async function functionAt({file, path}: Candidate): Promise<FoundFunction | undefined> {
		const functions = known.get(file) ?? load(file);
		known.set(file, functions);
		return (await functions).get(path);
	}

	async function candidatesOf(test: TestCase, goFolder: (name: string) => Promise<string | undefined>): Promise<readonly Candidate[]> {
		switch (posix.extname(test.file)) {
			case '.py': {
				return [{file: test.file, path: test.name.replace(/\[.*$/s, '')}];
			}

			case '.rs': {
				return rustCandidates(test);
			}

			default: {
				const folder = test.file === '' ? await goFolder(test.name) : undefined;
				const files =
					folder === undefined ? [] : (await list()).filter(file => posix.dirname(file) === folder && file.endsWith('_test.go'));
				return files.map(file => ({file, path: goNameOf(test.name)?.levels[0] ?? ''}));
			}
		}
	}

	return {functionAt, candidatesOf};
}

const calledImport = /^TypeError: ([\w$]+) is not a (?:function|constructor)/;

/** Some compilers call an import by its own name, so that only the source tells a missing export from any other value that is no function. */
async function withMissingExport(test: TestCase, read: ProjectFiles['read']): Promise<TestCase> {
	const [, name] = calledImport.exec(test.failure?.message ?? '') ?? [];
	if (test.failure === undefined || name === undefined || !test.failure.inBody) {
		return test;
	}

	const text = (await read(test.failure.file ?? test.file).catch(() => undefined)) ?? '';
	const imported = [...text.matchAll(/\bimport\s+(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\b/g)].flatMap(([, names = '']) => names.split(','));
	const isImported = imported.some(
		one =>
			one
				.trim()
				.split(/\s+as\s+/)
				.at(-1) === name,
	);
	return isImported ? {...test, failure: {...test.failure, inBody: false}} : test;
}

function withPlace(test: TestCase, {file, path}: Candidate, {line, tags}: FoundFunction): TestCase {
	const isGo = test.file === '';
	// What stands at a Go function is about it as a whole, not about each of its subtests.
	const own = isGo && test.suites !== undefined ? [] : tags.filter(found => !test.name.includes(found));
	const {failure} = test;
	// Go names a file without its folder.
	const isBare = isGo && failure?.file !== undefined && !failure.file.includes('/');
	return {
		...test,
		...(isGo && {file}),
		...(isBare && {failure: {...failure, file: posix.join(posix.dirname(file), failure.file ?? '')}}),
		...((isGo || (test.file === file && path !== '')) && {line: test.line ?? line}),
		...(own.length > 0 && {name: `${test.name} ${own.join(' ')}`}),
	};
}

/**
 * Adds what only the source tells. The line, for Go the file too; the criterion ids that stand in a test's docstring or in comments at its
 * function, behind its name, for languages whose function names cannot carry brackets; and whether a call failed because its import is missing.
 * Ids of tests stay as they are.
 */
export async function withSource(tests: readonly TestCase[], sources: Sources & {readonly folder: string}): Promise<readonly TestCase[]> {
	const {functionAt, candidatesOf} = createSourceReader(sources);
	const goFolder = goFolderOf(sources);
	const told: TestCase[] = [];
	for (const test of tests) {
		let known = await withMissingExport(test, sources.read);
		for (const candidate of await candidatesOf(test, goFolder)) {
			const found = known === test ? await functionAt(candidate) : undefined;
			known = found === undefined ? known : withPlace(test, candidate, found);
		}

		told.push(known);
	}

	return told;
}
