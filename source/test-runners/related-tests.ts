import {posix} from 'node:path';
import {isTestFile} from './test-file.ts';

export type RelatedRequest = {
	/** Paths relative to the root. */
	readonly changed: readonly string[];
	/** Every file of the project, relative to the root. */
	readonly files: readonly string[];
	readonly read: (path: string) => Promise<string | undefined>;
};

const maxTestsRead = 1500;
const maxRelated = 200;

/** Files whose change may touch every test: manifests, locks, configuration, set-up. */
const touchesAll =
	/(?:^|\/)(?:package(?:-lock)?\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|tsconfig[^/]*\.json|[^/]+\.config\.[cm]?[jt]s|\.env[^/]*|conftest\.py|pyproject\.toml|pytest\.ini|setup\.(?:py|cfg)|tox\.ini|requirements[^/]*\.txt|(?:uv|poetry|Cargo|Pipfile)\.lock|go\.(?:mod|sum)|Cargo\.toml|build\.rs|(?:vitest|jest)\.setup\.[cm]?[jt]s|Makefile)$/;
const source = /\.(?:[cm]?[jt]sx?|vue|svelte|py|go|rs)$/;

/** `src/add.ts`, `add.test.ts` and `test_add.py` are all about `add`; an index is about its folder. */
function subjectOf(path: string): string {
	const name = posix.basename(path).replace(/\.[^.]+$/, '');
	const bare = name.replace(/[._-](?:tests?|specs?)$/i, '').replace(/^test[_-]/, '');
	return ['index', 'mod', 'main', '__init__', 'lib'].includes(bare) ? posix.basename(posix.dirname(path)) : bare;
}

function familyOf(path: string): string {
	const extension = posix.extname(path);
	return ['.py', '.go', '.rs'].includes(extension) ? extension : '.js';
}

function isNamedAfter(test: string, changed: string): boolean {
	if (familyOf(test) !== familyOf(changed)) {
		return false;
	}

	// A Go package is tested as a whole.
	return familyOf(test) === '.go' ? posix.dirname(test) === posix.dirname(changed) : subjectOf(test) === subjectOf(changed);
}

/** What a JavaScript specifier may name, without its extension: TypeScript writes `./a.js` for `a.ts`. */
function stemsOf(path: string): readonly string[] {
	const stem = path.replace(/\.(?:d\.)?[cm]?[jt]sx?$/, '');
	return [path, stem, ...(posix.basename(stem) === 'index' ? [posix.dirname(stem)] : [])];
}

const specifier = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*|\bmock\s*\(\s*)(['"])(\.{1,2}(?:\/[^'"\n]*)?)\1/g;

function importsScript(test: string, text: string, stems: ReadonlySet<string>): boolean {
	return [...text.matchAll(specifier)].some(([, , target = '']) => {
		const path = posix.join(posix.dirname(test), target.replace(/[?#].*$/, ''));
		return stemsOf(path).some(stem => stems.has(stem));
	});
}

/** Dotted names a Python module may be imported by: with and without its leading folders, such as `src`. */
function modulesOf(path: string): readonly string[] {
	const parts = path.replace(/(?:\/__init__)?\.py$/, '').split('/');
	return parts
		.map((_, index) => parts.slice(index).join('.'))
		.filter((name, index) => index === 0 || name.includes('.') || parts.length <= 2);
}

function importsPython(text: string, modules: ReadonlySet<string>): boolean {
	for (const [, base = '', names = ''] of text.matchAll(/^[ \t]*from[ \t]+\.*([\w.]*)[ \t]+import[ \t]+\(?([\w \t,*\n]+)/gm)) {
		const imported = names.split(',').map(name => name.trim().split(/\s/)[0] ?? '');
		if (modules.has(base) || imported.some(name => modules.has(base === '' ? name : `${base}.${name}`))) {
			return true;
		}
	}

	return [...text.matchAll(/^[ \t]*import[ \t]+([\w., \t]+)/gm)].some(([, names = '']) =>
		names.split(',').some(name => modules.has(name.trim().split(/\s/)[0] ?? '')),
	);
}

type Changed = {
	readonly own: ReadonlySet<string>;
	readonly sources: readonly string[];
	readonly stems: ReadonlySet<string>;
	readonly modules: ReadonlySet<string>;
};

async function belongs(test: string, {own, sources, stems, modules}: Changed, read: RelatedRequest['read']): Promise<boolean> {
	if (own.has(test) || sources.some(path => isNamedAfter(test, path))) {
		return true;
	}

	switch (familyOf(test)) {
		case '.js': {
			return stems.size > 0 && importsScript(test, (await read(test)) ?? '', stems);
		}

		case '.py': {
			return modules.size > 0 && importsPython((await read(test)) ?? '', modules);
		}

		default: {
			return false;
		}
	}
}

/**
 * The test files that belong to changed files, in the order of `files`: changed tests, tests named after a changed file, and tests that import
 * one directly. Empty means that nothing tells which: no test belongs to them, or the change may touch every test, or too many belong.
 */
export async function relatedTests({changed, files, read}: RelatedRequest): Promise<readonly string[]> {
	const sources = changed.filter(path => source.test(path));
	if (sources.length === 0 || changed.some(path => touchesAll.test(path))) {
		return [];
	}

	const known: Changed = {
		own: new Set(changed),
		sources,
		stems: new Set(sources.filter(path => familyOf(path) === '.js').flatMap(stemsOf)),
		modules: new Set(sources.filter(path => path.endsWith('.py')).flatMap(modulesOf)),
	};
	const related: string[] = [];
	for (const test of files.filter(isTestFile).slice(0, maxTestsRead)) {
		if (await belongs(test, known, read)) {
			related.push(test);
		}
	}

	return related.length > maxRelated ? [] : related;
}
