import {describe, expect, test} from 'vitest';
import {detectTestCommand, planTestRun} from '../../source/test-runners/index.ts';
import type {PlanRequest} from '../../source/test-runners/plan-test-run.ts';
import {projectOf, scripts} from './project.ts';

const reportFile = "/state/it's a report";
const quoted = `'/state/it'\\''s a report'`;
const path = 'export PATH="$PWD/node_modules/.bin:$PATH"; ';

async function plan(files: Readonly<Record<string, string>>, run: readonly string[] = [], override?: string) {
	const fact = await detectTestCommand(projectOf(files), override);
	return planTestRun({fact: fact!, scope: run.length === 0 ? {kind: 'all'} : {kind: 'files', files: run}, reportFile});
}

type Known = Extract<PlanRequest['scope'], {kind: 'tests'}>['tests'][number];

async function planOf(command: string, tests: readonly Known[]): Promise<string> {
	const fact = await detectTestCommand(projectOf({}), command);
	return planTestRun({fact: fact!, scope: {kind: 'tests', tests}, reportFile}).command;
}

describe('the plan of a run', () => {
	test('gives a script’s own runner its flags, never watches and never stops at the first failure', async () => {
		const {command: vitest, ...rest} = await plan({'package.json': scripts({test: 'tsc && vitest --watch --bail 1 --reporter verbose'})});
		expect(vitest).toMatch(
			/^export PATH="\$PWD\/node_modules\/\.bin:\$PATH"; tsc && vitest run --reporter=default --reporter='data:[^ ]+'$/,
		);
		expect(decodeURIComponent(vitest)).toContain(JSON.stringify(reportFile).replaceAll("'", `'\\''`));
		expect(rest).toEqual({
			shown: 'npm test',
			env: {CI: 'true', CARGO_TERM_COLOR: 'never', RUST_BACKTRACE: '0'},
			reads: 'report-file',
		});
		const {command} = await plan({'package.json': scripts({test: 'jest --watchAll -b src'})});
		expect(command).toBe(`${path}jest src --ci --watchAll=false --json --outputFile=${quoted} --testLocationInResults`);
	});

	test('runs only the files asked for, in place of the patterns of the script', async () => {
		const {command, shown} = await plan({'package.json': scripts({test: 'vitest run --config vite.ts test'})}, [
			'test/a b.test.ts',
			'notes.md',
			'-x.test.ts',
		]);
		expect(command).toContain("vitest run --config vite.ts 'test/a b.test.ts' ./-x.test.ts --reporter=default");
		expect(shown).toBe("npm test -- 'test/a b.test.ts' ./-x.test.ts");
		expect((await plan({'package.json': scripts({test: 'jest test'})}, ['a.test.js'])).command).toMatch(
			/jest --ci .* --runTestsByPath a\.test\.js$/,
		);
	});

	test.each([
		['tsc && node --test dist/test/*.test.js', 'test/a.test.ts', 'dist/test/a.test.js'],
		['tsc && mocha --timeout 9 "dist/test/**/*.test.js"', 'test/a.test.ts', 'dist/test/deep/a.test.js'],
		['tsc && tape -r ./setup dist/test/*.js', 'test/a.ts', 'dist/test/a.js'],
	])('of `%s` is whole for a file that it runs only compiled', async (script, source, compiled) => {
		const files = {'package.json': scripts({test: script})};
		const [whole, ...others] = [await plan(files), await plan(files, [source]), await plan(files, [compiled])];
		expect(others.map(({command}) => command === whole.command)).toEqual([true, false]);
		expect(others[1]?.command).toMatch(new RegExp(` ${compiled}\\b(?!.*\\*)`));
	});

	test.each(['node --test "./test/**/*.js"', "mocha './{src,test}/**/*.js'", 'node --test .', 'mocha'])(
		'of `%s` is one of a file in its folders',
		async script => {
			const {command} = await plan({'package.json': scripts({test: script})}, ['test/a.js']);
			expect(command).toMatch(/ test\/a\.js$/);
		},
	);

	test('puts the flags of node --test before its files, which would swallow them', async () => {
		const all = await plan({'package.json': scripts({test: 'node --import tsx --test test/*.ts'})});
		expect(all.command).toMatch(
			/node --import tsx --test --test-reporter=spec .* --test-reporter-destination='[^ ]+ a report' test\/\*\.ts$/,
		);
		const one = await plan({'package.json': scripts({test: 'node --test test/*.js'})}, ['test/a.js']);
		expect(one.command).toMatch(/ test\/a\.js$/);
		expect(one.command).not.toContain('*.js');
	});

	test('of mocha writes its reporter first, and drops what watches, stops early or asks for other files', async () => {
		const script = "mocha -r tsx --watch -b -R dot --spec 'test/**/*.ts' --timeout 5000 -g slow test";
		const all = await plan({'package.json': scripts({test: script})});
		expect(all.command).toMatch(/; printf %s '[^']*' > .*\.cjs.* && mocha/);
		expect(all.command.split(' && ').at(-1)).toMatch(
			/^mocha -r tsx --spec 'test\/\*\*\/\*\.ts' --timeout 5000 -g slow test --no-bail --reporter '.* a report\.cjs'$/,
		);
		const one = await plan({'package.json': scripts({test: script})}, ['test/a.ts']);
		expect(one.command).toMatch(/&& mocha -r tsx --timeout 5000 -g slow --no-bail --reporter '.* a report\.cjs' test\/a\.ts$/);
		expect(one.shown).toBe('npm test -- test/a.ts');
	});

	test('of pytest keeps what a person set and drops what hides tests', async () => {
		const {command, shown} = await plan({}, ['tests/test_a.py'], 'pytest -x -k "not slow" -vv tests');
		expect(command).toBe(
			`pytest -k "not slow" -vv tests/test_a.py --continue-on-collection-errors --junitxml=${quoted} -o junit_family=xunit1`,
		);
		expect(shown).toBe('pytest -x -k "not slow" -vv tests tests/test_a.py');
	});

	test('of go runs the packages of the files, and of cargo only whole test programs', async () => {
		expect((await plan({'go.mod': ''}, ['a/b/x_test.go', 'a/b/y_test.go', 'z_test.go'])).command).toContain('go test -json ./a/b . 2>&1');
		expect((await plan({'Cargo.toml': ''}, ['tests/it.rs', 'src/lib.rs'])).command).toContain('cargo test --no-fail-fast --test it 2>&1');
		expect((await plan({'Cargo.toml': ''}, ['crates/a/tests/it.rs'])).command).toContain('cargo test --no-fail-fast --workspace --test it');
		const {command, shown} = await plan({'Cargo.toml': ''}, ['src/lib.rs']);
		expect([command.includes('--test'), shown]).toEqual([false, 'cargo test']);
	});

	test('starts in the folder of the package, where paths are told from there', async () => {
		const {command, shown, folder} = await plan({'packages/a/package.json': scripts({test: 'vitest'})}, [
			'packages/a/x.test.ts',
			'packages/b/y.test.ts',
		]);
		expect([folder, shown]).toEqual(['packages/a', 'cd packages/a && npm test -- x.test.ts']);
		expect(command).toContain(
			'export PATH="$PWD/node_modules/.bin:$PWD/../node_modules/.bin:$PWD/../../node_modules/.bin:$PATH"; vitest run x.test.ts',
		);
	});

	test('runs named tests by what their runner takes for a name, and never fewer', async () => {
		const testOf = (file: string, name: string, suites: readonly string[] = []) => ({
			id: file === '' ? name : `${file} > ${name}`,
			file,
			name,
			suites,
		});
		const named = async (command: string, ...tests: readonly Known[]) => (await planOf(command, tests)).replaceAll(/'data:[^']*'/g, 'data');
		const odd = testOf('test/a.test.js', "add > a (b|c)* it's [1.1] \\d+", ['add']);
		const pattern = String.raw`'add(?: > | )a\s+\(b\|c\)\*\s+it'\''s\s+\[1\.1\]\s+\\d\+'`;
		expect(await named('vitest -t old', odd)).toContain(`vitest run test/a.test.js -t ${pattern} --reporter=default`);
		expect(await named('jest', odd)).toMatch(/^jest -t .*--runTestsByPath test\/a.test.js$/);
		expect(await named('jest', odd)).toContain(pattern);
		expect(await named('mocha -i -g old', odd)).toMatch(/ && mocha --grep '.*' --no-bail .* test\/a\.test\.js$/);
		expect(await named('mocha', odd)).toContain(pattern);
		expect(await named('bun test --bail -t old test', odd)).toContain(`bun test -t ${pattern.replaceAll('/', '')} ./test/a.test.js 2>&1`);
		expect(await named('node --test', odd)).toContain("--test-name-pattern=^add$'");
		expect(await named('pytest tests', testOf('tests/test_a.py', 'TestA::test_b[x-1] [1.1]', ['TestA']))).toContain(
			'pytest tests/test_a.py::TestA::test_b -q',
		);
		const go = {id: 'x.y/a.TestA/b_[c 1.2] #2', file: 'a/a_test.go', name: 'x.y/a.TestA/b_[c 1.2]', suites: ['TestA']};
		expect(await named('go test ./...', go)).toContain(String.raw`go test -json -run '^TestA$/^b_\[c_1\.2\]$' x.y/a`);
		expect(await named('go test', go, {...go, name: 'x.y/b.TestB', id: 'x.y/b.TestB'})).toContain("-run '^(?:TestA|TestB)$' x.y/a x.y/b");
		expect(await named('cargo test', testOf('tests/it.rs', 'it::deep::works', ['deep']))).toContain(
			'cargo test --no-fail-fast --test it -- --exact deep::works',
		);
		expect(await named('cargo test', testOf('src/lib.rs', 'kit::a::b'), testOf('tests/it.rs', 'it::c'))).toContain(
			'cargo test --no-fail-fast -- --exact a::b c',
		);
		expect(await named('bats test', testOf('', 'a (b) c'))).toContain(
			String.raw`bats --formatter tap -f 'a[[:space:]]+\(b\)[[:space:]]+c' test`,
		);
		expect(await named('tape test/*.js', testOf('test/a.js', 'a'))).toContain('tape test/a.js 2>&1');
	});

	test('of Django names tests by labels, in one process and without a question', () => {
		const of = (command: string, files: readonly string[] = []) => {
			const fact = {command, runner: 'django-test', resolvesTo: command} as const;
			const plan = planTestRun({fact, scope: files.length === 0 ? {kind: 'all'} : {kind: 'files', files}, reportFile: '/tmp/r'});
			return [plan.command.replace(/-c '[^']*'/, '-c REPORTER'), plan.shown];
		};
		expect(of('python3 manage.py test --parallel 4 --failfast --keepdb cart')).toEqual([
			"python3 -c REPORTER /tmp/r '' manage.py test --noinput --keepdb cart",
			'python3 manage.py test --parallel 4 --failfast --keepdb cart',
		]);
		expect(of('uv run python manage.py test -v 2 cart', ['cart/tests.py', 'README.md'])).toEqual([
			"uv run python -c REPORTER /tmp/r '' manage.py test --noinput -v 2 cart.tests",
			'uv run python manage.py test -v 2 cart cart.tests',
		]);
	});

	test('runs what unittest discovers by its modules, seen from the folder that discovery imports from', () => {
		const of = (command: string, files: readonly string[] = [], names: readonly string[] = []) => {
			const fact = {command, runner: 'unittest', resolvesTo: command} as const;
			const tests = names.map(name => ({id: `${files[0]} > ${name.replace(/ .*/, '')}`, file: files[0] ?? '', name}));
			const scope = names.length > 0 ? ({kind: 'tests', tests} as const) : ({kind: 'files', files} as const);
			const made = planTestRun({fact, scope, reportFile: '/tmp/r'});
			return [made.command.replace(/'import json[^']*'/, 'REPORTER'), made.shown];
		};
		const file = 'tests/test_a.py';
		expect(of('python3 -m unittest -v -f')).toEqual(["python3 -c REPORTER /tmp/r '' -v", 'python3 -m unittest -v -f']);
		expect(of('uv run python -m unittest', [file])).toEqual([
			"uv run python -c REPORTER /tmp/r '' tests.test_a",
			`uv run python -m unittest ${file}`,
		]);
		for (const discover of ['discover -s tests', 'discover --start-directory=./tests/ -k x', 'discover tests']) {
			expect(of(`python3 -m unittest ${discover}`, [file])).toEqual([
				`python3 -c REPORTER /tmp/r tests ${discover.includes('-k') ? '-k x ' : ''}test_a`,
				`python3 -m unittest ${file}`,
			]);
		}

		expect(of('python3 -m unittest discover -s tests -t .', [file])[0]).toBe("python3 -c REPORTER /tmp/r '' tests.test_a");
		expect(of('python3 -m unittest', [file], ['ATest::test_b', 'ATest::test_c [1.1]'])[0]).toBe(
			"python3 -c REPORTER /tmp/r '' tests.test_a.ATest.test_b tests.test_a.ATest.test_c",
		);
	});

	test('shows files of Go as the packages that they stand for', () => {
		const fact = {command: 'go test ./...', runner: 'go-test', resolvesTo: 'go test ./...'} as const;
		const shown = (...files: readonly string[]) => planTestRun({fact, scope: {kind: 'files', files}, reportFile: '/tmp/r'}).shown;
		expect(shown('price_test.go', 'depot/a_test.go', 'depot/b_test.go')).toBe('go test . ./depot');
	});

	test('runs the file of what stands for a file, and of more names than a command line holds', async () => {
		const loads = {id: 'a.test.js > the file loads', file: 'a.test.js', name: 'the file loads'};
		expect(await planOf('jest', [loads])).not.toContain(' -t ');
		const many = Array.from({length: 3000}, (_, index) => ({id: `a.test.js > name ${index}`, file: 'a.test.js', name: `name ${index}`}));
		expect(await planOf('jest', many)).not.toContain(' -t ');
		expect((await planOf('vitest', many)).length).toBeLessThan(10_000);
	});

	test('knows where a command writes JUnit XML by itself', async () => {
		const mocha = {'package.json': scripts({test: 'electron-mocha --reporter xunit --reporter-option output=./out/junit.xml'})};
		const {reads, ownReport, command} = await plan(mocha);
		expect([reads, ownReport, command]).toEqual(['report-file', 'out/junit.xml', 'npm test']);
		expect((await plan(mocha, [], 'cd packages/a && tool --junit a.xml')).ownReport).toBe('packages/a/a.xml');
	});

	test('leaves a command untouched that is not understood, and offers it a place for JUnit XML', async () => {
		const mocha = {'package.json': scripts({test: 'jasmine'})};
		expect(await plan(mocha, ['test/a.js'])).toEqual({
			command: 'npm test',
			shown: 'npm test',
			env: {CI: 'true', KIRO_TUI_JUNIT: reportFile},
			reads: 'output',
		});
		expect((await plan(mocha, [], 'mocha -O output=$KIRO_TUI_JUNIT')).reads).toBe('report-file');
	});
});
