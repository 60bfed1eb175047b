import {expect, test} from 'vitest';
import {parseGoReport} from '../../source/test-runners/go-report.ts';

/** What Go 1.19 prints of a panic, where it and the project are installed in these folders. */
function placeOf(go: string, root: string) {
	const output = [
		'panic: runtime error: index out of range [0] with length 0 [recovered]',
		'',
		'goroutine 20 [running]:',
		'testing.tRunner.func1.2({0x518b40, 0xc0000d0018})',
		`\t${go}/src/testing/testing.go:1396 +0x24e`,
		'panic({0x518b40, 0xc0000d0018})',
		`\t${go}/src/runtime/panic.go:884 +0x212`,
		'sort.Slice({0x5, 0x6})',
		`\t${go}/src/sort/slice.go:26 +0x1`,
		'example.com/other.Call()',
		'\t/home/me/go/pkg/mod/example.com/other@v1.0.0/other.go:3 +0x1',
		'example.com/shop/cart.(*Cart).First(...)',
		`\t${root}/cart/cart.go:32`,
		'example.com/shop/cart.TestFirst(0xc000096680?)',
		`\t${root}/cart/cart_test.go:7 +0x18`,
	];
	const line = (Action: string, more: object = {}) =>
		JSON.stringify({Action, Package: 'example.com/shop/cart', Test: 'TestFirst', ...more});
	const report = [line('run'), ...output.map(text => line('output', {Output: `${text}\n`})), line('fail', {Elapsed: 0})];
	const {file, line: at} = parseGoReport(report.join('\n'))?.[0]?.failure ?? {};
	return {file, line: at};
}

test.each([
	['/usr/lib/go-1.19', '/work/shop'],
	['/usr/local/go', '/home/me/go/src/example.com/shop'],
	['/home/me/sdk/go1.25.1', '/src/go-shop/src/shop'],
])('a panic stands at the innermost line of the project, with Go in %s and the project in %s', (go, root) => {
	expect(placeOf(go, root)).toEqual({file: `${root}/cart/cart.go`, line: 32});
});
