import {spawnSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {mutationsOf} from '../../source/syntax/mutations.ts';

const all = (path: string, text: string, limit = 50, changedLines?: readonly number[]) =>
	mutationsOf({path, text, limit, changedLines: changedLines ?? text.split(/\r\n|\n/).map((_, index) => index + 1)});
const told = (path: string, text: string, limit?: number) => all(path, text, limit).map(({kind, description}) => `${kind} ${description}`);

describe('mutations of TypeScript', () => {
	test.each([
		['a bound', 'const a = b < c;', ['boundary line 1: < became <=']],
		['an equality', 'const a = b === c;', ['operator line 1: === became !==']],
		['logic', 'const a = b && c;', ['operator line 1: && became ||']],
		['a default', 'const a = b ?? c;', ['operator line 1: b ?? c became c']],
		['arithmetic', 'const a = b + c;', ['operator line 1: + became -']],
		['joined texts only lose their text', "const a = b + 'x' + c;", ["constant line 1: 'x' became ''"]],
		['no neutral sum', 'const a = b + 0;', ['constant line 1: 0 became 1']],
		['a sign', 'const a = !b;', ['operator line 1: !b became b']],
		['no double sign', 'const a = !!b;', []],
		[
			'flags and numbers',
			'const a = [true, 41, 1.5];',
			['constant line 1: 1.5 became 11.5', 'constant line 1: 41 became 42', 'constant line 1: true became false'],
		],
		['an empty text', "const a = '';", ["constant line 1: '' became 'mutated'"]],
		['a condition', 'if (a) {\n\tb = 1;\n}', ['constant line 1: (a) became (false)', 'constant line 2: 1 became 2']],
		['a call', 'save(a);', ['removed-call line 1: save(a); was removed']],
		['no log', "console.log('a', 1 < 2);\nthis.logger.info(3);\nlog.debug(`x`);", []],
		['no imports', "import {a} from 'b';\nexport * from 'c';\nconst d = require('e');", []],
		['no types', "type A = 'x' | 1;\ninterface B {a: Array<1>; b?: true}\nfunction f<T extends 'a'>(x: T | 2): x is T {}", []],
		['no comments', '// a < b\n/* true && 1 */', []],
		['no messages of errors', "throw new Error('a' + 1);", []],
		['no decorators', '@Component({a: true})\nclass A {}', []],
		['no keys', "const a = {'b': c};", []],
		['no directives', "'use strict';", []],
		['a generic arrow', 'const a = async <T>(x: T) => x;', ['early-return line 1: x became undefined']],
		[
			'an early return',
			'function f() {\n\tx = y;\n\tz = y;\n}',
			['early-return line 2: returned before x = y;', 'early-return line 3: returned before z = y;'],
		],
		['a value that is not given', 'function f() {\n\treturn x;\n}', ['early-return line 2: x became undefined']],
		['nothing at the end of a function', 'function f() {\n\tconsole.log(a);\n\treturn undefined;\n}', []],
		['nothing in a constructor before super', 'class A extends B {\n\tconstructor() {\n\t\tsuper();\n\t}\n}', []],
		['no loop without end', 'while (a && b) {\n\ti++;\n}\nfor (let i = n; i > 0; i--) {}', ['boundary line 4: > became >=']],
		[
			'JSX',
			'const a = <B c={d > 1} e="f">{g && <H />}</B>;',
			['boundary line 1: > became >=', 'operator line 1: && became ||', 'constant line 1: 1 became 2'],
		],
	])('%s', (_, text, expected) => {
		expect(told('a.tsx', text).toSorted()).toEqual(expected.toSorted());
	});

	test('a type predicate that the parser does not know hides no statement', () => {
		const text = 'function f() {\n\tconst a = b.filter((c): c is [string, string] => c[1] !== d);\n\treturn a;\n}';
		expect(told('a.ts', text)).toEqual(['constant line 2: 1 became 2', 'early-return line 3: a became undefined']);
	});

	test('a cast in .ts is no comparison', () => {
		expect(told('a.ts', 'const a = <string>b;\nconst c = d as Array<number>;')).toEqual([]);
	});

	const source = [
		'export function price(count: number, isMember: boolean): number {',
		'\tif (count < 1) {',
		'\t\treturn 0;',
		'\t}',
		'',
		'\tconst full = count * 12;',
		'\taudit.add(full);',
		'\treturn isMember && count >= 10 ? full - 5 : full;',
		'}',
		'',
	].join('\n');

	test('takes one of each kind first, spread over the lines, and only of changed lines', () => {
		expect(told('a.ts', source, 5)).toEqual([
			'boundary line 2: < became <=',
			'early-return line 3: 0 became undefined',
			'constant line 6: 12 became 13',
			'removed-call line 7: audit.add(full); was removed',
			'operator line 8: && became ||',
		]);
		expect(all('a.ts', source, 9, [6]).map(({line}) => line)).toEqual([6, 6, 6]);
		expect(all('a.ts', source, 9, [0, -1, 99, 1.5, Number.NaN])).toEqual([]);
		expect(all('a.ts', source, 0)).toEqual([]);
	});

	test.each([
		['CRLF', source.replaceAll('\n', '\r\n')],
		['a byte order mark', `\uFEFF${source}`],
	])('%s stays as it is', (_, text) => {
		const mutations = all('a.ts', text, 5);
		expect(mutations.map(({line}) => line)).toEqual([2, 3, 6, 7, 8]);
		for (const {from, to, text: mutated} of mutations) {
			expect(mutated.length).toBe(text.length - from.length + to.length);
			expect(mutated.replaceAll('\r\n', '').includes('\r')).toBe(false);
		}
	});

	test('every mutant behaves otherwise for some input', () => {
		const script = source.replace('export ', '').replaceAll(/: (?:number|boolean)/g, '');
		const outcomes = (text: string) => {
			const added: number[] = [];
			const price = new Function('audit', `${text}; return price;`)({add: (sum: number) => added.push(sum)}) as (
				...given: unknown[]
			) => unknown;
			return JSON.stringify([[0, 1, 2, 9, 10, 11].flatMap(count => [price(count, true) ?? 'none', price(count, false) ?? 'none']), added]);
		};
		const mutations = all('a.js', script);
		expect(mutations.length).toBeGreaterThan(12);
		expect(mutations.filter(({text}) => outcomes(text) === outcomes(script)).map(({description}) => description)).toEqual([]);
	});
});

describe('mutations of Python', () => {
	test.each([
		[
			'bounds and words',
			'a = b < c and not d',
			['boundary line 1: < became <=', 'operator line 1: and became or', 'operator line 1: not d lost its not'],
		],
		['identity', 'a = b is not None', ['operator line 1: b is not None lost its not']],
		['membership', 'a = b in c', ['operator line 1: in became not in']],
		[
			'flags, numbers, texts',
			"a = [True, 1, 'x', '']",
			[
				'constant line 1: 1 became 2',
				"constant line 1: '' became 'mutated'",
				"constant line 1: 'x' became ''",
				'constant line 1: True became False',
			],
		],
		['a condition', 'if a:\n    b = c\nelif d:\n    b = e', ['constant line 1: a became False', 'constant line 3: d became False']],
		[
			'no docstrings, logs, errors, types',
			'"""doc"""\ndef f(a: "X" = b) -> "Y":\n    """doc"""\n    raise ValueError("x")\n    logger.info("a", 1)',
			[],
		],
		[
			'no imports, decorators, main guard, names of the module',
			'from a import b\n__all__ = ["b"]\n__version__: str = "1"\n@c(1)\ndef d(): ...\nif __name__ == "__main__":\n    d(2)',
			[],
		],
		['no unpacking', 'a = b[*c]', []],
		['no formatted texts', 'a = "%s" % b + f"{c}"', []],
		['no loop without end', 'while a or b:\n    i += 1', ['constant line 2: 1 became 2']],
		['a call in a block', 'if a:\n    save(b)', ['constant line 1: a became False', 'removed-call line 2: save(b) was removed']],
		[
			'an early return',
			'def f():\n    """doc"""\n    x.y = z\n    return g',
			['early-return line 3: returned before x.y = z', 'early-return line 4: g became None'],
		],
		['nothing at the end', 'def f():\n    print(1)\n    return None', []],
	])('%s', (_, text, expected) => {
		expect(told('a.py', text).toSorted()).toEqual(expected.toSorted());
	});

	test('an early return and a removed call keep the indentation and the line ends', () => {
		const text = '\uFEFFdef f(a):\r\n\tif a:\r\n\t\tsave(a)\r\n\treturn a\r\n';
		expect(all('a.py', text).map(mutation => mutation.text.split('\r\n'))).toEqual(
			expect.arrayContaining([
				['\uFEFFdef f(a):', '\tif a:', '\t\treturn None', '\t\tsave(a)', '\treturn a', ''],
				['\uFEFFdef f(a):', '\tif a:', '\t\tpass', '\treturn a', ''],
			]),
		);
	});

	const source = [
		'def price(count, is_member, audit):',
		'    """What it costs."""',
		'    if count < 1:',
		'        return 0',
		'    full = count * 12',
		'    audit.append(full)',
		'    return full - 5 if is_member and count >= 10 else full',
		'',
	].join('\n');
	const hasPython = spawnSync('python3', ['--version']).status === 0;

	test.runIf(hasPython)('every mutant loads and behaves otherwise for some input', () => {
		const mutants = all('a.py', source).map(({description, text}) => ({description, text}));
		expect(mutants.length).toBeGreaterThan(10);
		const script = [
			'import json, sys',
			'def outcomes(text):',
			'    names = {}',
			'    exec(compile(text, "a.py", "exec"), names)',
			'    audit = []',
			'    return [[names["price"](count, member, audit) for count in (0, 1, 2, 9, 10, 11) for member in (True, False)], audit]',
			'source, mutants = json.load(sys.stdin)',
			'print(json.dumps([each["description"] for each in mutants if outcomes(each["text"]) == outcomes(source)]))',
		].join('\n');
		const {stdout, stderr} = spawnSync('python3', ['-c', script], {input: JSON.stringify([source, mutants]), encoding: 'utf8'});
		expect({stderr, same: stdout.trim()}).toEqual({stderr: '', same: '[]'});
	});
});

describe('mutations by line', () => {
	test.each([
		[
			'Go',
			'a.go',
			'if a < b && len(c) == 0 {\n\tsave(a)\n\treturn true\n}',
			[
				'boundary line 1: < became <=',
				'constant line 1: 0 became 1',
				'constant line 3: true became false',
				'operator line 1: && became ||',
				'operator line 1: == became !=',
				'removed-call line 2: save(a) was removed',
			],
		],
		['Go texts and comments', 'a.go', '// a < b\nx := "a < b && 1"\n/* 1\n a == b */\ny := `a\n1 < 2`', []],
		[
			'Go values beside an error',
			'a.go',
			'return 0, err\nreturn 1, false, fmt.Errorf("x %d", 2)\nreturn 3, errors.New("a")\nreturn 4, &ParseError{1}',
			[],
		],
		['Go logs, imports, signatures', 'a.go', 'import "a"\nfmt.Println(1)\nlog.Printf("x", 1)\nfunc f(a [3]int) int {\n\tpanic(1 + 2)', []],
		[
			'Rust',
			'a.rs',
			"fn f<'a>(x: &'a Vec<u8>) -> bool {\n    let y: Option<u8> = x.get(0);\n    items.push(y);\n    x > z\n}",
			['boundary line 4: > became >=', 'constant line 2: 0 became 1', 'removed-call line 3: items.push(y); was removed'],
		],
		[
			'Java',
			'a.java',
			'@Size(max = 3)\npublic int f(List<String> a) {\n  return a.size() + 2;\n}',
			['constant line 3: 2 became 3', 'operator line 3: + became -'],
		],
		[
			'Ruby',
			'a.rb',
			"require 'x'\nputs 1\nreturn false if a and b # 1 < 2",
			['constant line 3: false became true', 'operator line 3: and became or'],
		],
		['no loop without end', 'a.go', 'for i := 0; i < 10 && ok; i++ {', ['boundary line 1: < became <=']],
		['a language without rules', 'a.xyz', 'a < b', []],
		['no extension', 'Makefile', 'a < b', []],
	])('%s', (_, path, text, expected) => {
		expect(told(path, text).toSorted()).toEqual(expected.toSorted());
	});
});

describe('any text', () => {
	const scraps = fc.array(
		fc.oneof(
			fc.constantFrom(
				...'if (a < b) { return x; } else foo(1); ` " \' async <T> => ( [ def f(): \n\t if True: \r\n @a class /* // # """ \uFEFF <A b={c}> && ?? 0.5'.split(
					' ',
				),
				' ',
				'\n    ',
			),
			fc.string({maxLength: 4}),
		),
		{maxLength: 40},
	);

	test('gives few mutations that differ, on changed lines, and the same again', () => {
		fc.assert(
			fc.property(scraps, fc.constantFrom('a.ts', 'a.tsx', 'a.py', 'a.go', 'a.rs', 'a.rb', 'a.php', 'a.java'), (parts, path) => {
				const text = parts.join(' ');
				const request = {path, text, changedLines: [1, 3, 4]};
				const mutations = mutationsOf(request);
				expect(mutations.length).toBeLessThanOrEqual(5);
				expect(mutations.filter(({line, text: mutated}) => mutated === text || ![1, 3, 4].includes(line))).toEqual([]);
				expect(mutationsOf(request)).toEqual(mutations);
			}),
			{numRuns: 1500},
		);
	});

	test.each([
		['20,000 lines', 'a.ts', 'if (a < b) { save(c + 1); }\n'.repeat(20_000)],
		['20,000 lines of Python', 'a.py', 'if a < b:\n    save(c + 1)\n'.repeat(10_000)],
		['20,000 lines of Go', 'a.go', 'if a < b { save(c + 1) }\n'.repeat(20_000)],
		['deep brackets', 'a.ts', '('.repeat(50_000)],
		['deep blocks', 'a.ts', 'function f() {'.repeat(10_000)],
		['a long sum', 'a.ts', `x = ${'a + '.repeat(20_000)}b`],
		['a long chain', 'a.ts', `x${'.y()'.repeat(20_000)}`],
		['many signs', 'a.py', `x = ${'not '.repeat(20_000)}b`],
		['a text that never ends', 'a.rs', `"${'a'.repeat(500_000)}`],
		['escapes that never end', 'a.rb', `"${'\\a'.repeat(300_000)}`],
		['quotes', 'a.php', `'`.repeat(300_001)],
	])('%s take seconds at most', (_, path, text) => {
		const started = process.cpuUsage();
		mutationsOf({path, text, changedLines: text.split('\n').map((__, index) => index + 1)});
		// Time of the processor, so that a busy machine changes nothing.
		expect(process.cpuUsage(started).user / 1000).toBeLessThan(8000);
	});
});
