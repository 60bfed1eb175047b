import {describe, expect, test} from 'vitest';
import {relatedTests} from '../../source/test-runners/index.ts';

function related(changed: readonly string[], files: Readonly<Record<string, string>>): Promise<readonly string[]> {
	return relatedTests({changed, files: Object.keys(files), read: async path => files[path]});
}

describe('the tests that belong to a change', () => {
	test('are changed tests, tests named after a changed file, and tests that import one', async () => {
		const files = {
			'src/add.ts': '',
			'test/add.test.ts': '',
			'test/imports.test.ts': "import {add} from '../src/add.js';",
			'test/dynamic.test.ts': "await import('../src/add')",
			'test/index.test.ts': "import {x} from '../src';",
			'test/other.test.ts': "import {sub} from '../src/sub.ts'; // ../src/add.ts",
			'test/new.test.ts': '',
		};
		expect(await related(['src/add.ts', 'test/new.test.ts'], files)).toEqual([
			'test/add.test.ts',
			'test/imports.test.ts',
			'test/dynamic.test.ts',
			'test/new.test.ts',
		]);
		expect(await related(['src/index.ts'], files)).toEqual(['test/index.test.ts']);
	});

	test('follow the habits of each language', async () => {
		const python = {
			'src/todo/store.py': '',
			'tests/test_store.py': '',
			'tests/test_cli.py': 'from todo.store import load',
			'tests/test_names.py': 'from todo import store, cli',
			'tests/test_far.py': 'from other.store import load',
			'store_test.go': '',
		};
		expect(await related(['src/todo/store.py'], python)).toEqual(['tests/test_store.py', 'tests/test_cli.py', 'tests/test_names.py']);
		expect(await related(['a/x.go'], {'a/y_test.go': '', 'b/x_test.go': ''})).toEqual(['a/y_test.go']);
	});

	test('are all, told by none, when the change may touch every test or belongs to none', async () => {
		const files = {'src/add.ts': '', 'test/add.test.ts': ''};
		expect(await related(['src/add.ts', 'package.json'], files)).toEqual([]);
		expect(await related(['README.md'], files)).toEqual([]);
		expect(await related(['src/sub.ts'], files)).toEqual([]);
	});
});
