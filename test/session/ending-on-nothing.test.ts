import {expect, test} from 'vitest';
import type {TestCase} from '../../source/protocol/test-report.ts';
import {endingOnNothing} from '../../source/session/crashing-tests.ts';

const sources: Readonly<Record<string, string>> = {
	'a.test.ts': "test('works', () => {\n\texpect(parse('a').title).toBe('a');\n});\n",
	'test_a.py': 'def works():\n    pass\n\ndef test_a():\n    assert parse("a")["title"] == "a"\n',
	'a_test.go': 'func TestA(t *testing.T) {\n\tif parse("a").Title != "a" {\n\t\tt.Error("no")\n\t}\n}\n',
	'tests/a.rs': '#[test]\nfn a() {\n    assert_eq!(parse("a").unwrap(), 1);\n}\n',
};

function failing(file: string, message: string, place = file): TestCase {
	const inBody = !message.startsWith('panic: ');
	return {id: message, name: 'works', file, status: 'failed', failure: {message, kind: 'error', inBody, file: place, line: 2}};
}

async function red(...tests: readonly TestCase[]): Promise<readonly string[]> {
	const files = {read: async (path: string) => sources[path], list: async () => Object.keys(sources)};
	return (await endingOnNothing(files, tests)).map(({id}) => id);
}

test('an operation on nothing in a line of the test is told from other errors, in each language', async () => {
	const onNothing = [
		failing('a.test.ts', "TypeError: Cannot read properties of undefined (reading 'title')"),
		failing('a.test.ts', "Cannot destructure property 'a' of 'parse(...)' as it is undefined."),
		failing('a.test.ts', 'TypeError: parse(...) is not iterable'),
		failing('a.test.ts', "TypeError: null is not an object (evaluating 'parse().title')"),
		failing('test_a.py', "TypeError: 'NoneType' object is not subscriptable"),
		failing('test_a.py', "AttributeError: 'NoneType' object has no attribute 'title'"),
		failing('a_test.go', 'panic: runtime error: invalid memory address or nil pointer dereference [recovered]'),
		failing('tests/a.rs', 'called `Option::unwrap()` on a `None` value'),
		failing('tests/a.rs', 'called `Result::unwrap()` on an `Err` value: Unknown'),
	];
	const others = [
		failing('a.test.ts', 'TypeError: parse(...).titel is not a function'),
		failing('a.test.ts', 'ReferenceError: pars is not defined'),
		failing('a.test.ts', "TypeError: Cannot read properties of undefined (reading 'b')", 'src/a.ts'),
		failing('test_a.py', "NameError: name 'pars' is not defined"),
		failing('test_a.py', "KeyError: 'NoneType'"),
		failing('a_test.go', 'panic: runtime error: index out of range [0] with length 0'),
		failing('tests/a.rs', 'attempt to add with overflow'),
	];
	expect(await red(...onNothing, ...others)).toEqual(onNothing.map(({id}) => id));
});
