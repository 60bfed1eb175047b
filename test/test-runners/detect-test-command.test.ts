import {describe, expect, test} from 'vitest';
import {detectTestCommand, detectTestCommands, isRunnerAlone, sameTestCommands} from '../../source/test-runners/index.ts';
import {projectOf, scripts} from './project.ts';

async function found(files: Readonly<Record<string, string>>, override?: string) {
	const fact = await detectTestCommand(projectOf(files), override);
	return fact === undefined ? undefined : [fact.command, fact.runner, fact.resolvesTo, ...(fact.note === undefined ? [] : [fact.note])];
}

describe('the test command', () => {
	test('is the script of package.json, through the package manager of the lock file', async () => {
		expect(await found({'package.json': scripts({test: 'vitest'})})).toEqual(['npm test', 'vitest', 'vitest']);
		expect(await found({'package.json': scripts({test: 'jest --coverage'}), 'yarn.lock': ''})).toEqual([
			'yarn test',
			'jest',
			'jest --coverage',
		]);
		expect(await found({'package.json': scripts({test: 'vitest run'}), 'pnpm-lock.yaml': ''})).toEqual([
			'pnpm test',
			'vitest',
			'vitest run',
		]);
		expect(await found({'package.json': scripts({test: 'node --test'}), 'bun.lock': ''})).toEqual([
			'bun run test',
			'node-test',
			'node --test',
		]);
	});

	test('is none for the placeholder of npm and for an empty folder', async () => {
		expect(await found({'package.json': scripts({test: 'echo "Error: no test specified" && exit 1'})})).toBeUndefined();
		expect(await found({})).toBeUndefined();
		expect(await found({'README.md': '# hello'})).toBeUndefined();
	});

	test('resolves to everything it runs: scripts it calls, what runs before and after, and scripts that are only named', async () => {
		const files = {
			'package.json': scripts({
				pretest: 'npm run build',
				build: 'tsc',
				test: 'npm run unit -- --bail',
				unit: 'NODE_ENV=test vitest run',
				posttest: 'run-p clean:*',
				'clean:tmp': 'rm -rf tmp',
			}),
		};
		expect(await found(files)).toEqual([
			'npm test',
			'vitest',
			'tsc && NODE_ENV=test vitest run --bail && run-p clean:*\nclean:tmp: rm -rf tmp',
		]);
	});

	test('is only an exit code where nobody can tell where flags belong', async () => {
		for (const script of [
			'vitest run | tee log',
			'jest && vitest run',
			'jasmine',
			'./test.sh',
			'vitest; true',
			'(cd web && vitest)',
			'cd web && vitest run',
			'a=$(jest)',
		]) {
			expect([script, (await found({'package.json': scripts({test: script})}))?.[1]]).toEqual([script, 'exit-code']);
		}
	});

	test('survives scripts that call themselves', async () => {
		expect((await found({'package.json': scripts({test: 'npm test && npm run a', a: 'npm run b', b: 'npm run a'})}))?.[1]).toBe(
			'exit-code',
		);
	});

	test('is what cargo, go, pytest and node have by themselves', async () => {
		expect(await found({'Cargo.toml': '[package]'})).toEqual(['cargo test', 'cargo-test', 'cargo test']);
		expect(await found({'go.mod': 'module x'})).toEqual(['go test ./...', 'go-test', 'go test ./...']);
		expect(await found({'test/a.test.js': "import test from 'node:test';"})).toEqual(['node --test', 'node-test', 'node --test']);
		expect(await found({'package.json': '{"devDependencies":{"vitest":"5"}}'})).toEqual(['npx vitest run', 'vitest', 'npx vitest run']);
		expect(await found({'package.json': '{"devDependencies":{"mocha":"11"}}'})).toEqual(['npx mocha', 'mocha', 'npx mocha']);
	});

	test('starts pytest so that the project’s own packages are there', async () => {
		const tests = {'tests/test_a.py': ''};
		expect((await found(tests))?.[0]).toBe('python3 -m pytest');
		expect((await found({...tests, 'conftest.py': ''}))?.[0]).toBe('pytest');
		expect((await found({...tests, 'uv.lock': ''}))?.[0]).toBe('uv run pytest');
		expect(await found({...tests, '.venv/pyvenv.cfg': ''})).toEqual(['.venv/bin/python -m pytest', 'pytest', '.venv/bin/python -m pytest']);
		expect((await found({'pyproject.toml': '[tool.pytest.ini_options]\n'}))?.[1]).toBe('pytest');
	});

	test('is that of bun by its script, or by the module that its tests import', async () => {
		expect(await found({'package.json': scripts({test: 'bun test'}), 'bun.lock': ''})).toEqual(['bun run test', 'bun-test', 'bun test']);
		expect(await found({'package.json': '{}', 'src/a.test.ts': "import {test} from 'bun:test';\n"})).toEqual([
			'bun test',
			'bun-test',
			'bun test',
		]);
	});

	test('is manage.py of Django where it has tests and nothing names pytest', async () => {
		const django = {
			'manage.py': 'from django.core.management import execute_from_command_line\n',
			'cart/tests.py': 'from django.test import TestCase\n\n\nclass ATest(TestCase):\n    def test_a(self):\n        pass\n',
		};
		expect(await found(django)).toEqual(['python3 manage.py test', 'django-test', 'python3 manage.py test']);
		expect((await found({...django, 'uv.lock': ''}))?.[0]).toBe('uv run python manage.py test');
		expect((await found({...django, '.venv/pyvenv.cfg': ''}))?.[0]).toBe('.venv/bin/python manage.py test');
		expect((await found({...django, 'pytest.ini': '[pytest]\nDJANGO_SETTINGS_MODULE = shop.settings\n'}))?.[1]).toBe('pytest');
		expect(await found({'manage.py': django['manage.py']})).toBeUndefined();
		expect((await found({...django, 'manage.py': 'print(1)\n'}))?.[1]).not.toBe('django-test');
	});

	test('is unittest where its tests are all there is and nothing names pytest', async () => {
		const own = 'import unittest\n\n\nclass ATest(unittest.TestCase):\n    pass\n';
		const packaged = {'tests/__init__.py': '', 'tests/test_a.py': own};
		expect(await found(packaged)).toEqual(['python3 -m unittest', 'unittest', 'python3 -m unittest']);
		expect((await found({'tests/test_a.py': own}))?.[0]).toBe('python3 -m unittest discover -s tests');
		expect((await found({'tests/unit/a_test.py': own}))?.[0]).toBe("python3 -m unittest discover -s tests/unit -p '*_test.py'");
		expect((await found({...packaged, 'uv.lock': ''}))?.[0]).toBe('uv run python -m unittest');
		expect((await found({...packaged, 'venv/pyvenv.cfg': ''}))?.[0]).toBe('venv/bin/python -m unittest');
		for (const pytest of [
			{'requirements-dev.txt': 'pytest==9\n'},
			{'tests/conftest.py': ''},
			{'tests/test_b.py': 'import pytest\n'},
			{'tests/test_b.py': 'def test_b():\n    pass\n'},
			{'other/test_b.py': own},
		]) {
			expect([Object.keys(pytest), (await found({...packaged, ...pytest}))?.[1]]).toEqual([Object.keys(pytest), 'pytest']);
		}
	});

	test('of a monorepo without one at its root is that of the first package, and says which are left out', async () => {
		const files = {
			'package.json': '{"workspaces":["packages/*"]}',
			'packages/b/package.json': scripts({test: 'jest'}),
			'packages/a/package.json': scripts({test: 'vitest'}),
		};
		expect(await found(files)).toEqual(['cd packages/a && npm test', 'vitest', 'vitest', 'the tests of packages/a; not run: packages/b']);
	});

	test('of a monorepo are those of the nearest packages around the files, then the root’s own where it does not name their tests', async () => {
		const of = async (root: Readonly<Record<string, string>>, files: readonly string[]) => {
			const packages = {
				'packages/a/package.json': scripts({test: 'vitest'}),
				'packages/b/package.json': scripts({test: 'jest'}),
				'packages/b/tools/package.json': scripts({}),
				'services/go/go.mod': 'module x',
				'services/go/a.go': '',
				'py/pyproject.toml': '[tool.pytest.ini_options]',
			};
			const found = await detectTestCommands(projectOf({...packages, ...root}), undefined, {files});
			return found.map(({command}) => command);
		};
		const [a, b] = ['cd packages/a && npm test', 'cd packages/b && npm test'];
		const [go, py] = ['cd services/go && go test ./...', 'cd py && python3 -m pytest'];
		const none = {'package.json': '{"workspaces":["packages/*"]}'};
		expect(await of(none, ['packages/b/src/x.js', 'packages/b/tools/y.js', 'README.md'])).toEqual([b]);
		expect(await of(none, ['services/go/a.go'])).toEqual([go]);
		expect(await of(none, ['packages/b/x.ts', 'packages/a/x.js'])).toEqual([b, a]);
		expect(await of(none, [])).toEqual([py]);
		expect(await of(none, ['README.md'])).toEqual([py]);
		expect(await of({...none, 'packages/c/package.json': '{}'}, ['packages/c/x.js', 'README.md'])).toEqual([]);
		const turbo = {'package.json': scripts({test: 'turbo run test'})};
		expect(await of(turbo, ['packages/a/x.ts', 'README.md'])).toEqual([a, 'npm test']);
		expect(await of(turbo, ['README.md'])).toEqual(['npm test']);
		expect(await of(turbo, [])).toEqual(['npm test']);
		const elsewhere = {'package.json': scripts({test: 'vitest run test/'})};
		expect(await of(elsewhere, ['packages/a/x.ts'])).toEqual([a, 'npm test']);
		const inside = {'package.json': scripts({test: 'vitest run ./packages/'})};
		expect(await of(inside, ['packages/a/x.ts'])).toEqual(['npm test']);
		const vitest = {'package.json': scripts({test: 'vitest run'})};
		expect(await of(vitest, ['packages/a/x.ts'])).toEqual(['npm test']);
		expect(await of(vitest, ['py/x.py', 'packages/a/x.ts'])).toEqual([py, 'npm test']);
		expect(await of({'go.mod': 'module y'}, ['services/go/a.go'])).toEqual([go, 'go test ./...']);
	});

	test('of a monorepo, all of them: for the whole suite only where the root has none, and none but a person’s own', async () => {
		const of = async (root: Readonly<Record<string, string>>, asked: 'whole' | 'every', override?: string) => {
			const packages = {'packages/a/package.json': scripts({test: 'vitest'}), 'packages/b/package.json': scripts({test: 'jest'})};
			return (await detectTestCommands(projectOf({...packages, ...root}), override, asked)).map(({command}) => command);
		};
		const both = ['cd packages/a && npm test', 'cd packages/b && npm test'];
		const turbo = {'package.json': scripts({test: 'turbo run test'})};
		expect([await of({}, 'whole'), await of({}, 'every')]).toEqual([both, both]);
		expect([await of(turbo, 'whole'), await of(turbo, 'every')]).toEqual([['npm test'], [...both, 'npm test']]);
		expect(await of({}, 'every', 'just test')).toEqual(['just test']);
		const own = await detectTestCommands(projectOf({'packages/c/package.json': '{}'}), 'cd packages/a && npm test', {
			files: ['packages/c/x'],
		});
		expect(own.map(({command}) => command)).toEqual(['cd packages/a && npm test']);
	});

	test('is not node’s own at the root for tests of packages that have a script', async () => {
		const test = "import test from 'node:test';";
		const packages = {'packages/a/package.json': scripts({test: 'node --test'}), 'packages/a/test/a.test.js': test};
		expect((await found(packages))?.[0]).toBe('cd packages/a && npm test');
		expect((await found({...packages, 'test/all.test.js': test}))?.[0]).toBe('node --test');
	});

	test('of a cargo workspace asks for all its members', async () => {
		const files = {'Cargo.toml': '[package]\nname = "a"\n[workspace]\nmembers = ["crates/*"]\n', 'crates/b/Cargo.toml': '[package]'};
		expect((await found(files))?.[0]).toBe('cargo test --workspace');
		expect((await detectTestCommands(projectOf(files), undefined, {files: ['crates/b/src/lib.rs']})).map(({command}) => command)).toEqual([
			'cargo test --workspace',
		]);
	});

	test('is `make test` when nothing else is there, with its recipe', async () => {
		expect(await found({Makefile: 'all:\n\tcc\ntest: all\n\t./check\n\t./again\n\nother:\n\tx\n'})).toEqual([
			'make test',
			'exit-code',
			'make test\n./check\\n./again'.replace('\\n', '\n'),
		]);
	});

	test('is read as TAP from programs that print it, and as JUnit XML where it says that it writes some', async () => {
		for (const [script, runner] of [
			['tape test/*.js', 'tap'],
			['tap', 'tap'],
			['bats test', 'tap'],
			['prove -l t', 'tap'],
			['electron-mocha --reporter xunit --reporter-option output=reports/junit.xml', 'junit'],
			['mocha --reporter xunit --reporter-option output=reports/junit.xml', 'mocha'],
			['MOCHA_FILE=./junit.xml electron-mocha --reporter mocha-junit-reporter', 'junit'],
			['phpunit --configuration phpunit.xml --log-junit build/junit.xml', 'junit'],
			['gotestsum --junitfile=out/unit.xml', 'junit'],
			['pytest --junitxml=out.xml', 'pytest'],
			['vitest run --reporter=junit --outputFile=junit.xml', 'vitest'],
			['electron-mocha --reporter xunit > a.xml', 'exit-code'],
			['tool --junit a.xml b.xml', 'exit-code'],
			['tool --junit /tmp/a.xml', 'exit-code'],
			['tool --junit ../a.xml', 'exit-code'],
			['tool a.xml', 'exit-code'],
		]) {
			expect([script, (await found({'package.json': scripts({test: script!})}))?.[1]]).toEqual([script, runner]);
		}
	});

	test('of a person wins and is resolved the same way', async () => {
		const files = {'package.json': scripts({test: 'mocha', unit: 'vitest'})};
		expect(await found(files, 'npm run unit')).toEqual(['npm run unit', 'vitest', 'vitest']);
		expect(await found(files, 'mocha -R xunit -O output=$KIRO_TUI_JUNIT')).toEqual([
			'mocha -R xunit -O output=$KIRO_TUI_JUNIT',
			'junit',
			'mocha -R xunit -O output=$KIRO_TUI_JUNIT',
		]);
	});
});

test.each([
	['vitest run', true],
	['npx vitest run --coverage', true],
	['uv run pytest -q', true],
	['cargo test --workspace', true],
	['NODE_ENV=test node --test', true],
	['tsc && vitest run', false],
	['vitest run && rm -rf src', false],
	['vitest run; curl example.org', false],
	['pytest $(rm -rf src)', false],
	['pytest | tee log', false],
	['pytest > log', false],
	['./test.sh', false],
	['node test.js', false],
	['vitest run\ndeploy: curl example.org', false],
])('%j starts a known runner alone: %s', (text, isAlone) => {
	expect(isRunnerAlone(text)).toBe(isAlone);
});

test.each([
	['node --test', ['node --test']],
	['vitest run', ['vitest run', 'npx vitest run']],
	['pytest -q', ['pytest -q', 'python -m pytest -q', 'python3 -m pytest -q', 'pytest', 'python -m pytest', 'python3 -m pytest']],
	['python -m pytest -q', ['python -m pytest -q', 'python -m pytest']],
	['uv run pytest -q', ['uv run pytest -q', 'uv run pytest']],
	['vitest --coverage', ['vitest --coverage', 'npx vitest --coverage', 'vitest run', 'npx vitest run']],
	['go test -race ./...', ['go test -race ./...', 'go test']],
	['cargo test --workspace', ['cargo test --workspace', 'cargo test']],
	['CI=1 jest', ['CI=1 jest']],
	['python3 manage.py test', ['python3 manage.py test', 'python manage.py test']],
	['node --import tsx --test test/*.ts', ['node --import tsx --test test/*.ts']],
	['vitest run --project unit', ['vitest run --project unit', 'npx vitest run --project unit']],
	['pytest tests/unit', ['pytest tests/unit', 'python -m pytest tests/unit', 'python3 -m pytest tests/unit']],
	['pytest -m unit', ['pytest -m unit', 'python -m pytest -m unit', 'python3 -m pytest -m unit']],
	['go test -short ./...', ['go test -short ./...']],
	['jest --config unit.config.js', ['jest --config unit.config.js', 'npx jest --config unit.config.js']],
	['npx jest', ['npx jest']],
	['mocha', ['mocha', 'npx mocha']],
	['tsc && vitest run', ['vitest run', 'npx vitest run']],
	['node build.mjs && eslint . && jest && rm -rf out', ['jest', 'npx jest']],
	['cp .env.test .env && vitest run', []],
	['./test.sh', []],
])('a test command that is %j is also said as %j', (resolvesTo, same) => {
	expect(sameTestCommands({resolvesTo})).toEqual(same);
});
