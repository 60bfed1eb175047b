import {failureLine, type TestCase} from '../../protocol/test-report.ts';
import {promptOf} from '../input/prompt-buffer.ts';
import {join} from '../paths.ts';
import {focusPrompt, say, toggleExpanded} from '../view-state.ts';
import type {World} from '../world.ts';
import {selectedIn} from './scroll-pane.ts';
import {asking, type Step, step} from './step.ts';

function failureAt(world: World): TestCase | undefined {
	const {last} = world.state.tests;
	const failures = [...(last?.comparison?.newFailures ?? []), ...(last?.report.tests.filter(test => test.status === 'failed') ?? [])];
	const chosen = selectedIn(world, 'tests');
	return failures.find(test => test.id === chosen) ?? failures[0];
}

function withFailure(world: World, act: (test: TestCase) => Step): Step {
	const test = failureAt(world);
	return test === undefined ? step(say(world.view, 'No test failed', world.now)) : act(test);
}

/** Puts a failure into the prompt, for the person to send with their own words. */
export function sendFailure(world: World): Step {
	return withFailure(world, test => {
		const place = test.failure?.file === undefined ? test.file : `${test.failure.file}:${test.failure.line ?? 1}`;
		const {counterexample} = test.failure ?? {};
		const what = counterexample === undefined ? (test.failure?.message ?? 'no message') : failureLine(test.failure);
		const text = `The test "${test.name}" fails (${place}): ${what}\n`;
		return step({...focusPrompt(world.view), draft: promptOf(text)});
	});
}

/** Opens the failing line in the person's editor. */
export function openFailure(world: World): Step {
	return withFailure(world, test => {
		const file = test.failure?.file ?? test.file;
		return file === ''
			? step(say(world.view, 'The runner did not tell the file', world.now))
			: step(world.view, {kind: 'open-file', path: join(world.state.workspace.root, file), line: test.failure?.line ?? 1});
	});
}

/** Stops the run of the tests; the work that waits for it goes on without. */
export function skipTests({state, view, now}: World): Step {
	return state.tests.running === undefined ? step(say(view, 'No tests are running', now)) : asking(view, {type: 'skip-tests'});
}

/** Shows a failure whole, or its first lines again. */
export function expandFailure(world: World): Step {
	return withFailure(world, test => step(toggleExpanded(world.view, test.id)));
}
