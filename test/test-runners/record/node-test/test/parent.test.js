import {test, describe, after} from 'node:test';
import assert from 'node:assert/strict';
test('parent that fails itself', async t => {
	await t.test('sub passes', () => {});
	assert.equal(1, 2);
});
test.skip('skipped with reason', {skip: 'because'}, () => {});
describe.skip('a skipped suite', () => { test('inside', () => {}); });
describe('empty suite', () => {});
test('times out', {timeout: 10}, async () => { await new Promise(r => setTimeout(r, 1000)); });
