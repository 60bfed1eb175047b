import type {RunnerId} from '../../../source/test-runners/runner.ts';

/** One run of a sample: what is typed, and where its command is not that of the sample, why it is run at all. */
export type SampleRun = {
	/** The name of its files in `recorded/`. */
	readonly name: string;
	/** Runs one test of the run `all` by its name: the one whose id ends so. */
	readonly only?: string;
	readonly command?: string;
	/** Below the sample; its root when absent. */
	readonly folder?: string;
};

export type Sample = {
	/** Its project is the folder of this name; npm installs what its package.json asks for. */
	readonly folder: string;
	readonly runner: RunnerId;
	readonly command: string;
	/** What npm installs fetches the runner by a script of its own. */
	readonly installsByScript?: true;
	/** Prints the runner's version; when it fails, the runner is not here and its fixtures stay as they are. */
	readonly version: string;
	readonly runs: readonly SampleRun[];
};

/** Every runner that is recorded, with the ways it can fail: those that spoil a whole run are runs of their own. */
export const samples: readonly Sample[] = [
	{
		folder: 'vitest',
		runner: 'vitest',
		command: 'vitest run',
		version: 'vitest --version',
		runs: [{name: 'all'}, {name: 'none', command: 'vitest run nothing-is-called-so'}, {name: 'named', only: String.raw`$1? \d+ [2.2]`}],
	},
	{
		folder: 'jest',
		runner: 'jest',
		command: 'jest',
		version: 'jest --version',
		runs: [{name: 'all'}, {name: 'none', command: 'jest nothing-is-called-so'}, {name: 'named', only: String.raw`$1? \d+ [2.2]`}],
	},
	{
		folder: 'mocha',
		runner: 'mocha',
		command: 'mocha',
		version: 'mocha --version',
		runs: [
			{name: 'all'},
			{name: 'none', command: 'mocha nothing-is-called-so'},
			{name: 'unmatched', command: 'mocha --grep nothing-is-called-so'},
			{name: 'named', only: String.raw`$1? \d+ [2.2]`},
			{name: 'import', command: 'mocha breaks/import.js'},
			{name: 'esm', command: 'mocha breaks/esm.mjs'},
			{name: 'syntax', command: 'mocha breaks/syntax.js'},
			{name: 'dies', command: 'mocha breaks/dies.js'},
		],
	},
	{
		folder: 'node-test',
		runner: 'node-test',
		command: 'node --test test/*.test.js',
		version: 'node --version',
		runs: [{name: 'all'}, {name: 'none', command: 'node --test src/*.js'}, {name: 'named', only: String.raw`$1? \d+ [2.2]`}],
	},
	{
		folder: 'bun-test',
		runner: 'bun-test',
		command: 'bun test',
		installsByScript: true,
		version: 'bun --version',
		runs: [
			{name: 'all'},
			{name: 'none', command: 'bun test nothing-is-called-so'},
			{name: 'named', only: String.raw`$1? \d+ [2.2]`},
			{name: 'dies', command: 'bun test ./breaks/dies.js'},
		],
	},
	{
		folder: 'pytest',
		runner: 'pytest',
		command: 'python3 -m pytest',
		version: 'python3 -c "import pytest, pytest_timeout, sys; print(pytest.__version__ + \', Python \' + sys.version.split()[0])"',
		runs: [
			{name: 'all'},
			{name: 'none', command: 'python3 -m pytest -k nothing_is_called_so tests/test_calc.py'},
			{name: 'named', only: 'TestInner::test_nested'},
		],
	},
	{
		folder: 'unittest',
		runner: 'unittest',
		command: 'python3 -m unittest',
		version: 'python3 --version',
		runs: [
			{name: 'all'},
			{name: 'none', command: 'python3 -m unittest -k nothing_is_called_so tests/test_hooks.py'},
			{name: 'named', only: 'CalcTest::test_many'},
			{name: 'dies', command: 'python3 -m unittest discover -s dies'},
		],
	},
	{
		folder: 'django-test',
		runner: 'django-test',
		command: 'python3 manage.py test',
		version: 'python3 -m django --version',
		runs: [
			{name: 'all'},
			{name: 'none', command: 'python3 manage.py test -k nothing_is_called_so cart.tests'},
			{name: 'named', only: 'PriceTest::test_many'},
			{name: 'dies', command: 'python3 manage.py test dies.ends'},
			{name: 'settings', command: 'python3 manage.py test --settings=shop.gone'},
		],
	},
	{
		folder: 'go-test',
		runner: 'go-test',
		command: 'go test -timeout 2s ./...',
		version: 'go version',
		runs: [{name: 'all'}, {name: 'none', command: 'go test ./none'}, {name: 'named', only: '(a|b)*_$1?_[2.2]'}],
	},
	{
		folder: 'cargo-test',
		runner: 'cargo-test',
		command: 'cargo test',
		version: 'cargo --version',
		runs: [
			{name: 'all'},
			{name: 'named', only: 'outer::inner::nested'},
			{name: 'aborts', folder: 'aborts'},
			{name: 'none', command: 'cargo test --lib', folder: 'no-export'},
			{name: 'no-export', folder: 'no-export'},
			{name: 'no-module', folder: 'no-module'},
			{name: 'syntax', folder: 'syntax'},
		],
	},
	{
		folder: 'junit',
		runner: 'junit',
		command: 'mocha --reporter xunit --reporter-option output=reports/junit.xml',
		version: 'mocha --version',
		runs: [
			{name: 'all'},
			{name: 'none', command: 'mocha --grep nothing-is-called-so --reporter xunit --reporter-option output=reports/junit.xml'},
			{name: 'import', command: 'mocha breaks/import.js --reporter xunit --reporter-option output=reports/junit.xml'},
		],
	},
	{
		folder: 'tape',
		runner: 'tap',
		command: 'tape test/*.test.js',
		version: `node -p "require('tape/package.json').version"`,
		runs: [
			{name: 'all'},
			{name: 'throws', command: 'tape breaks/throws.js'},
			{name: 'import', command: 'tape breaks/import.js'},
			{name: 'syntax', command: 'tape breaks/syntax.js'},
			{name: 'none', command: 'tape breaks/none.js'},
		],
	},
	{
		folder: 'tap',
		runner: 'tap',
		command: 'tap',
		version: 'tap --version',
		runs: [{name: 'all'}, {name: 'none', command: 'tap test/empty.test.js'}],
	},
	{
		folder: 'bats',
		runner: 'tap',
		command: 'BATS_TEST_TIMEOUT=1 bats test',
		version: 'bats --version',
		runs: [
			{name: 'all'},
			{name: 'named', only: 'regex (a|b)* [2.2]'},
			{name: 'syntax', command: 'bats breaks/syntax.bats'},
			{name: 'none', command: 'bats breaks/none.bats'},
		],
	},
	{
		folder: 'prove',
		runner: 'tap',
		command: 'prove',
		version: 'prove --version',
		runs: [{name: 'all'}, {name: 'none', command: 'prove breaks/none.t'}, {name: 'bails', command: 'prove t/add.t breaks/bails.t t/dies.t'}],
	},
];
