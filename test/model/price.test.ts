import {expect, test} from 'vitest';
import {costOf} from '../../source/model/price.ts';
import {noUsage} from '../../source/protocol/message.ts';

const million = 1_000_000;

test('each kind of token has its own price', () => {
	expect(
		costOf({input: million, output: million, cacheRead: million, cacheWrite5m: million, cacheWrite1h: million}, 'claude-opus-5-5'),
	).toBeCloseTo(37.2, 9);
});

test('the whole request is dearer when more than 100,000 tokens go into haiku-5-5, cached or not', () => {
	expect(costOf({...noUsage, input: 100_000}, 'claude-haiku-5-5')).toBeCloseTo(0.01, 9);
	expect(costOf({...noUsage, input: 1, cacheRead: 100_000}, 'claude-haiku-5-5')).toBeCloseTo(0.0050005, 9);
});

test('a dated id has the price of its model', () => {
	expect(costOf({...noUsage, output: million}, 'claude-haiku-4-5-20251001')).toBe(5);
});

test('the price of an unknown model is unknown, and a person may set it', () => {
	expect(costOf({...noUsage, input: million}, 'qwen3-coder')).toBeUndefined();
	expect(costOf({...noUsage, input: million, cacheRead: million}, 'qwen3-coder', {'qwen3-coder': {input: 1, output: 2}})).toBe(2);
});

test("a person's own price wins over the table", () => {
	expect(costOf({...noUsage, input: million}, 'claude-opus-5-5', {'claude-opus-5-5': {input: 0, output: 0}})).toBe(0);
});
