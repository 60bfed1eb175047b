import {describe, expect, test} from 'vitest';
import {detectTestCommand, planTestRun} from '../../source/test-runners/index.ts';
import {projectOf, scripts} from './project.ts';

const reportFile = "/state/it's a report";
const quoted = `'/state/it'\\''s a report'`;
const path = 'export PATH="$PWD/node_modules/.bin:$PATH"; ';

async function plan(files: Readonly<Record<string, string>>, run: readonly string[] = [], override?: string) {
	const fact = await detectTestCommand(projectOf(files), override);
	return planTestRun({fact: fact!, scope: run.length === 0 ? {kind: 'all'} : {kind: 'files', files: run}, reportFile});
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

	test('puts the flags of node --test before its files, which would swallow them', async () => {
		const all = await plan({'package.json': scripts({test: 'node --import tsx --test test/*.ts'})});
		expect(all.command).toMatch(
			/node --import tsx --test --test-reporter=spec .* --test-reporter-destination='[^ ]+ a report' test\/\*\.ts$/,
		);
		const one = await plan({'package.json': scripts({test: 'node --test test/*.js'})}, ['test/a.js']);
		expect(one.command).toMatch(/ test\/a\.js$/);
		expect(one.command).not.toContain('*.js');
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

	test('leaves a command untouched that is not understood, and offers it a place for JUnit XML', async () => {
		const mocha = {'package.json': scripts({test: 'mocha'})};
		expect(await plan(mocha, ['test/a.js'])).toEqual({
			command: 'npm test',
			shown: 'npm test',
			env: {CI: 'true', KIRO_TUI_JUNIT: reportFile},
			reads: 'output',
		});
		expect((await plan(mocha, [], 'mocha -O output=$KIRO_TUI_JUNIT')).reads).toBe('report-file');
	});
});
