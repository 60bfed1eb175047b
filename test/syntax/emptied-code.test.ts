import {expect, test} from 'vitest';
import {emptiedCode} from '../../source/syntax/index.ts';

const everyLine = Array.from({length: 20}, (_, index) => index + 1);

test.each([
	['a.js', 'export function add(a, b) {\n\treturn a + b;\n}\n', 'export function add(a, b) { return undefined; }\n'],
	[
		'a.ts',
		'export const add = (a: number, b: number): number => a + b;\n',
		'export const add = (a: number, b: number): number => (undefined as never);\n',
	],
	[
		'a.js',
		'export const f = async x => {\n\tconst g = () => 1;\n\treturn g();\n};\n',
		'export const f = async x => { return undefined; };\n',
	],
	[
		'a.js',
		'class A {\n\tconstructor() {\n\t\tthis.n = 1;\n\t}\n\tget() {\n\t\treturn this.n;\n\t}\n}\n',
		'class A {\n\tconstructor() {\n\t\tthis.n = 1;\n\t}\n\tget() { return undefined; }\n}\n',
	],
	[
		'a.py',
		'import os\n\ndef add(a, b):\n    """Adds."""\n    return a + b\n\nX = 1\n',
		'import os\n\ndef add(a, b): return None\n\n\nX = 1\n',
	],
	[
		'a.py',
		'class A:\n    def __init__(self):\n        self.n = 1\n\n    def get(self):\n        return self.n\n',
		'class A:\n    def __init__(self):\n        self.n = 1\n\n    def get(self): return None\n',
	],
])('%s: functions stay and do nothing', (path, text, emptied) => {
	expect(emptiedCode(path, text, {lines: everyLine})?.replace(/\n+/g, '\n')).toBe(emptied.replace(/\n+/g, '\n'));
});

test('a file without functions, and one of another language, has no emptied form', () => {
	expect(emptiedCode('a.js', 'export const a = 1;\n', {lines: everyLine})).toBeUndefined();
	expect(emptiedCode('a.go', 'func a() int { return 1 }\n', {lines: everyLine})).toBeUndefined();
});

test.each([
	['index.ts', "// All of it.\nimport {a} from './a.ts';\nexport {b} from './b.ts';\nexport * from './c.ts';\nexport {a};\n"],
	['__init__.py', '"""All of it."""\nfrom .a import b\nimport c\n__all__ = ["b", "c"]\n'],
])('%s, which only passes on names, stays as it is', (path, text) => {
	expect(emptiedCode(path, text, {lines: everyLine})).toBe(text);
	expect(emptiedCode(path, `${text}b = 1\n`, {lines: everyLine})).toBeUndefined();
});

test('functions that were there before stay as they are', () => {
	const text = 'export function old() {\n\treturn 1;\n}\n\nexport function fresh() {\n\treturn 2;\n}\n';
	expect(emptiedCode('a.js', text, {lines: [2, 5, 6, 7]})).toBe(text.replace('{\n\treturn 2;\n}', '{ return undefined; }'));
});

test.each([
	[
		'a.js',
		'export function report(rows) {\n\treturn rows.join();\n}\n',
		'export function report(rows, count) {\n\tconst lines = rows.join();\n\treturn count === undefined ? lines : lines + words(count);\n}\n\nfunction words(count) {\n\treturn count + 1;\n}\n',
		'export function report(rows) {\n\treturn rows.join();\n}\n\nfunction words(count) { return undefined; }\n',
	],
	[
		'a.ts',
		'export class A {\n\tget(): number {\n\t\treturn 1;\n\t}\n}\nexport const set = () => 1;\n',
		'export class A {\n\tget(): number {\n\t\treturn 2;\n\t}\n}\nexport const set = () => 2;\nexport const get = () => 2;\n',
		'export class A {\n\tget(): number {\n\t\treturn 1;\n\t}\n}\nexport const set = () => 1;\nexport const get = () => (undefined as never);\n',
	],
	[
		'a.py',
		'class A:\n    def get(self):\n        return 1\n',
		'class A:\n    def get(self):\n        return put(2)\n\ndef put(a):\n    return a\n',
		'class A:\n    def get(self):\n        return 1\n\ndef put(a): return None\n',
	],
])('%s: a function that was there before is what it was, also where all of its lines changed', (path, before, text, back) => {
	expect(emptiedCode(path, text, {lines: everyLine, before})?.replace(/\n+/g, '\n')).toBe(back.replace(/\n+/g, '\n'));
});
