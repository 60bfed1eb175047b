import {describe, expect, test} from 'vitest';
import {compareTests} from '../../source/syntax/compare-tests.ts';

const told = (path: string, before: string | undefined, after: string | undefined) =>
	compareTests({path, before, after}).map(({kind, test: name, line, message}) => `${line} ${kind} [${name}] ${message}`);

const script = (body: string) =>
	`import {test, expect} from 'vitest';\ntest('adds', async () => {\n\t${body.replaceAll('\n', '\n\t')}\n});\n`;

const templateTable = (head: string, ...rows: readonly (readonly number[])[]) => {
	const lines = [head, ...rows.map(row => row.map(cell => `\${${cell}}`).join(' | '))];
	return `test.each\`\n${lines.map(line => `\t${line}\n`).join('')}\`('a', ({x, y}) => { expect(x).toBe(y); });`;
};

describe('tests of TypeScript', () => {
	test.each([
		[
			'a deleted test',
			"it('a', () => { expect(f()).toBe(1); });\nit('b', () => {});",
			"it('b', () => {});",
			['1 deleted-test [a] The test was deleted with 1 assertion.'],
		],
		[
			'a test of a nested suite',
			"describe('x', () => {\n\tdescribe('y', () => {\n\t\tit('z', () => { expect(f()).toBe(1); });\n\t});\n});",
			"describe('x', () => {});",
			['3 deleted-test [x > y > z] The test was deleted with 1 assertion.'],
		],
		[
			'it.skip',
			"it('a', () => { expect(f()).toBe(1); });",
			"it.skip('a', () => { expect(f()).toBe(1); });",
			['1 skipped [a] It is skipped now: it.skip.'],
		],
		[
			'a skipped suite is told once',
			"describe('s', () => {\n\tit('a', () => { f(); });\n\tit('b', () => { g(); });\n});",
			"describe.skip('s', () => {\n\tit('a', () => { f(); });\n\tit('b', () => { g(); });\n});",
			['1 skipped [s] It is skipped now: describe.skip.'],
		],
		[
			'xit, fit, todo, fails',
			"it('a', () => { f(); });\nit('b', () => { f(); });\nit('c', () => { f(); });\ntest('d', () => { f(); });",
			"xit('a', () => { f(); });\nfit('b', () => { f(); });\nit.todo('c', () => { f(); });\ntest.concurrent.fails('d', () => { f(); });",
			[
				'1 skipped [a] It is skipped now: xit.',
				'2 focused [b] It keeps all others from running now: fit.',
				'3 skipped [c] It is skipped now: it.todo.',
				'4 expected-to-fail [d] It is expected to fail now: test.fails.',
			],
		],
		[
			'a skip under a condition',
			"test('a', () => { f(); });",
			"test.skipIf(process.env.CI)('a', () => { f(); });",
			['1 skipped [a] It is skipped now: test.skipIf.'],
		],
		[
			'options of node:test',
			"test('a', () => { f(); });",
			"test('a', {skip: true, only: false}, () => { f(); });",
			['1 skipped [a] It is skipped now: {skip: true}.'],
		],
		[
			't.skip()',
			"test('a', t => { f(); });",
			"test('a', t => {\n\tt.skip('later');\n\tf();\n});",
			['2 skipped [a] It is skipped now: t.skip().'],
		],
		[
			'a new test that runs alone',
			"test('a', () => { f(); });",
			"test('a', () => { f(); });\ntest.only('b', () => { g(); });",
			['2 focused [b] It keeps all others from running now: test.only.'],
		],
		[
			'a test under a condition',
			"test('a', () => { f(); });",
			"if (process.env.X) {\n\ttest('a', () => { f(); });\n}",
			['1 skipped [a] It is skipped now: if (process.env.X).'],
		],
		[
			'a removed case',
			"test.each([[1, 2], [3, 4]])('a %i', (x, y) => { expect(f(x)).toBe(y); });",
			"test.each([[1, 2]])('a %i', (x, y) => { expect(f(x)).toBe(y); });",
			['1 removed-assertion [a %i] The case [3, 4] was removed.'],
		],
		[
			'a changed case',
			"const cases = [\n\t[1, 2],\n\t[3, 4],\n] as const;\ntest.each(cases)('a', (x, y) => { expect(f(x)).toBe(y); });",
			"const cases = [\n\t[1, 2],\n\t[3, 5],\n] as const;\ntest.each(cases)('a', (x, y) => { expect(f(x)).toBe(y); });",
			['3 weakened-assertion [a] The case [3, 4] became [3, 5].'],
		],
		[
			'a case of a template table',
			templateTable('x | y', [1, 2], [3, 4]),
			templateTable('x    | y', [1, 2]),
			[`1 removed-assertion [a] The case \${3} | \${4} was removed.`],
		],
		['a deleted file', "test('a', () => { f(); });", undefined, ['1 deleted-test [a] The test was deleted.']],
		[
			'a shared function',
			"function check(x) {\n\texpect(x).toBe(1);\n}\ntest('a', () => { check(f()); });",
			"function check(x) {\n\texpect(x).toBeDefined();\n}\ntest('a', () => { check(f()); });",
			['2 weakened-assertion [] expect(x).toBe(1) became expect(x).toBeDefined(), which demands less.'],
		],
	])('%s', (_, before, after, expected) => {
		expect(told('a.test.tsx', before, after)).toEqual(expected);
	});

	test.each([
		[
			'a weaker matcher',
			'expect(f(1)).toBe(2);',
			'expect(f(1)).toBeDefined();',
			['3 weakened-assertion expect(f(1)).toBe(2) became expect(f(1)).toBeDefined(), which demands less.'],
		],
		[
			'a negated matcher',
			'expect(f).toThrow(TypeError);',
			'expect(f).not.toThrow();',
			['3 weakened-assertion expect(f).toThrow(TypeError) became expect(f).not.toThrow(), which demands less.'],
		],
		[
			'any error',
			'expect(f).toThrow(TypeError);',
			'expect(f).toThrow();',
			['3 weakened-assertion expect(f).toThrow(TypeError) became expect(f).toThrow(), which demands less.'],
		],
		[
			'toStrictEqual',
			'expect(f()).toStrictEqual({a: 1});',
			'expect(f()).toEqual({a: 1});',
			['3 weakened-assertion expect(f()).toStrictEqual({a: 1}) became expect(f()).toEqual({a: 1}), which demands less.'],
		],
		[
			'strictEqual',
			'assert.strictEqual(f(), 3);',
			'assert.ok(f());',
			['3 weakened-assertion assert.strictEqual(f(), 3) became assert.ok(f()), which demands less.'],
		],
		[
			'a constant',
			'expect(f()).toBe(true);',
			'expect(true).toBe(true);',
			['3 weakened-assertion expect(f()).toBe(true) became expect(true).toBe(true), which cannot fail.'],
		],
		[
			'a changed literal',
			"expect(f<number>(1)).toBe('a');",
			"expect(f<number>(1)).toBe('b');",
			["3 weakened-assertion f<number>(1) was expected to be 'a' and is now expected to be 'b'."],
		],
		[
			'a changed literal of many lines',
			'expect(f()).toEqual({\n\ta: 1,\n\tb: [2],\n});',
			'expect(f()).toEqual({\n\ta: 1,\n\tb: [3],\n});',
			['3 weakened-assertion f() was expected to be {a: 1, b: [2]} and is now expected to be {a: 1, b: [3]}.'],
		],
		[
			'a literal behind a variable',
			'const wanted = 3;\nexpect(f()).toBe(wanted);',
			'const wanted = 4;\nexpect(f()).toBe(wanted);',
			['4 weakened-assertion f() was expected to be 3 and is now expected to be 4.'],
		],
		[
			'a result that became a literal',
			'const result = f();\nexpect(result).toBe(3);',
			'const result = 3;\nexpect(result).toBe(3);',
			['4 weakened-assertion expect(result).toBe(3) became expect(result).toBe(3), which cannot fail.'],
		],
		[
			'another thing that is checked',
			'expect(f(1)).toBe(3);',
			'expect(f(2)).toBe(3);',
			['3 weakened-assertion f(1) was checked, and now f(2) is.'],
		],
		[
			'a tolerance',
			'expect(f()).toBeCloseTo(0.3, 5);',
			'expect(f()).toBeCloseTo(0.3, 1);',
			['3 weakened-assertion The tolerance changed from 0.3, 5 to 0.3, 1.'],
		],
		[
			'a bound',
			'expect(f()).toBeLessThan(3);',
			'expect(f()).toBeLessThan(30);',
			['3 weakened-assertion f() was expected to be 3 and is now expected to be 30.'],
		],
		[
			'an operator in assert',
			'assert(f() === 3);',
			'assert(f() !== 4);',
			['3 weakened-assertion assert(f() === 3) became assert(f() !== 4), which demands less.'],
		],
		[
			'chai',
			'expect(f()).to.equal(3);',
			'expect(f()).to.be.ok;',
			['3 weakened-assertion expect(f()).to.equal(3) became expect(f()).to.be.ok, which demands less.'],
		],
		[
			'should',
			'f().should.equal(3);',
			'f().should.exist;',
			['3 weakened-assertion f().should.equal(3) became f().should.exist, which demands less.'],
		],
		[
			'null and undefined',
			'expect(f()).toBeNull();',
			'expect(f()).toBeUndefined();',
			['3 weakened-assertion expect(f()).toBeNull() became expect(f()).toBeUndefined().'],
		],
		[
			'a removed assertion',
			'expect(f()).toBe(1);\nexpect(g()).toBe(2);',
			'expect(f()).toBe(1);',
			['2 removed-assertion expect(g()).toBe(2) was removed.'],
		],
		['an emptied test', 'expect(f()).toBe(1);', '', ['2 emptied Its only assertion was removed.']],
		[
			'a commented test',
			'expect(f()).toBe(1);\nexpect(f()).toBe(1);',
			'// expect(f()).toBe(1);',
			['2 emptied All of its 2 assertions were removed.'],
		],
		[
			'a try',
			'expect(f()).toBe(1);',
			'try {\n\texpect(f()).toBe(1);\n} catch {}',
			['4 weakened-assertion expect(f()).toBe(1) may fail unseen now: what it throws is caught.'],
		],
		[
			'a condition',
			'expect(f()).toBe(1);',
			'if (x) {\n\texpect(f()).toBe(1);\n}',
			['4 weakened-assertion expect(f()).toBe(1) runs only under a condition now.'],
		],
		[
			'an early return',
			'expect(f()).toBe(1);',
			'if (process.env.CI) return;\nexpect(f()).toBe(1);',
			['4 weakened-assertion expect(f()).toBe(1) may not be reached now: a return stands before it.'],
		],
		[
			'a lost await',
			'await expect(p).resolves.toBe(1);',
			'expect(p).resolves.toBe(1);',
			['3 weakened-assertion expect(p).resolves.toBe(1) is not awaited any more, so that its failure is not seen.'],
		],
		[
			'an assertion in a property',
			'fc.assert(fc.property(fc.nat(), n => {\n\texpect(f(n)).toBe(n);\n}));',
			'fc.assert(fc.property(fc.nat(), n => {\n\texpect(f(n)).toBeDefined();\n}));',
			['4 weakened-assertion expect(f(n)).toBe(n) became expect(f(n)).toBeDefined(), which demands less.'],
		],
		[
			'a text in JSX',
			'expect(show(<A b="c">d</A>)).toBe(1);',
			'expect(show(<A b="c">e</A>)).toBe(1);',
			["3 weakened-assertion show(<A b = 'c'>d</A>) was checked, and now show(<A b = 'c'>e</A>) is."],
		],
	])('%s', (_, before, after, expected) => {
		expect(told('a.test.tsx', script(before), script(after))).toEqual(expected.map(line => line.replace(/^(\d+ \S+)/, '$1 [adds]')));
	});

	test.each([
		[
			'formatting',
			"expect(f('a', [1, 2])).toEqual({a: 1, b: x => x});",
			'expect(\n\tf("a", [\n\t\t1,\n\t\t2,\n\t]),\n).toEqual({\n\ta: 1,\n\tb: (x) => x,\n})',
		],
		['brackets around JSX', 'expect(f(<A />)).toBe(1);', 'expect(\n\tf(\n\t\t(<A />)\n\t)\n).toBe(1)'],
		['comments', 'expect(f()).toBe(1);', '// why\nexpect(f(/* no argument */)).toBe(1); // so'],
		['order', 'expect(f()).toBe(1);\nexpect(g()).toBe(2);', 'expect(g()).toBe(2);\nexpect(f()).toBe(1);'],
		['more assertions', 'expect(f()).toBe(1);', 'expect(f()).toBe(1);\nexpect(g()).toBe(2);'],
		['a stronger matcher', 'expect(f()).toBeTruthy();', 'expect(f()).toBe(1);'],
		['toBe and toEqual', "expect(f()).toBe('a');", "expect(f()).toEqual('a');"],
		['a renamed variable', 'const a = f();\nexpect(a).toBe(1);', 'const sum = f();\nexpect(sum).toBe(1);'],
		['an inlined variable', 'const a = f();\nexpect(a).toBe(1);', 'expect(f()).toBe(1);'],
		['another preparation', 'const a = make(1);\nexpect(f(a)).toBe(1);', 'const a = make({count: 1});\nexpect(f(a)).toBe(1);'],
		['a catch that fails', 'expect(f()).toBe(1);', 'try {\n\texpect(f()).toBe(1);\n} catch (error) {\n\tthrow new Error(error);\n}'],
		['a callback with its own return', 'expect(f()).toBe(1);', 'const a = g(() => {\n\treturn 1;\n});\nexpect(f()).toBe(1);'],
		['a message of an assertion', "assert.ok(f(), 'a');", "assert.ok(f(), 'b');"],
		['a removed constant', 'expect(f()).toBe(1);\nexpect(true).toBe(true);', 'expect(f()).toBe(1);'],
	])('%s is no finding', (_, before, after) => {
		expect(told('a.test.tsx', script(before), script(after))).toEqual([]);
		expect(told('a.test.tsx', script(before).replaceAll('\n', '\r\n'), `\uFEFF${script(after)}`)).toEqual([]);
	});

	test('a renamed or moved test is no finding, in this file or in another', () => {
		const before = "test('old name', () => {\n\texpect(f(1)).toBe(2);\n});\n";
		const after = before.replace('old', 'new');
		expect(told('a.test.ts', before, after)).toEqual([]);
		expect(told('a.test.ts', before, `describe('suite', () => {\n${before}});\n`)).toEqual([]);
		expect(compareTests({path: 'a.test.ts', before, after: ''}, [{path: 'b.test.ts', before: undefined, after}])).toEqual([]);
		expect(compareTests({path: 'a.test.ts', before, after: ''}, [{path: 'b.test.ts', before: after, after}])).toHaveLength(1);
	});

	test('of two tests with one name the right one is missed', () => {
		const one = "test('a', () => {\n\texpect(f(1)).toBe(2);\n});\n";
		const two = "test('a', () => {\n\texpect(g(1)).toBe(3);\n});\n";
		expect(told('a.test.ts', one + two, two)).toEqual(['1 deleted-test [a] The test was deleted with 1 assertion.']);
		expect(told('a.test.ts', one + two, one)).toEqual(['4 deleted-test [a] The test was deleted with 1 assertion.']);
	});

	test('a new file, new tests and the same text are no finding', () => {
		const text = script('expect(f()).toBe(1);');
		expect(told('a.test.ts', undefined, text)).toEqual([]);
		expect(told('a.test.ts', text, `${text}test.skip('later', () => {});\n`)).toEqual([]);
		expect(told('a.test.ts', text, text)).toEqual([]);
	});
});

const python = (body: string) => `import pytest\n\ndef test_a():\n    ${body.replaceAll('\n', '\n    ')}\n`;
const inClass = (decorator: string, body: string) =>
	`${decorator}class TestA(unittest.TestCase):\n    def setUp(self):\n        self.x = 1\n\n    async def test_b(self):\n        ${body}\n`;

describe('tests of Python', () => {
	test.each([
		[
			'no comparison',
			'assert f(1) == 2',
			'assert f(1)',
			['4 weakened-assertion [test_a] assert f(1) == 2 became assert f(1), which demands less.'],
		],
		[
			'a constant',
			'assert f(1) == 2',
			'assert True',
			['4 weakened-assertion [test_a] assert f(1) == 2 became assert True, which cannot fail.'],
		],
		[
			'a tuple',
			'assert f(1) == 2',
			'assert (f(1) == 3, "no")',
			['4 weakened-assertion [test_a] assert f(1) == 2 became assert (f(1) == 3, "no"), which cannot fail.'],
		],
		[
			'a changed literal',
			'assert f(1) == 2',
			'assert f(1) == 3',
			['4 weakened-assertion [test_a] f(1) was expected to be 2 and is now expected to be 3.'],
		],
		[
			'a literal behind a variable',
			'wanted = 1\nassert f() == wanted',
			'wanted = 2\nassert f() == wanted',
			['5 weakened-assertion [test_a] f() was expected to be 1 and is now expected to be 2.'],
		],
		[
			'a tolerance',
			'assert f() == pytest.approx(1.5, rel=1e-6)',
			'assert f() == pytest.approx(1.5, rel=0.5)',
			['4 weakened-assertion [test_a] The tolerance changed from pytest.approx(1.5, rel = 1e-6) to pytest.approx(1.5, rel = 0.5).'],
		],
		[
			'any exception',
			'with pytest.raises(ValueError, match="a"):\n    f()',
			'with pytest.raises(Exception):\n    f()',
			['4 weakened-assertion [test_a] pytest.raises(ValueError, match="a") became pytest.raises(Exception), which demands less.'],
		],
		[
			'another exception',
			'with pytest.raises(ValueError):\n    f()',
			'with pytest.raises(KeyError):\n    f()',
			['4 weakened-assertion [test_a] f() was expected to be ValueError and is now expected to be KeyError.'],
		],
		['no exception', 'with pytest.raises(ValueError):\n    f()', 'f()', ['3 emptied [test_a] Its only assertion was removed.']],
		[
			'a try',
			'assert f() == 1',
			'try:\n    assert f() == 1\nexcept AssertionError:\n    pass',
			['5 weakened-assertion [test_a] assert f() == 1 may fail unseen now: what it throws is caught.'],
		],
		[
			'suppress',
			'assert f() == 1',
			'with suppress(Exception):\n    assert f() == 1',
			['5 weakened-assertion [test_a] assert f() == 1 may fail unseen now: what it throws is caught.'],
		],
		[
			'a return',
			'assert f() == 1',
			'return\nassert f() == 1',
			['5 weakened-assertion [test_a] assert f() == 1 may not be reached now: a return stands before it.'],
		],
		[
			'a condition',
			'assert f() == 1',
			'if x:\n    assert f() == 1',
			['5 weakened-assertion [test_a] assert f() == 1 runs only under a condition now.'],
		],
		['pytest.skip', 'assert f() == 1', 'pytest.skip("x")\nassert f() == 1', ["4 skipped [test_a] It is skipped now: pytest.skip('x')."]],
		[
			'a mock',
			'mock.assert_called_once_with(1, a=2)',
			'mock.assert_called()',
			['4 weakened-assertion [test_a] mock.assert_called_once_with(1, a=2) became mock.assert_called(), which demands less.'],
		],
		[
			'a negation',
			'assert f() in (1, 2)',
			'assert f() not in (3,)',
			['4 weakened-assertion [test_a] assert f() in (1, 2) became assert f() not in (3,), which demands less.'],
		],
		[
			'numpy',
			'np.testing.assert_allclose(f(), 1.0, rtol=1e-7)',
			'np.testing.assert_allclose(f(), 1.0, rtol=1)',
			['4 weakened-assertion [test_a] The tolerance changed from 1.0, rtol = 1e-7 to 1.0, rtol = 1.'],
		],
		[
			'formatting',
			'assert f("a", [1, 2]) == {"a": 1}',
			"assert f(\n    'a',\n    [\n        1,\n        2,\n    ],\n) == {\n    'a': 1,\n}",
			[],
		],
		['brackets and comments', 'assert f() == 1  # x', 'assert (f() == 1)', []],
		['a message', 'assert f() == 1, "m"', 'assert f() == 1, "n"', []],
		['a renamed variable', 'a = f()\nassert a == 1', 'b = f()\nassert b == 1', []],
		['a stronger comparison', 'assert f()', 'assert f() == 1', []],
	])('%s', (_, before, after, expected) => {
		expect(told('test_a.py', python(before), python(after))).toEqual(expected);
		expect(told('test_a.py', python(before).replaceAll('\n', '\r\n'), `\uFEFF${python(after)}`)).toEqual(expected);
	});

	test.each([
		[
			'assertTrue',
			inClass('', 'self.assertEqual(f(), 1)'),
			inClass('', 'self.assertTrue(f())'),
			['6 weakened-assertion [TestA > test_b] self.assertEqual(f(), 1) became self.assertTrue(f()), which demands less.'],
		],
		[
			'places',
			inClass('', 'self.assertAlmostEqual(f(), 1, places=7)'),
			inClass('', 'self.assertAlmostEqual(f(), 1, places=1)'),
			['6 weakened-assertion [TestA > test_b] The tolerance changed from 1, places = 7 to 1, places = 1.'],
		],
		[
			'a changed literal, not its message',
			inClass('', 'self.assertEqual(f(), 1, "a")'),
			inClass('', 'self.assertEqual(f(), 2, "b")'),
			['6 weakened-assertion [TestA > test_b] f() was expected to be 1 and is now expected to be 2.'],
		],
		[
			'a skipped class',
			inClass('', 'self.assertEqual(f(), 1)'),
			inClass('@unittest.skip("x")\n', 'self.assertEqual(f(), 1)'),
			["1 skipped [TestA] It is skipped now: @unittest.skip('x')."],
		],
		[
			'a deleted class',
			inClass('', 'self.assertEqual(f(), 1)'),
			'',
			['5 deleted-test [TestA > test_b] The test was deleted with 1 assertion.'],
		],
		[
			'cases and marks',
			'@pytest.mark.parametrize("a,b", [(1, 2), (3, 4)])\ndef test_x(a, b):\n    assert f(a) == b\n',
			'@pytest.mark.xfail(reason="x")\n@pytest.mark.parametrize("a,b", [(1, 2)])\ndef test_x(a, b):\n    assert f(a) == b\n',
			[
				"1 expected-to-fail [test_x] It is expected to fail now: @pytest.mark.xfail(reason = 'x').",
				'3 removed-assertion [test_x] The case (3, 4) was removed.',
			],
		],
		[
			'a marked file',
			'def test_x():\n    assert f()\n',
			'pytestmark = pytest.mark.skip\ndef test_x():\n    assert f()\n',
			['1 skipped [] The file is skipped now: pytestmark = pytest.mark.skip.'],
		],
		[
			'a test under a condition',
			'def test_x():\n    assert f()\n',
			'if sys.platform == "x":\n    def test_x():\n        assert f()\n',
			["1 skipped [test_x] It is skipped now: if sys.platform == 'x'."],
		],
		['a moved test', 'def test_x():\n    assert f() == 12345\n', 'class TestZ:\n    def test_y(self):\n        assert f() == 12345\n', []],
		[
			'a helper',
			'def check(x):\n    assert x == 1\n\ndef test_x():\n    check(f())\n',
			'def check(x):\n    assert x\n\ndef test_x():\n    check(f())\n',
			['2 weakened-assertion [] assert x == 1 became assert x, which demands less.'],
		],
	])('%s', (_, before, after, expected) => {
		expect(told('test_a.py', before, after)).toEqual(expected);
	});
});

const go = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n\t${body.replaceAll('\n', '\n\t')}\n}\n`;
const rust = (above: string, body: string) =>
	`#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n${above}    fn adds() {\n        ${body}\n    }\n}\n`;

describe('tests by line', () => {
	test.each([
		[
			'Go: a changed condition',
			go('if got := f(1); got != 2 {\n\tt.Errorf("no", got)\n}'),
			go('if got := f(1); got > 9 {\n\tt.Errorf("no", got)\n}'),
			['5 weakened-assertion [TestA] if got := f(1);got != 2 became if got := f(1);got > 9, which demands less.'],
		],
		['Go: an emptied test', go('if got != 2 {\n\tt.Fatal("no")\n}'), go('_ = got'), ['3 emptied [TestA] Its only assertion was removed.']],
		[
			'Go: a weaker assertion',
			go('require.Equal(t, 2, f(1))'),
			go('require.NotNil(t, f(1))'),
			['4 weakened-assertion [TestA] require.Equal(t, 2, f(1)) became require.NotNil(t, f(1)), which demands less.'],
		],
		[
			'Go: a changed literal',
			go('assert.Equal(t, 2, f(1))'),
			go('assert.Equal(t, 3, f(1))'),
			['4 weakened-assertion [TestA] f(1) was expected to be 2 and is now expected to be 3.'],
		],
		[
			'Go: a skip',
			go('assert.Equal(t, 2, f(1))'),
			go('t.Skip("x")\nassert.Equal(t, 2, f(1))'),
			['4 skipped [TestA] It is skipped now: t.Skip("x").'],
		],
		['Go: formatting and messages', go('assert.Equal(t, 2, f(1), "a")'), go('assert.Equal(\n\tt,\n\t2,\n\tf(1),\n\t"b",\n)'), []],
		[
			'Go: a removed case',
			go('tests := []struct{a, b int}{\n\t{1, 2},\n\t{3, 4},\n}\nassert.Equal(t, 1, f())'),
			go('tests := []struct{a, b int}{\n\t{1, 2},\n}\nassert.Equal(t, 1, f())'),
			['3 removed-assertion [TestA] The case {3, 4} was removed.'],
		],
		[
			'Go: a comment is no assertion',
			go('assert.Equal(t, 2, f(1))\nassert.Equal(t, 3, f(2))'),
			go('assert.Equal(t, 2, f(1))\n// assert.Equal(t, 3, f(2))'),
			['3 removed-assertion [TestA] assert.Equal(t, 3, f(2)) was removed.'],
		],
		['Go: a deleted test', go('x()'), 'package a\n', ['3 deleted-test [TestA] The test was deleted.']],
		[
			'Rust: a changed literal',
			rust('', 'assert_eq!(f(1), 2);'),
			rust('', 'assert_eq!(f(1), 3);'),
			['7 weakened-assertion [adds] f(1) was expected to be 2 and is now expected to be 3.'],
		],
		[
			'Rust: another assertion',
			rust('', 'assert_eq!(f(1), 2);'),
			rust('', 'assert!(f(1) > 0);'),
			['6 removed-assertion [adds] assert_eq!(f(1), 2); was removed.'],
		],
		[
			'Rust: a constant',
			rust('', 'assert!(f());'),
			rust('', 'assert!(true);'),
			['7 weakened-assertion [adds] assert!(f()); became assert!(true);, which cannot fail.'],
		],
		[
			'Rust: ignore',
			rust('', 'assert_eq!(f(1), 2);'),
			rust('    #[ignore]\n', 'assert_eq!(f(1), 2);'),
			['6 skipped [adds] It is skipped now: #[ignore].'],
		],
		[
			'Rust: should_panic',
			rust('', 'assert_eq!(f(1), 2);'),
			rust('    #[should_panic]\n', 'assert_eq!(f(1), 2);'),
			['6 expected-to-fail [adds] It is expected to fail now: #[should_panic].'],
		],
		[
			'Rust: no test any more',
			rust('', 'assert_eq!(f(1), 2);'),
			rust('', 'assert_eq!(f(1), 2);').replace('    #[test]\n', ''),
			['6 deleted-test [adds] The test was deleted with 1 assertion.'],
		],
		[
			'Rust: formatting',
			rust('', 'assert_eq!(f(1), vec!["a", "b"]);'),
			rust('', 'assert_eq!(\n            f(1),\n            vec!["a", "b"],\n        );'),
			[],
		],
	])('%s', (name, before, after, expected) => {
		expect(told(name.startsWith('Go') ? 'a_test.go' : 'a.rs', before, after)).toEqual(expected);
	});

	test('Ruby, Java, C# and PHP', () => {
		const ruby = "describe A do\n  it 'adds' do\n    expect(f(1)).to eq(2)\n  end\n\n  it 'b' do\n    expect(g).to eq(1)\n  end\nend\n";
		expect(told('a_spec.rb', ruby, "describe A do\n  xit 'adds' do\n    expect(f(1)).to be_truthy\n  end\nend\n")).toEqual([
			'6 deleted-test [b] The test was deleted with 1 assertion.',
			"2 skipped [adds] It is skipped now: xit 'adds' do.",
			'3 weakened-assertion [adds] expect(f(1)).to eq(2) became expect(f(1)).to be_truthy, which demands less.',
		]);
		const java = 'class ATest {\n  @Test\n  void adds() {\n    assertEquals(2, f(1));\n    assertThat(g()).isEqualTo(3);\n  }\n}\n';
		expect(
			told('ATest.java', java, java.replace('@Test', '@Test @Disabled').replace('2', '3').replace('isEqualTo(3)', 'isNotNull()')),
		).toEqual([
			'2 skipped [adds] It is skipped now: @Test @Disabled.',
			'4 weakened-assertion [adds] f(1) was expected to be 2 and is now expected to be 3.',
			'5 weakened-assertion [adds] assertThat(g()).isEqualTo(3); became assertThat(g()).isNotNull();, which demands less.',
		]);
		const sharp = 'class A {\n  [Fact]\n  public void Adds() {\n    Assert.Equal(2, F(1));\n  }\n}\n';
		expect(told('A.cs', sharp, sharp.replace('Equal(2, F(1))', 'True(true)'))).toEqual([
			'4 weakened-assertion [Adds] Assert.Equal(2, F(1)); became Assert.True(true);, which cannot fail.',
		]);
		const php = '<?php\nclass A {\n  public function testAdds() {\n    $this->assertSame(2, f(1));\n  }\n}\n';
		expect(told('ATest.php', php, php.replace('2', '3'))).toEqual([
			'4 weakened-assertion [testAdds] f(1) was expected to be 2 and is now expected to be 3.',
		]);
	});
});
