import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compareTests} from '../../source/syntax/compare-tests.ts';
import {testInventory} from '../../source/syntax/test-inventory.ts';
import {isSnapshot, isTestConfiguration} from '../../source/syntax/test-paths.ts';

// What stands for a value in a template, which must not be taken for one here.
const hole = ['$', '{b}'].join('');

describe('the inventory', () => {
	test('names tests as vitest does, counts assertions, and finds those that cannot fail', () => {
		const text = [
			"describe('s', () => {",
			"\tit('a', () => {",
			'\t\texpect(true).toBe(true);',
			'\t\texpect(x).toBe(x);',
			'\t\texpect(f());',
			'\t\tassert.ok(1);',
			'\t\texpect(f(1)).toBe(f(1));',
			'\t});',
			"\tit.skip('b', () => {});",
			"\tit('c', () => { f(); });",
			"\tit('d', () => { expectRow(1); return request(app).expect(200); });",
			"\tit.todo('e');",
			'});',
		].join('\n');
		expect(testInventory('a.test.ts', text)).toEqual([
			{
				name: 's > a',
				line: 2,
				endLine: 8,
				assertions: 5,
				modifiers: [],
				tautologies: [
					{line: 3, code: 'expect(true).toBe(true)'},
					{line: 4, code: 'expect(x).toBe(x)'},
					{line: 5, code: 'expect(f())'},
					{line: 6, code: 'assert.ok(1)'},
				],
			},
			{
				name: 's > b',
				line: 9,
				endLine: 9,
				assertions: 0,
				modifiers: [{kind: 'skipped', owner: 's > b', line: 9, written: 'it.skip'}],
				tautologies: [],
			},
			{name: 's > c', line: 10, endLine: 10, assertions: 0, modifiers: [], tautologies: [{line: 10, code: ''}]},
			{name: 's > d', line: 11, endLine: 11, assertions: 2, modifiers: [], tautologies: []},
			{
				name: 's > e',
				line: 12,
				endLine: 12,
				assertions: 0,
				modifiers: [{kind: 'skipped', owner: 's > e', line: 12, written: 'it.todo'}],
				tautologies: [],
			},
		]);
	});

	test('a variable that may have changed since can fail', () => {
		const fills = 'const seen = [];\nwatch(path => seen.push(path));\nexpect(seen).toEqual([]);';
		const counts = 'const first = made.length;\nmake();\nexpect(made.length).toBe(first);';
		expect(
			testInventory('a.test.ts', `it('a', () => {\n${fills}\n${counts}\nconst a = 1;\nexpect(a).toBe(1);\n});`)[0]?.tautologies,
		).toEqual([{line: 9, code: 'expect(a).toBe(1)'}]);
	});

	test('finds what cannot fail in Python', () => {
		const text =
			"def test_a():\n    assert True\n    assert 'x'\n    assert (f(), 'm')\n    assert x == x\n    assert f() == 1\n\ndef test_b():\n    f()\n";
		expect(
			testInventory('test_a.py', text).map(({name, assertions, tautologies}) => [name, assertions, tautologies.map(({line}) => line)]),
		).toEqual([
			['test_a', 5, [2, 3, 4, 5]],
			['test_b', 0, [8]],
		]);
	});

	test.each([
		[
			'escaped and made names',
			"it('it\\'s', () => { f(); });\nit(name, () => { f(); });\nit(`a HOLE`, () => { f(); });".replace('HOLE', hole),
			["it's", 'name', `a ${hole}`],
		],
		['subtests of node:test', "test('a', async t => {\n\tawait t.test('b', () => { f(); });\n});", ['a', 'a > b']],
		[
			'each with type arguments',
			"describe.each<[number]>([[1]])('s %i', () => {\n\ttest.for([1])('a', () => { f(); });\n});",
			['s %i > a'],
		],
		[
			'what only looks like a test',
			"test.beforeEach(() => {});\nit.each([1]);\nconst a = regex.test('x', () => {});\n// it('c', () => {})\nconst b = \"it('d', () => {})\";",
			[],
		],
	])('%s', (_, text, names) => {
		expect(testInventory('a.test.ts', text).map(({name}) => name)).toEqual(names);
	});

	test('other files have no tests', () => {
		expect(testInventory('README.md', "it('a', () => {})")).toEqual([]);
	});
});

describe('paths', () => {
	test.each([
		'vitest.config.ts',
		'a/jest.config.unit.cjs',
		'vitest.workspace.js',
		'.mocharc.yml',
		'conftest.py',
		'tests/conftest.py',
		'pyproject.toml',
		'pytest.ini',
		'setup.cfg',
		'tox.ini',
		'a\\vitest.setup.ts',
		'src/setupTests.ts',
	])('%s decides how tests run', path => {
		expect(isTestConfiguration(path)).toBe(true);
	});

	test.each(['package.json', 'tsconfig.json', 'go.mod', 'src/config.ts', 'vitest.config.md', 'myconftest.py', 'a.test.ts'])(
		'%s does not',
		path => {
			expect(isTestConfiguration(path)).toBe(false);
		},
	);

	test.each([
		'test/__snapshots__/a.test.ts.snap',
		'src/snapshots/a.snap',
		'tests/__snapshots__/test_a.ambr',
		'testdata/a.golden',
		'testdata/deep/a.golden.json',
		'a.snap.new',
	])('%s is a snapshot', path => {
		expect(isSnapshot(path)).toBe(true);
	});

	test.each(['testdata/a.json', 'snap.ts', 'golden/a.txt'])('%s is none', path => {
		expect(isSnapshot(path)).toBe(false);
	});
});

describe('any text', () => {
	const pieces =
		"it('a', () => { expect(x).toBe(1); }); describe.skip( test.each([ def test_a(): \\n\\t assert x == @pytest.mark.skip class TestA: func TestA(t) { #[test] fn a() try if return ` ' )); /* // # \uFEFF <A> $ { await".split(
			' ',
		);
	const scraps = fc
		.array(fc.oneof(fc.constantFrom(...pieces, '\n', '\n    '), fc.string({maxLength: 4})), {maxLength: 40})
		.map(parts => parts.join(' '));
	const paths = fc.constantFrom('a.ts', 'a.tsx', 'a.py', 'a.go', 'a.rs', 'a.rb', 'a.php', 'a.java', 'a.cs', 'a.md');

	test('is read and compared without throwing; with itself it gives nothing, and with more after it nothing is deleted', () => {
		fc.assert(
			fc.property(scraps, scraps, paths, (before, after, path) => {
				testInventory(path, before);
				expect(compareTests({path, before, after: before})).toEqual([]);
				expect(compareTests({path, before: `${before}\n`, after: `${before}\n\n`})).toEqual([]);
				for (const {line, message} of compareTests({path, before, after})) {
					expect(line).toBeGreaterThan(0);
					expect(message).not.toContain('\n');
				}
			}),
			{numRuns: 1500},
		);
	});

	const suite = (count: number, last: number) =>
		`describe('s', () => {\n${Array.from({length: count}, (_, at) => `\tit('t${at}', () => {\n\t\tconst a = f(${at});\n\t\texpect(a).toBe(${at % 7});\n\t});\n`).join('')}\texpect(${last});\n});\n`;

	test.each([
		['20,000 lines', 'a.ts', suite(5000, 1), suite(4999, 2)],
		[
			'one test of 20,000 lines',
			'a.ts',
			`it('a', () => {\n${'\texpect(f(1)).toBe(2);\n'.repeat(20_000)}});`,
			`it('a', () => {\n${'\texpect(f(1)).toBe(3);\n'.repeat(20_000)}});`,
		],
		[
			'20,000 lines of Python',
			'a.py',
			'def test_a():\n    a = f(1)\n    assert a == 1\n\n'.repeat(5000),
			'def test_a():\n    a = f(1)\n    assert a\n\n'.repeat(5000),
		],
		[
			'20,000 lines of Go',
			'a.go',
			'func TestA(t *testing.T) {\n\tassert.Equal(t, 1, f())\n}\n'.repeat(6000),
			'func TestA(t *testing.T) {\n'.repeat(20_000),
		],
		['20,000 lines of Ruby', 'a.rb', "it 'a' do\n  expect(1).to eq(1)\n".repeat(10_000), ''],
		['nested suites', 'a.ts', "describe('a', () => {".repeat(4000), ''],
		['nested assertions', 'a.ts', 'expect('.repeat(15_000), ''],
		['nested chains', 'a.ts', `expect(a)${'.to.be(1)'.repeat(8000)}`, ''],
		[
			'doubling variables',
			'a.ts',
			`it('a', () => {\n${Array.from({length: 3000}, (_, at) => `const a${at + 1} = a${at} + a${at};`).join('\n')}\nexpect(a3000).toBe(1);\n});`,
			'',
		],
		['nested blocks', 'a.py', Array.from({length: 900}, (_, at) => `${' '.repeat(at)}if x:`).join('\n'), ''],
	])('%s take seconds at most', (_, path, before, after) => {
		const started = process.cpuUsage();
		compareTests({path, before, after});
		// Time of the processor, so that a busy machine changes nothing.
		expect(process.cpuUsage(started).user / 1000).toBeLessThan(8000);
	});
});
