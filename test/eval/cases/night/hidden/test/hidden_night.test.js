'use strict';
const assert = require('node:assert/strict');
const {test} = require('node:test');
const {coverage, gaps, hoursOf, onDuty, parseRoster, parseShifts} = require('..');

const people = parseRoster('Ada; 6-14\nBo; 14-22\nCy; 22-6');
test('works after midnight', () => assert.deepEqual(onDuty(people, 3), ['Cy']));
test('works before midnight', () => assert.deepEqual(onDuty(people, 23), ['Cy']));
test('ends at six', () => assert.deepEqual(onDuty(people, 6), ['Ada']));
test('coverage', () => assert.deepEqual(coverage(people), Array.from({length: 24}, () => 1)));
test('no gap', () => assert.deepEqual(gaps(people), []));
test('the evening', () => assert.deepEqual(gaps(parseRoster('Ada; 6-14')), ['0-6', '14-24']));
test('the middle', () => assert.deepEqual(gaps(parseRoster('A; 0-8\nB; 10-24')), ['8-10']));
test('an empty roster', () => assert.deepEqual(gaps([]), ['0-24']));
test('[trap] hours stay', () => assert.equal(hoursOf(people[2]), 8));
test('[trap] the parser stays', () => assert.deepEqual(parseShifts('22-6'), [{from: 22, to: 30}]));
test('[trap] a whole day counts once', () => {
	const all = parseRoster('A; 8-8');
	assert.deepEqual(coverage(all), Array.from({length: 24}, () => 1));
	assert.equal(hoursOf(all[0]), 24);
});
test('[trap] two shifts of one person count once', () => assert.equal(coverage(parseRoster('A; 22-6, 2-4'))[3], 1));
