import type {HostProfile} from '../../source/model/host-profile.ts';
import {type Model, type ModelEvent, type ModelRequest, stoppedError} from '../../source/model/model.ts';
import {createAnthropicModel, type ModelLimits} from '../../source/model/providers/anthropic.ts';
import type {FakeAnthropic} from './fake-anthropic.ts';

export type ModelUnderTest = {
	readonly model: Model;
	/** The waits between attempts that were asked for, in milliseconds; none of them was waited for. */
	readonly waits: readonly number[];
	readonly logged: readonly string[];
};

/** The real model layer against a fake server; only the waiting between attempts is not done. */
export function modelOn(
	fake: Pick<FakeAnthropic, 'url' | 'key'>,
	limits: Partial<ModelLimits> = {},
	profile: HostProfile = 'anthropic',
): ModelUnderTest {
	const waits: number[] = [];
	const logged: string[] = [];
	const model = createAnthropicModel({
		credential: {kind: 'api-key', from: 'ANTHROPIC_API_KEY', secret: () => fake.key},
		baseUrl: fake.url,
		profile,
		limits,
		clock: {
			now: () => Date.UTC(2026, 0, 1, 12),
			random: () => 0.5,
			async sleep(ms, signal) {
				waits.push(ms);
				if (signal.aborted) {
					throw stoppedError();
				}
			},
		},
		log: line => logged.push(line),
	});
	return {model, waits, logged};
}

export function modelRequest(fields: Partial<ModelRequest> = {}): ModelRequest {
	return {
		model: 'claude-sonnet-5-5',
		maxTokens: 1000,
		effort: 'medium',
		system: ['You help.'],
		pinned: [],
		purpose: {stage: 'vibe'},
		messages: [{role: 'user', content: [{type: 'text', text: 'Hello'}]}],
		tools: [],
		...fields,
	};
}

export type Told = {readonly events: readonly ModelEvent[]; readonly error?: unknown};

/** Everything that a stream tells, and what it threw at the end. */
export async function tell(events: AsyncIterable<ModelEvent>): Promise<Told> {
	const told: ModelEvent[] = [];
	try {
		for await (const event of events) {
			told.push(event);
		}
	} catch (error) {
		return {events: told, error};
	}

	return {events: told};
}

/** The texts of the events, joined. */
export function textOf(events: readonly ModelEvent[]): string {
	return events.map(event => (event.type === 'text' ? event.delta : '')).join('');
}
