import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decide} from '../../source/permission/decide.ts';
import {parseRule} from '../../source/permission/rules.ts';
import {readShellCommand} from '../../source/permission/shell-command.ts';
import type {Mode, Rule} from '../../source/protocol/permission.ts';

const root = '/work/notes';

function tempFolderSync() {
	const path = mkdtempSync(join(tmpdir(), 'kiro-tui-'));
	return {path, [Symbol.dispose]: () => rmSync(path, {recursive: true, force: true})};
}

function rules(...texts: readonly string[]): readonly Rule[] {
	return texts.map(text => {
		const [, effect = 'allow', from = 'user', rest = text] = /^(allow|ask|deny)(?:@(\w+))? (.*)$/s.exec(text) ?? [];
		const rule = parseRule(effect as Rule['effect'], rest, from as Rule['from']);
		if ('error' in rule) {
			throw new Error(`${text}: ${rule.error}`);
		}

		return rule;
	});
}

function decided(command: string, mode: Mode = 'auto-edit', given: readonly Rule[] = []) {
	return decide({action: {kind: 'command', command}, mode, rules: given, root, rootName: 'notes', testCommands: ['npm test']});
}

const kind = (command: string, mode?: Mode, given?: readonly Rule[]) => decided(command, mode, given).kind;

// `evil` stands for something nobody approved; the corpus lies beside this repository and not in it.
const corpus = resolve(import.meta.dirname, '../../../shared/corpus/hostile-commands.json');
if (!existsSync(corpus)) {
	console.warn('Skipped: the corpus of hostile commands is not beside this repository (../shared/corpus)');
}

describe.skipIf(!existsSync(corpus))('of the hostile commands', () => {
	const commands: readonly string[] = existsSync(corpus) ? JSON.parse(readFileSync(corpus, 'utf8')).commands : [];
	const wide = rules('ls *', 'cat *', 'echo *', 'git *', 'find *');
	// In these two bash runs no evil: it stands in a comment, and inside a quoted word.
	const harmless = new Set(['ls # foo; evil', 'ls "a\\";evil;"']);

	test.each<[Mode, readonly Rule[]]>([
		['ask', []],
		['auto-edit', []],
		['ask', wide],
		['auto-edit', wide],
	])('none with evil runs unasked in %s', (mode, given) => {
		expect(commands.length).toBeGreaterThan(100);
		expect(
			commands.filter(command => command.includes('evil') && !harmless.has(command) && kind(command, mode, given) === 'allow'),
		).toEqual([]);
	});

	test('in auto-task evil runs only where it is the plain name of a program', () => {
		const allowed = commands.filter(
			command => command.includes('evil') && !harmless.has(command) && kind(command, 'auto-task') === 'allow',
		);
		for (const command of allowed) {
			expect(readShellCommand(command), command).toMatchObject({kind: 'plain'});
			expect(
				readShellCommand(command).commands.some(argv => argv[0] === 'evil' || argv.includes('evil')),
				command,
			).toBe(true);
		}

		expect(
			commands.filter(
				command =>
					kind(command, 'auto-task', rules('deny evil')) === 'allow' &&
					command.includes('evil') &&
					!harmless.has(command) &&
					!command.includes("'a'"),
			),
		).toEqual([]);
	});

	test('none of them runs unasked where a rule denies evil', () => {
		const risky = commands.filter(command => /(?:^|[\s;&|(`])evil/.test(command) && !harmless.has(command));
		expect(risky.filter(command => kind(command, 'auto-task', rules('deny evil', 'Bash(*)')) === 'allow')).toEqual([]);
	});
});

describe('an allow rule', () => {
	test.each([
		'npm run lint;x',
		'npm run lint\nx',
		'npm run lint&x',
		'npm run lintx',
		'npm  run lint $(x)',
		'npm run lint > x',
		'X=1 npm run lint',
		'./npm run lint',
		'npm run lint --fix',
	])('for exactly npm run lint does not cover %j', command => {
		expect(kind(command, 'auto-edit', rules('npm run lint'))).toBe('ask');
	});

	test('covers what it says, whatever the spaces and quotes', () => {
		expect(kind('npm   run "lint"', 'ask', rules('npm run lint'))).toBe('allow');
		expect(kind('npm run lint --fix && npm run types', 'ask', rules('Bash(npm run *)'))).toBe('allow');
	});

	test.each([
		'npm run x -- ../y',
		'npm run x -- /etc/passwd',
		'npm run x -- ~/y',
		'npm run x -- --out=/work/notes-evil/y',
		'npm run x -- .env',
		'npm run x -- .git/config',
	])('with a star does not reach %j', command => {
		expect(kind(command, 'auto-edit', rules('npm run *'))).toBe('ask');
	});

	test('of the project itself counts for nothing, its deny counts', () => {
		expect(kind('npm run lint', 'ask', rules('allow@project npm run lint'))).toBe('ask');
		expect(kind('npm run lint', 'auto-task', rules('deny@project npm run', 'allow npm run lint'))).toBe('deny');
	});

	test('for git in general does not reset, clean or push', () => {
		const given = rules('git *');
		expect(
			['git add .', 'git reset --hard', 'git push --force', 'git clean -fd', 'git -c alias.x=!evil x'].map(command =>
				kind(command, 'auto-edit', given),
			),
		).toEqual(['allow', 'ask', 'ask', 'ask', 'ask']);
	});
});

describe('a rule that denies rm', () => {
	test.each([
		'rm x',
		'/bin/rm x',
		'\\rm x',
		'r""m x',
		'RM x',
		'env rm x',
		'env -u A B=1 rm x',
		'sudo -u me rm x',
		'timeout 5 rm x',
		"bash -c 'rm x'",
		"bash -lc 'ls; rm x'",
		"sudo bash -c 'env rm x'",
		'eval rm x',
		'xargs rm',
		'ls | xargs -n1 rm',
		'find . -exec rm {} ;',
		'x; rm y',
		'x\nrm y',
		'$(rm x)',
		'echo "$(rm x)"',
		'cat <(rm x)',
		'(rm x)',
		'if true; then rm x; fi',
		'f() { rm x; }; f',
		'rm x &',
	])('catches %j', command => {
		expect(kind(command, 'auto-task', rules('deny rm', 'Bash(*)'))).toBe('deny');
	});

	test.each(['$X y', "r'm", 'ls $(', `${'a '.repeat(20_000)}`, 'alias x=rm; x'])('asks where it cannot tell: %j', command => {
		expect(['ask', 'deny']).toContain(kind(command.slice(0, 40_000), 'auto-task', rules('deny rm', 'Bash(*)')));
	});

	test('is not hidden from by options, and one that cannot be read asks everything', () => {
		expect(kind('git --no-pager push origin', 'auto-task', rules('deny git push'))).toBe('deny');
		const broken: Rule = {effect: 'deny', capability: 'command', match: 'rm $(', from: 'project'};
		expect(kind('ls', 'auto-task', [broken])).toBe('ask');
	});
});

describe('without any rule', () => {
	test.each([
		'npm test',
		'npm test -- test/a.test.ts src/b.test.ts',
		'npm test 2>&1 | tail -n 20',
		'timeout 60 npm test',
		`cd ${root} && npm test`,
	])('the approved tests run in every mode: %s', command => {
		expect([kind(command, 'ask'), kind(command, 'auto-edit'), kind(command, 'auto-task')]).toEqual(['allow', 'allow', 'allow']);
	});

	test.each([
		'npm test -- ../a.test.ts',
		'npm test -- /etc/a.test.ts',
		'npm test -- --config=x.js',
		'npm test -- *.ts',
		'npm test -- $(x)',
		'npm test && x',
		'npm testx',
		'cd sub && npm test',
		'npm test > out.txt',
		'npm test -- .kiro/specs/a/b.ts',
	])('more than the approved tests is asked: %s', command => {
		expect(kind(command)).toBe('ask');
	});

	const deciding = (testCommands: readonly string[]) => (command: string) =>
		decide({action: {kind: 'command', command}, mode: 'auto-edit', rules: [], root, rootName: 'notes', testCommands}).kind;

	test('tests by name are fewer of the same', () => {
		const ofJs = deciding(['npm test', 'vitest run']);
		expect(['npm test -- -t "adds two"', 'vitest run a.test.ts -t adds', 'npm test -- --testNamePattern=adds'].map(ofJs)).toEqual(
			Array(3).fill('allow'),
		);
		expect(['npm test -- -t ../x', 'npm test -- -t', 'npm test -- -t /etc', 'npm test -- -c evil.ts'].map(ofJs)).toEqual(
			Array(4).fill('ask'),
		);
		expect(['python manage.py test cart.tests.ATest -v 2', 'python manage.py test 2'].map(deciding(['python manage.py test']))).toEqual([
			'allow',
			'ask',
		]);
		const node = deciding(['node --test']);
		expect(['node --test --test-name-pattern=adds test/a.test.js', 'node --test scripts/deploy.js'].map(node)).toEqual(['allow', 'ask']);
	});

	test('files of a folder that is run whole are fewer of the same', () => {
		const mocha = deciding(["mocha 'test/**/*.spec.ts' --timeout 5000", 'mocha test/unit -R dot']);
		expect(
			['mocha --timeout 5000 test/deep/a.spec.ts', 'mocha -R dot test/unit/a.spec.ts', 'mocha -R dot test/unit/a.ts -g adds'].map(mocha),
		).toEqual(Array(3).fill('allow'));
		expect(
			[
				'mocha --timeout 5000',
				'mocha --timeout 5000 scripts/deploy.ts',
				'mocha -R dot test/e2e/a.spec.ts',
				'mocha -R dot test/unit/../e2e/a.ts',
			].map(mocha),
		).toEqual(Array(4).fill('ask'));
		const node = deciding(['node --test test/', 'pytest tests -q']);
		expect(['node --test test/a.test.js', 'pytest -q tests/test_a.py::test_b', 'pytest tests/test_a.py -x'].map(node)).toEqual(
			Array(3).fill('allow'),
		);
		expect(['node --test', 'node test/a.js', 'node test/a.js --test', 'pytest -q', 'pytest -q other/test_a.py'].map(node)).toEqual(
			Array(5).fill('ask'),
		);
		expect(
			['pytest tests/test_a.py', 'python tests/test_a.py -m pytest'].map(deciding(['pytest tests -m unit', 'python -m pytest tests'])),
		).toEqual(['ask', 'ask']);
		expect(deciding(['make check/all'])('make x.y')).toBe('ask');
	});

	test('of go and cargo a package, a name, and what only compiles', () => {
		const go = deciding(['go test ./...', 'go test']);
		expect(["go test ./internal/x -run '^TestA$/b' -v -count=1", 'go test', 'go vet ./...'].map(go)).toEqual(Array(3).fill('allow'));
		expect(
			[
				'go test golang.org/x/net/...',
				'go test ../other',
				'go test -exec evil ./...',
				'go test -o evil',
				'go vet -vettool=evil',
				'go build',
			].map(go),
		).toEqual(Array(6).fill('ask'));
		const cargo = deciding(['cargo test']);
		expect(['cargo test deep::adds -- --nocapture', 'cargo test --lib', 'cargo check', 'cargo clippy --all-targets'].map(cargo)).toEqual(
			Array(4).fill('allow'),
		);
		const checks = ['cargo build', 'cargo clippy --all-targets -- -D warnings -A clippy::all', 'cargo fmt --all -- --check'];
		expect(checks.map(cargo)).toEqual(Array(3).fill('allow'));
		expect(
			[
				'cargo test --config evil',
				'cargo check --config evil',
				'cargo run',
				'cargo build -- -D warnings',
				'cargo clippy --fix',
				'cargo clippy -- -C linker=evil',
				'cargo fmt',
			].map(cargo),
		).toEqual(Array(7).fill('ask'));
		expect(['go vet ./...', 'cargo check'].map(deciding(['npm test']))).toEqual(['ask', 'ask']);
	});

	test('that are approved only as they stand are neither more nor less than that', () => {
		const exactCommands = ['npm run build', 'cd packages/a && npm test'];
		const of = (command: string) =>
			decide({
				action: {kind: 'command', command},
				mode: 'auto-edit',
				rules: [],
				root,
				rootName: 'notes',
				testCommands: ['npm test'],
				exactCommands,
			}).kind;
		expect(['npm run build', 'npm run build && npm test | tail -3', 'cd packages/a && npm test'].map(of)).toEqual(Array(3).fill('allow'));
		const others = ['npm run build -- x', 'npm run', 'cd packages/a && npm test -- src/a.js', 'cd packages/a && cat x', 'cd packages/a'];
		expect(others.map(of)).toEqual(Array(5).fill('ask'));
	});

	test('of a package are approved where they are run', () => {
		const own = deciding(['npm test', 'cd packages/core && npm test']);
		expect(
			[
				'cd packages/core && npm test',
				'cd ./packages/core && npm test -- a.test.ts 2>&1 | tail -20',
				`cd ${root}/packages/core && npm test`,
			].map(own),
		).toEqual(Array(3).fill('allow'));
		expect(
			[
				'cd packages/other && npm test',
				'cd packages/core && npm run evil',
				'cd packages/core && npm test && evil',
				'cd packages/core && npm test -- ../../evil.ts',
				'cd packages/core && npm test | tail -5 ../../.env',
				'cd packages/core && npm test | tail secrets',
				'cd packages/core && npm test > ../../out',
				'FOO=1 cd packages/core && npm test',
				'cd packages/core; cd ..; npm test',
			].map(own),
		).toEqual(Array(9).fill('ask'));
	});

	test('quiet options of a runner ride along, and those that load something do not', () => {
		const pytest = (command: string) =>
			decide({action: {kind: 'command', command}, mode: 'auto-edit', rules: [], root, rootName: 'notes', testCommands: ['pytest']}).kind;
		expect(
			['pytest -q --tb=line tests/test_a.py', 'pytest -x', 'pytest -p evil', 'pytest --rootdir=/x', 'pytest -c x.ini'].map(pytest),
		).toEqual(['allow', 'allow', 'ask', 'ask', 'ask']);
		expect([kind('npm test -- --reporter=tap-flat a.test.ts'), kind('npm test -- --reporter=./evil.js')]).toEqual(['allow', 'ask']);
	});

	test('a target is no file filter', () => {
		const make = (command: string) =>
			decide({action: {kind: 'command', command}, mode: 'auto-edit', rules: [], root, rootName: 'notes', testCommands: ['make test']}).kind;
		expect([make('make test'), make('make test ./deploy.mk')]).toEqual(['allow', 'ask']);
	});

	test.each([
		'ls -la src',
		'sed -n 1,40p src/a.ts',
		'gofmt -l .',
		'gofmt -d cmd/main.go',
		'node --check src/a.js',
		"sed -n '40,$p' src/a.ts",
		'cat README.md',
		'git status',
		'git log --oneline -n 5',
		'git diff HEAD~1 -- src/a.ts',
		'rg -n foo src',
		'grep -rn foo src',
		'find src -name "*.ts"',
		'wc -l a.ts | sort -n',
		'pwd',
		'node --version',
	])('reading inside the workspace is not asked: %s', command => {
		expect(kind(command, 'ask')).toBe('allow');
	});

	test.each([
		'cat ../x',
		'cat /etc/passwd',
		'cat ~/x',
		'ls /work/notes-evil',
		'cat .env',
		'cat config/.env.local',
		'git show HEAD:.env',
		'grep -rn KEY .',
		'grep -f/etc/passwd x',
		'cat .kiro/specs/a/tasks.md',
		'cat .kiro/./specs/a/tasks.md',
		'find . -delete',
		'find . -exec x {} +',
		'find . -fprintf out x',
		'rg --pre x y',
		'rg -uu KEY',
		'git -c core.pager=x log',
		'git diff --output=x',
		'git diff --outp=x',
		'git log --ext-diff',
		'git diff --no-index a b',
		'git branch new',
		'sort -o x y',
		'sort --compress-program=x y',
		'uniq a b',
		'tree -o x',
		'date -s 0',
		'tail -f x',
		'sed 1p x',
		'gofmt -w .',
		'gofmt -l -cpuprofile=x .',
		'node --check --require ./evil.js',
		'node --check .env',
		'sed -n 1p',
		'sed -n 1,3w x',
		'sed -n "1e id" x',
		'sed -n 1p -i x',
		'sed -n 1p .env',
		'sed -n 1p ../x',
		'printf -v x y',
		'test -v x',
		'env',
		'cat *.ts',
		`ls $${'{x}'}`,
		'ls &',
		'ls\u00A0',
		'ls\u200B',
		'ls\r',
		'./ls',
		'/bin/ls',
		'"ls"',
	])('what reads more, or does more, is asked: %s', command => {
		expect([kind(command, 'ask'), kind(command, 'auto-edit')]).toEqual(['ask', 'ask']);
	});

	test.each([
		'npm run build',
		'npx tsc --noEmit',
		'node scripts/build.mjs',
		'python3 -m pytest tests/test_a.py',
		'mkdir -p src/a',
		'cargo build',
		'go vet ./...',
		'make lint',
		'./gradlew build',
	])('work of the project is asked in auto-edit and not in auto-task: %s', command => {
		expect([kind(command, 'auto-edit'), kind(command, 'auto-task')]).toEqual(['ask', 'allow']);
	});

	test.each([
		'rm -rf src',
		'mv a b',
		'git reset --hard',
		'git commit -m x',
		'git push',
		'curl https://x.y',
		'npm install x',
		'npx cowsay hi',
		'docker run x',
		'node -e 1',
		'python3 -c 1',
		'bash x.sh',
		'sudo x',
		'kill 1',
		'cp a /tmp/b',
		'touch ../x',
		'touch .git/hooks/pre-commit',
		'touch .KIRO/hooks/x.json',
		'touch .vscode/tasks.json',
		'mkdir .kiro',
		'touch .kiro/specs/a/tasks.md',
		'tee x',
		'sed -i s/a/b/ x',
		'npm run build > x',
		'X=1 npm run build',
		'cd src && npm run build',
		'kiro-tui approve a tasks',
		'npx kiro-tui status',
		'node bin/kiro-tui.js status',
		'timeout 5 node_modules/.bin/kiro-tui status',
	])('what deletes, leaves, reaches out or is not understood is asked even in auto-task: %s', command => {
		expect(kind(command, 'auto-task')).toBe('ask');
	});

	test('starting kiro-tui, and the specs, are asked whatever the rules say', () => {
		expect(kind('kiro-tui status', 'auto-task', rules('kiro-tui status'))).toBe('ask');
		expect(kind('cat .kiro/specs/a/tasks.md', 'auto-task', rules('cat .kiro/specs/a/tasks.md'))).toBe('ask');
	});
});

describe('what "always" offers', () => {
	test.each([
		['npm install p-retry@6.2.0', 'npm install *'],
		['npm run build', 'npm run build'],
		['git commit -m "it works"', 'git commit *'],
		["echo 'a b' && node scripts/x.mjs 'a b'", "node scripts/x.mjs 'a b'"],
		['rm -rf dist', undefined],
		['npm run a && npm run b', undefined],
		['bash x.sh', undefined],
		['cat ../x', undefined],
		['cat $X', undefined],
		['kiro-tui status', undefined],
	])('for %s is %j', (command, pattern) => {
		const decision = decided(command);
		expect(decision.kind === 'ask' ? decision.pattern : 'not asked').toBe(pattern);
		if (pattern !== undefined) {
			expect(kind(command, 'auto-edit', rules(pattern))).toBe('allow');
		}
	});
});

describe('what goes unasked, of commands put together at random,', () => {
	const scrap = fc.constantFrom(
		...[
			'ls',
			'cat',
			'npm test',
			'git',
			'status',
			'echo',
			'echo',
			'evil',
			'evil',
			' ',
			' ',
			' ',
			';',
			'&&',
			'|',
			'&',
			'\n',
			'$(',
			')',
			'`',
			'"',
			"'",
		],
		...[
			'\\',
			'$x',
			'>',
			'<',
			'<<E',
			'{',
			'}',
			'*',
			'~',
			'#',
			'!',
			'=',
			'-c',
			'[',
			']',
			'2>&1',
			'\t',
			'\r',
			'a.ts',
			'>/dev/null',
			'\\\n',
			"$'",
			'@(',
			'<(',
		],
	);
	const line = fc.array(scrap, {minLength: 1, maxLength: 12}).map(parts => parts.join(''));

	test('holds no expansion and no operator but the joints of commands', () => {
		let allowed = 0;
		fc.assert(
			fc.property(line, fc.constantFrom<Mode>('ask', 'auto-edit', 'auto-task'), (command, mode) => {
				if (kind(command, mode) !== 'allow') {
					return true;
				}

				allowed++;
				const bare = command
					.replace(/'[^']*'|"[^"$`]*"/g, '_')
					.replace(/2>&1|>\s?\/dev\/null/g, '')
					.replace(/(?:^|[\s;&|])#.*$/gm, '');
				return !/[$`<>(){}*\\\t\r]|(?:^|[\s=:])~|(?<!&)&(?!&)/.test(bare);
			}),
			{numRuns: 20_000},
		);
		expect(allowed).toBeGreaterThan(50);
	});

	const hasBash = existsSync('/bin/bash');
	if (!hasBash) {
		console.warn('Skipped: /bin/bash is not here to tell what really runs');
	}

	test.skipIf(!hasBash)('runs no evil in a real bash', () => {
		using folder = tempFolderSync();
		const trace = join(folder.path, 'trace');
		writeFileSync(join(folder.path, 'evil'), `#!/bin/bash\n: > '${trace}'\n`, {mode: 0o755});
		const env = {PATH: folder.path};
		const run = (command: string) => {
			spawnSync('/bin/bash', ['--noprofile', '--norc', '-c', command], {env, cwd: folder.path, input: '', timeout: 10_000});
			return existsSync(trace);
		};

		const allowed = fc
			.sample(
				fc.tuple(fc.constantFrom('echo ', 'ls ', 'cat a.ts | ', 'ls && echo '), line).map(parts => parts.join('')),
				{numRuns: 60_000, seed: 7},
			)
			.filter(command => command.includes('evil') && kind(command) === 'allow')
			.slice(0, 150);
		expect(allowed.length).toBeGreaterThan(50);
		expect(allowed.filter(run)).toEqual([]);
		// The oracle itself can see.
		expect(run('ls; evil')).toBe(true);
	});
});
