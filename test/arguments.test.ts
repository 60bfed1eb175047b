import {describe, expect, test} from 'vitest';
import {parseArguments} from '../source/arguments.ts';

const flags = {trust: false, output: 'text', allow: [], deny: []};

describe('parseArguments', () => {
	test('no arguments open the folder; a text is an idea', () => {
		expect(parseArguments([], '1.2.3')).toEqual({kind: 'run', invocation: {kind: 'open', isContinued: false, isInline: false, flags}});
		expect(parseArguments(['notify me'], '1.2.3')).toMatchObject({invocation: {kind: 'open', idea: 'notify me'}});
	});

	test('flags are understood before and after a command', () => {
		const wanted = {
			invocation: {kind: 'run', spec: 'a', which: 'all', flags: {...flags, trust: true, mode: 'auto-task', maxBudgetUsd: 2.5}},
		};
		expect(parseArguments(['--trust', 'run', '--spec', 'a', '--all', '--mode', 'auto-task', '--max-budget-usd', '2.5'], '1')).toMatchObject(
			wanted,
		);
		expect(parseArguments(['run', '--spec', 'a', '--all', '--trust', '--mode', 'auto-task', '--max-budget-usd', '2.5'], '1')).toMatchObject(
			wanted,
		);
	});

	test('-p sends one message, in a stage of a spec', () => {
		expect(parseArguments(['-p', 'why?', '--spec', 'a', '--stage', 'design', '-o', 'json'], '1')).toEqual({
			kind: 'run',
			invocation: {kind: 'message', text: 'why?', spec: 'a', stage: 'design', flags: {...flags, output: 'json'}},
		});
	});

	test('which tasks run is one of four', () => {
		const which = (...more: readonly string[]) => parseArguments(['run', '--spec', 'a', ...more], '1');
		expect(which()).toMatchObject({invocation: {which: 'next'}});
		expect(which('--task', '2.1')).toMatchObject({invocation: {which: {task: '2.1'}}});
		expect(which('--from', '2.1')).toMatchObject({invocation: {which: {from: '2.1'}}});
	});

	test('matrix and verify are printed one of three ways, report and pr of one spec or all', () => {
		const read = (...args: readonly string[]) => parseArguments(args, '1');
		expect(read('matrix')).toEqual({kind: 'run', invocation: {kind: 'matrix', format: 'text', isUnprovenOnly: false, flags}});
		expect(read('verify', '--spec', 'a', '--markdown', '--unproven')).toEqual({
			kind: 'run',
			invocation: {kind: 'verify', spec: 'a', format: 'markdown', isUnprovenOnly: true, flags},
		});
		expect(read('matrix', '--json', '--markdown')).toMatchObject({kind: 'refused'});
		expect(read('report', '--json')).toEqual({kind: 'run', invocation: {kind: 'report', json: true, flags}});
		expect(read('pr', '--spec', 'a')).toEqual({kind: 'run', invocation: {kind: 'pr', spec: 'a', flags}});
	});

	test('help and version are printed, not run', () => {
		expect(parseArguments(['--version'], '1.2.3')).toEqual({kind: 'printed', text: '1.2.3\n'});
		expect(parseArguments(['--help'], '1.2.3')).toMatchObject({
			kind: 'printed',
			text: expect.stringContaining('approve [options] <spec> <stage>'),
		});
	});

	test('an unknown flag is refused in one line with the nearest', () => {
		const refused = parseArguments(['status', '--jsn'], '1');
		expect(refused).toEqual({kind: 'refused', message: expect.stringContaining('--json')});
		expect(refused.kind === 'refused' && refused.message.includes('\n')).toBe(false);
	});

	test('a wrong choice names what is possible', () => {
		expect(parseArguments(['--mode', 'yolo'], '1')).toMatchObject({kind: 'refused', message: expect.stringContaining('auto-edit')});
		expect(parseArguments(['--max-budget-usd', 'lots'], '1')).toMatchObject({kind: 'refused', message: expect.stringContaining('2.50')});
		expect(parseArguments(['--stage', 'desing'], '1')).toMatchObject({kind: 'refused', message: expect.stringContaining('design')});
	});
});

test('one word that is no command is no idea either', () => {
	expect(parseArguments(['statsu'], '1')).toEqual({kind: 'refused', message: 'there is no command statsu: nearest: status'});
	expect(parseArguments(['frobnicate'], '1')).toMatchObject({kind: 'refused', message: expect.stringContaining('more than one word')});
	expect(parseArguments(['add a list'], '1')).toMatchObject({kind: 'run', invocation: {idea: 'add a list'}});
});
