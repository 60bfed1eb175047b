import {expect, test} from 'vitest';
import {waysBack} from '../../source/session/taken-back.ts';

const cart = {
	path: 'cart.ts',
	before: 'export const empty = {lines: []};\n',
	text: 'export const empty = {lines: []};\nexport function withVoucher(cart, voucher) {\n\treturn {...cart, voucher};\n}\n',
};
const index = {path: 'index.ts', before: "export {empty} from './cart.ts';\n", text: "export {empty, withVoucher} from './cart.ts';\n"};
const print = {
	path: 'print.ts',
	before: "import {empty} from './cart.ts';\nexport function print() {\n\treturn '';\n}\n",
	text: "import {withVoucher} from './cart.ts';\nexport function print() {\n\treturn withVoucher;\n}\n",
};

test('code is taken back to what it was, then to names that do nothing, with the index that passes them on', () => {
	const [toBefore, toNothing, ...others] = waysBack([cart, index], new Map());
	expect([Object.fromEntries(toBefore?.files ?? []), others]).toEqual([{'cart.ts': cart.before, 'index.ts': index.before}, []]);
	expect(Object.fromEntries(toNothing?.files ?? [])).toEqual({
		'cart.ts': 'export const empty = {lines: []};\nexport function withVoucher(cart, voucher) { return undefined as never; }\n',
		'index.ts': index.text,
	});
});

test('what the tests were seen failing against is the stub and, beside it, what was not changed yet', () => {
	const stub = `${cart.before}export const withVoucher = cart => cart;\n`;
	const stubs = new Map([
		['cart.ts', stub],
		['index.ts', index.text],
	]);
	expect(Object.fromEntries(waysBack([cart, index, print], stubs).at(-1)?.files ?? [])).toEqual({
		'cart.ts': stub,
		'index.ts': index.text,
		'print.ts': print.before,
	});
});
