import {describe, expect, test} from 'vitest';
import {ModelError, type ModelErrorKind} from '../../source/model/model.ts';
import {decideRetry} from '../../source/model/retry.ts';

const clock = {now: () => 0, random: () => 0.5};
const limits = {maxRequests: 10, maxWaitMs: 300_000};

function failed(kind: ModelErrorKind, options: {retryAfterMs?: number; shouldRetry?: boolean} = {}) {
	return new ModelError(kind, 'It failed', {nextStep: 'Wait', ...options});
}

describe('what follows a failed request', () => {
	test('the wait doubles and ends at a minute', () => {
		const waits = [1, 2, 3, 7, 9].map(failures => decideRetry(failed('overloaded'), {failures, waitedMs: 0}, limits, clock));
		expect(waits).toEqual([1000, 2000, 4000, 60_000, 60_000].map(ms => ({kind: 'wait', ms})));
	});

	test('a wait that grows grows whatever the dice say', () => {
		const longest = decideRetry(failed('overloaded'), {failures: 1, waitedMs: 0}, limits, {...clock, random: () => 1});
		const shortest = decideRetry(failed('overloaded'), {failures: 2, waitedMs: 0}, limits, {...clock, random: () => 0});
		expect([longest, shortest]).toMatchObject([{ms: 1250}, {ms: 1500}]);
	});

	test('a retry-after of a minute is obeyed, one of a minute and a second is not waited for', () => {
		expect(decideRetry(failed('rate-limit', {retryAfterMs: 60_000}), {failures: 1, waitedMs: 0}, limits, clock)).toEqual({
			kind: 'wait',
			ms: 60_100,
		});
		expect(decideRetry(failed('rate-limit', {retryAfterMs: 61_000}), {failures: 1, waitedMs: 0}, limits, clock)).toMatchObject({
			kind: 'give-up',
			error: {kind: 'rate-limit', message: expect.stringContaining('again in 61 s, at ')},
		});
	});

	test.each<ModelErrorKind>(['stopped', 'auth', 'bad-request', 'too-long', 'too-large', 'redirected', 'not-a-model-service'])(
		'%s is never tried again',
		kind => {
			const error = failed(kind, {retryAfterMs: 1});
			expect(decideRetry(error, {failures: 1, waitedMs: 0}, limits, clock)).toEqual({kind: 'give-up', error});
		},
	);

	test('the service may say that another attempt makes no sense', () => {
		expect(decideRetry(failed('unavailable', {shouldRetry: false}), {failures: 1, waitedMs: 0}, limits, clock)).toMatchObject({
			kind: 'give-up',
		});
	});
});
