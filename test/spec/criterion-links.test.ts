import fc from 'fast-check';
import {expect, test} from 'vitest';
import {criterionLinks, mayHoldTests} from '../../source/spec/criterion-links.ts';

const found = (file: string, text: string, isOnly = true) =>
	criterionLinks(file, text, {spec: 'sums', isOnly}).map(({criterion, line, name}) => `${line} ${criterion} ${name}`);

test.each([
	['the name of a test', 'a.test.js', "test('adds [1.1]', () => {});", ['1 1.1 adds [1.1]']],
	['several criteria of one test', 'a.test.js', "it('adds [1.1, 2.3a]', f);", ['1 1.1 adds [1.1, 2.3a]', '1 2.3a adds [1.1, 2.3a]']],
	['a named spec', 'a.test.js', 'it("adds [sums 1.1]", f);', ['1 1.1 adds [sums 1.1]']],
	['another spec', 'a.test.js', 'it("adds [other 1.1]", f);', []],
	['a comment above a test', 'a.test.js', "// [1.1] and more\ntest('adds', () => {});", ['1 1.1 adds']],
	['a comment inside a test', 'a.test.js', "test('adds', () => {\n\t// [1.1]\n\tf();\n});\ntest('next', f);", ['2 1.1 adds']],
	['a docstring', 'test_a.py', 'def test_adds():\n    """Adds [1.1]."""\n\ndef test_next():\n    pass\n', ['2 1.1 test_adds']],
	[
		'a docstring of several lines',
		'test_a.py',
		'def test_adds():\n    """Adds.\n\n    [1.1]\n    """\n    assert x == [1.1]\n',
		['4 1.1 test_adds'],
	],
	['a comment above a function of Rust', 'src/lib.rs', '// [1.1]\n#[test]\nfn adds() {}\n', ['1 1.1 adds']],
	['a subtest of Go', 'a_test.go', '\tt.Run("adds [1.1]", func(t *testing.T) {})', ['1 1.1 adds [1.1]']],
	['a comment without a test near it', 'a.test.js', '// [1.1]\n', ['1 1.1 ']],
	['a number in brackets is code', 'a.test.js', 'expect(x).toEqual([1.1]);\nconst a = b[1.5];', []],
	['CRLF and a long line', 'a.test.js', `${'x'.repeat(3000)} // [1.1]\r\ntest('a [1.2]', f);\r\n`, ['2 1.2 a [1.2]']],
])('a link is read from %s', (_what, file, text, expected) => {
	expect(found(file, text)).toEqual(expected);
});

test('a bare id is no link while several specs share a project', () => {
	expect(found('a.test.js', "test('adds [1.1]', f);\ntest('takes [sums 1.2]', f);", false)).toEqual(['2 1.2 takes [sums 1.2]']);
});

test('tests are looked for in test files, and in Rust beside the code', () => {
	const paths = [
		'test/a.js',
		'src/a.spec.ts',
		'test_a.py',
		'a_test.go',
		'src/ATest.java',
		'src/lib.rs',
		'src/a.ts',
		'test/a.md',
		'.kiro/specs/a/test/a.js',
	];
	expect(paths.filter(mayHoldTests)).toEqual(['test/a.js', 'src/a.spec.ts', 'test_a.py', 'a_test.go', 'src/ATest.java', 'src/lib.rs']);
});

test('any text is read, and every link names a line of it', () => {
	const piece = fc.constantFrom('[1.1]', '[sums 2.3]', "test('", "', f)", '// ', '"""', '\n', '`', 'def a():', '{', '\\', ' ');
	fc.assert(
		fc.property(fc.array(fc.oneof(piece, fc.string())), pieces => {
			const text = pieces.join('');
			for (const {line} of criterionLinks('a.test.js', text, {spec: 'sums', isOnly: true})) {
				expect(text.split('\n')[line - 1]).toBeDefined();
			}
		}),
	);
});
