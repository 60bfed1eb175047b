'use strict';
const assert = require('node:assert/strict');
const {test} = require('node:test');
const {coverage, gaps, hoursOf, onDuty, parseRoster} = require('..');

const people = parseRoster('# week 12\nAda; 6-14\nBo; 14-22, 22-23\n\nCy; 22-6\n');

test('reads shifts', () => {
	assert.deepEqual(people[0], {name: 'Ada', shifts: [{from: 6, to: 14}]});
});

test('who works', () => {
	assert.deepEqual(onDuty(people, 22), ['Bo', 'Cy']);
});

test('hours over midnight', () => {
	assert.equal(hoursOf(people[2]), 8);
});

test('a gap in the middle', () => {
	assert.deepEqual(gaps(parseRoster('A; 0-8\nB; 10-24')), ['8-10']);
});

test('covers the morning', () => {
	assert.equal(coverage(people)[7], 1);
});
