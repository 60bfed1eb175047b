import {expect, test} from 'vitest';
import {specReport} from '../../source/protocol/spec-report.ts';
import {at, attempt, criterionHash, entry, matrixInput, requirementsOf, shows, taskHash, tasksOf} from '../support/matrix-input.ts';

const usage = {input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5};
const minute = 60_000;

test('a report goes from the idea over the approvals to green, with times, cost and what was caught', () => {
	const spent = {usage, durationMs: 2 * minute};
	const input = matrixInput(
		{requirements: requirementsOf('a', 'b'), tasks: tasksOf(['x', 'Add', '1.1, 1.2'])},
		{
			ledger: [
				entry({type: 'cost', minute: 1, stage: 'requirements', usage, costUsd: 1, durationMs: minute}),
				entry({type: 'approval', minute: 3, stage: 'requirements', sha256: 'a', parts: {}}),
				entry({type: 'approval', minute: 63, stage: 'tasks', sha256: 'b', parts: {}}),
				entry({type: 'approval', minute: 64, stage: 'tasks', sha256: 'c', parts: {}}),
				attempt({
					...spent,
					minute: 70,
					textHash: taskHash('Add', '1.1, 1.2'),
					outcome: 'failed',
					grade: 'red',
					costUsd: 2,
					repairs: 2,
					caught: [{kind: 'false-claim', what: 'says done, 1 red'}],
				}),
				attempt({...spent, minute: 80, textHash: taskHash('Add', '1.1, 1.2'), evidence: [shows('a', 'passing')], costUsd: 3}),
				entry({
					type: 'proof',
					attempt: 'line',
					minute: 83,
					task: '1',
					textHash: taskHash('Add', '1.1, 1.2'),
					evidence: [{criterion: '1.1', textHash: criterionHash('a'), tests: [], outcome: 'fails'}],
					mutants: 0,
					survivors: [],
					durationMs: minute,
				}),
				entry({type: 'accept', minute: 90, task: '1', textHash: taskHash('Add', '1.1, 1.2'), grade: 'green', reason: 'seen'}),
			],
		},
	);
	expect(specReport(input)).toEqual({
		spec: 'sums',
		ideaAt: at(0),
		approvedAt: {requirements: at(3), tasks: at(63)},
		greenAt: at(80),
		totalMs: 80 * minute,
		agentMs: 5 * minute,
		// 2, 15 of 60, 1, 4 before the first attempt began, 8; what came after green is none of it.
		personMs: 30 * minute,
		costUsd: 6,
		tasks: [{task: '1', attempts: 2, repairs: 2, agentMs: 4 * minute, costUsd: 5}],
		outsideTasks: {turns: 1, agentMs: minute, costUsd: 1},
		criteria: [
			{criterion: '1.1', costUsd: 2.5},
			{criterion: '1.2', costUsd: 2.5},
		],
		repairs: 2,
		caught: [{kind: 'false-claim', what: 'says done, 1 red', task: '1', at: at(70)}],
		byHand: 1,
	});
});

test('without a ledger a report knows no times, and an unknown price makes no sum', () => {
	expect(specReport(matrixInput({}))).toEqual({
		spec: 'sums',
		approvedAt: {},
		agentMs: 0,
		personMs: 0,
		tasks: [],
		criteria: [{criterion: '1.1'}],
		repairs: 0,
		caught: [],
		byHand: 0,
	});
	const report = specReport(
		matrixInput({tasks: tasksOf(['x', 'Add'])}, {ledger: [attempt({usage, costUsd: 1}), attempt({minute: 2, usage})]}),
	);
	expect({costUsd: report.costUsd, tasks: report.tasks}).toMatchObject({costUsd: undefined, tasks: [{attempts: 2}]});
});
