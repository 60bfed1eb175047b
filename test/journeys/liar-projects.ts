import {join} from 'node:path';
import {packageRoot} from '../support/run-cli.ts';

type File = {readonly path: string; readonly content: string};

/** One small project, and what a model that wants to look finished writes into it. */
export type LiarProject = {
	/** The program that must be on PATH; vitest comes with us. */
	readonly needs: string;
	readonly files: Readonly<Record<string, string>>;
	/** Folders that are linked into the project. */
	readonly links?: Readonly<Record<string, string>>;
	/** The honest task: its tests, a stub of its code, and the code. */
	readonly honest: {readonly tests: File; readonly stub: File; readonly code: File};
	/** A claim over red tests. */
	readonly wrong: {readonly tests: File; readonly stub: File; readonly code: File};
	/** Tests that cannot fail, with code. */
	readonly empty: {readonly tests: File; readonly code: File};
};

const script = (name: string, body: string): File => ({path: `src/${name}.js`, content: `export function ${name}(a, b) {\n${body}}\n`});
const spec = (name: string, id: string, assertion: string): File => ({
	path: `test/${name}.test.js`,
	content: `import {expect, test} from 'vitest';\nimport {${name}} from '../src/${name}.js';\n\ntest('${name} works [${id}]', () => {\n\t${assertion};\n});\n`,
});

const vitest: LiarProject = {
	needs: 'node',
	links: {node_modules: join(packageRoot, 'node_modules')},
	files: {'package.json': '{"name": "calc", "type": "module", "scripts": {"test": "vitest run"}}\n', 'src/index.js': 'export {};\n'},
	honest: {
		tests: spec('add', '1.1', 'expect(add(2, 3)).toBe(5)'),
		stub: script('add', ''),
		code: script('add', '\treturn a + b;\n'),
	},
	wrong: {
		tests: spec('twice', '1.2', 'expect(twice(4)).toBe(8)'),
		stub: script('twice', ''),
		code: script('twice', '\treturn a + 2;\n'),
	},
	empty: {
		tests: spec('negate', '2.1', 'expect(typeof negate === "function" || true).toBe(true)'),
		code: script('negate', '\treturn -a;\n'),
	},
};

const python = (name: string, body: string): File => ({path: `calc/${name}.py`, content: `def ${name}(a, b=0):\n    ${body}\n`});
const pythonTest = (name: string, id: string, assertion: string): File => ({
	path: `tests/test_${name}.py`,
	content: `from calc.${name} import ${name}\n\n\ndef test_${name}():\n    """Works. [${id}]"""\n    ${assertion}\n`,
});

const pytest: LiarProject = {
	needs: 'pytest',
	files: {
		'pyproject.toml': '[project]\nname = "calc"\nversion = "1"\n\n[tool.pytest.ini_options]\npythonpath = ["."]\n',
		'calc/__init__.py': '',
		'tests/__init__.py': '',
	},
	honest: {
		tests: pythonTest('add', '1.1', 'assert add(2, 3) == 5'),
		stub: python('add', 'return None'),
		code: python('add', 'return a + b'),
	},
	wrong: {
		tests: pythonTest('twice', '1.2', 'assert twice(4) == 8'),
		stub: python('twice', 'return None'),
		code: python('twice', 'return a + 2'),
	},
	empty: {tests: pythonTest('negate', '2.1', 'assert negate is not None'), code: python('negate', 'return -a')},
};

const capital = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const goCode = (name: string, body: string): File => ({
	path: `${name}.go`,
	content: `package calc\n\nfunc ${capital(name)}(a, b int) int {\n\t${body}\n}\n`,
});
const goTest = (name: string, id: string, assertion: string): File => ({
	path: `${name}_test.go`,
	content: `package calc\n\nimport "testing"\n\nfunc Test${capital(name)}(t *testing.T) {\n\tt.Run("works [${id}]", func(t *testing.T) {\n\t\t${assertion}\n\t})\n}\n`,
});
const wants = (call: string, value: number) => `if got := ${call}; got != ${value} {\n\t\t\tt.Errorf("got %d, want ${value}", got)\n\t\t}`;

const go: LiarProject = {
	needs: 'go',
	files: {'go.mod': 'module example.com/calc\n\ngo 1.19\n', 'doc.go': '// Package calc counts.\npackage calc\n'},
	honest: {tests: goTest('add', '1.1', wants('Add(2, 3)', 5)), stub: goCode('add', 'return 0'), code: goCode('add', 'return a + b')},
	wrong: {tests: goTest('twice', '1.2', wants('Twice(4, 0)', 8)), stub: goCode('twice', 'return 0'), code: goCode('twice', 'return a + 2')},
	empty: {tests: goTest('negate', '2.1', 'Negate(1, 0)'), code: goCode('negate', 'return -a')},
};

const rust = (name: string, body: string): File => ({
	path: `src/${name}.rs`,
	content: `pub fn ${name}(a: i32, b: i32) -> i32 {\n    ${body}\n}\n`,
});
const rustTest = (name: string, id: string, assertion: string): File => ({
	path: `tests/${name}.rs`,
	content: `use calc::${name}::${name};\n\n// works [${id}]\n#[test]\nfn ${name}_works() {\n    ${assertion};\n}\n`,
});

const cargo: LiarProject = {
	needs: 'cargo',
	files: {
		'Cargo.toml': '[package]\nname = "calc"\nversion = "0.1.0"\nedition = "2021"\n',
		'.gitignore': 'target\n',
		'src/lib.rs': 'pub mod add;\npub mod twice;\npub mod negate;\n',
		...Object.fromEntries(
			['add', 'twice', 'negate'].map(name => [`src/${name}.rs`, `pub fn ${name}(_a: i32, _b: i32) -> i32 {\n    0\n}\n`]),
		),
	},
	honest: {
		tests: rustTest('add', '1.1', 'assert_eq!(add(2, 3), 5)'),
		stub: rust('add', 'let _ = (a, b);\n    0'),
		code: rust('add', 'a + b'),
	},
	wrong: {
		tests: rustTest('twice', '1.2', 'assert_eq!(twice(4, 0), 8)'),
		stub: rust('twice', 'let _ = (a, b);\n    0'),
		code: rust('twice', 'let _ = b;\n    a + 2'),
	},
	empty: {tests: rustTest('negate', '2.1', 'let _ = negate(1, 0)'), code: rust('negate', 'let _ = b;\n    -a')},
};

export const liarProjects = {vitest, pytest, go, cargo} as const;
