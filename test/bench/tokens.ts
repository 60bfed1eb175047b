import {approvalText} from '../../source/protocol/select.ts';
import {calls, type FakeAnthropic, type Scripted} from '../support/fake-anthropic.ts';
import {partNames, partsOfAll, type RequestBody} from '../support/request-parts.ts';
import {openTestSession} from '../support/test-session.ts';
import type {Row} from './measure.ts';

const taskCount = 10;
const numbers = Array.from({length: taskCount}, (_, index) => index + 1);

const requirements = `# Requirements Document

## Introduction

Ten rates for a shop's checkout. Each is a function of an amount in cents, so that a receipt can be worked out from whole numbers alone.

## Requirements
${numbers
	.map(
		number => `
### Requirement ${number}: Rate ${number}

**User Story:** As a shop keeper, I want rate ${number} on an amount, so that the receipt says what it was worked out from.

#### Acceptance Criteria

1. WHEN an amount of whole cents is given, THE Checkout SHALL return the amount times ${number}, in cents
2. IF an amount below zero is given, THEN THE Checkout SHALL refuse it with a RangeError that names rate ${number} and the amount
3. WHILE no amount was given yet, THE Checkout SHALL show the rate by its name, and nothing of an amount
`,
	)
	.join('')}`;

const design = `# Design Document

## Overview

One module a rate, \`src/rate-N.js\`, each with a function of the same shape; no module knows another. Amounts are whole cents.
${numbers
	.map(
		number => `
### Rate ${number}

\`rate${number}(cents)\` in \`src/rate-${number}.js\` multiplies by ${number}. It refuses amounts below zero before anything is worked out, so that a wrong
receipt is never half written. The name that is shown stands beside it, since both change together. Whole cents keep the sum exact; the
rounding of a discount is the business of whoever makes one.
`,
	)
	.join('')}`;

const tasks = `# Implementation Plan: Rates

## Tasks

${numbers.map(number => `- [ ] ${number}. Write \`rate${number}\` in \`src/rate-${number}.js\`\n  - _Requirements: ${number}.1, ${number}.2_\n`).join('')}`;

const moduleOf = (number: number) =>
	`// What is shown for rate ${number}, and how it is found in a receipt.\n${Array.from(
		{length: 30},
		(_, line) => `export const label${line} = 'rate ${number}, line ${line} of what a receipt may show of it';`,
	).join('\n')}\n`;

const testOf = (number: number) => `import assert from 'node:assert/strict';
import test from 'node:test';
import {rate${number}} from '../src/rate-${number}.js';

for (const cents of [0, 1, 250, 99_999]) {
	test(\`\${cents} cents are multiplied [${number}.1]\`, () => {
		assert.equal(rate${number}(cents), cents * ${number});
	});
}

test('an amount below zero is refused by name [${number}.2]', () => {
	assert.throws(() => rate${number}(-1), {name: 'RangeError', message: /rate ${number}.*-1/});
});
`;

/** How a model works at a task: it looks, writes the tests with an empty function, and then the code; or all of it in one answer. */
type Way = 'three answers' | 'one answer';

/** What a model that works well sends for a task. */
function answersTo(number: number, way: Way): readonly Scripted[] {
	const path = `src/rate-${number}.js`;
	const empty = `export function rate${number}(cents) {}`;
	const whole = `export function rate${number}(cents) {\n\tif (cents < 0) {\n\t\tthrow new RangeError(\`rate ${number} of \${cents}\`);\n\t}\n\n\treturn cents * ${number};\n}`;
	const first = `// What is shown for rate ${number},`;
	const tests = [
		['write', {path: `test/rate-${number}.test.js`, content: testOf(number)}],
		['edit', {path, old_text: first, new_text: `${empty}\n\n${first}`}],
	] as const;
	const code = [
		['edit', {path, old_text: empty, new_text: whole}],
		['run', {command: 'npm test'}],
		['end_turn', {message: `\`rate${number}\` multiplies whole cents and refuses amounts below zero.`}],
	] as const;
	return way === 'one answer'
		? [calls(...tests, ['expect_red', {}], ...code)]
		: [
				calls(['read', {path}], ['search', {pattern: `rate-${number}`}]),
				calls(...tests, ['end_turn', {message: `The tests of ${number}.1 and ${number}.2 are there.`}]),
				calls(...code),
			];
}

/** A request as the parts that a cache can read whole. */
function cacheable({system, tools = [], messages}: RequestBody): readonly string[] {
	return [...tools, ...[system].flat(), ...messages].map(part => JSON.stringify(part).replaceAll(/,?"cache_control":\{[^}]*\}/g, ''));
}

const sizeOf = (parts: readonly string[]) => parts.reduce((sum, part) => sum + part.length, 0);

/** What of a request no earlier one began with, in characters. */
function anew(parts: readonly string[], earlier: readonly (readonly string[])[]): number {
	const known = earlier.map(other => {
		const end = parts.findIndex((part, index) => part !== other[index]);
		return sizeOf(parts.slice(0, end === -1 ? parts.length : end));
	});
	return sizeOf(parts) - Math.max(0, ...known);
}

async function requestsOfRun(way: Way): Promise<FakeAnthropic['requests']> {
	await using opened = await openTestSession({
		files: {
			'package.json': '{"name": "rates", "type": "module", "scripts": {"test": "node --test"}}\n',
			...Object.fromEntries(numbers.map(number => [`src/rate-${number}.js`, moduleOf(number)])),
			'.kiro/specs/rates/requirements.md': requirements,
			'.kiro/specs/rates/design.md': design,
			'.kiro/specs/rates/tasks.md': tasks,
		},
		script: numbers.flatMap(number => answersTo(number, way)),
		options: {mode: 'auto-edit'},
	});
	await opened.session.send({type: 'open-spec', name: 'rates'});
	const {spec} = opened.session.store.state();
	if (spec === undefined) {
		throw new Error('There is no spec to run');
	}

	await opened.session.send({type: 'approve-text', stage: 'tasks', digest: approvalText(spec, 'tasks')});
	await opened.session.send({type: 'run-tasks', tasks: 'all'});
	const done = opened.session.store.state().spec?.tasks.tasks.filter(task => task.marker === 'x').length;
	if (done !== taskCount) {
		throw new Error(`${done ?? 0} of ${taskCount} tasks were done`);
	}

	return [...opened.fake.requests];
}

/** Told beside the table: shares have no limit of their own. */
function tellParts(way: Way, requests: readonly RequestBody[]) {
	const parts = partsOfAll(requests);
	const all = Object.values(parts).reduce((sum, size) => sum + size, 0);
	const shares = partNames.map(name => `${name} ${((parts[name] / all) * 100).toFixed(1)} %`);
	process.stderr.write(
		`Ten tasks of ${way} each send ${requests.length} requests, ${Math.round(all / 4000)} thousand tokens: ${shares.join(', ')}\n`,
	);
}

/** What a run of ten tasks sends that a cache has not read yet. */
export async function tokenRows(): Promise<readonly Row[]> {
	const sentIn = async (way: Way) => (await requestsOfRun(way)).map(({body}) => body as unknown as RequestBody);
	tellParts('one answer', await sentIn('one answer'));
	const requests = await sentIn('three answers');
	tellParts('three answers', requests);
	const parts = requests.map(cacheable);
	const isLater = (index: number) => (requests[index]?.messages.length ?? 0) >= 5;
	const later = parts.flatMap((own, index) => (isLater(index) ? [{size: sizeOf(own), anew: anew(own, parts.slice(0, index))}] : []));
	const all = later.reduce((sum, {size}) => sum + size, 0);
	const fresh = later.reduce((sum, one) => sum + one.anew, 0);
	const ratio = fresh / all;
	return [
		{
			name: 'text that a cache has not read, of ten tasks from their third request on',
			value: fresh / 1e6,
			floor: {name: 'all that they send', value: all / 1e6},
			unit: 'MB',
			ratio,
			must: 0.1,
			met: ratio <= 0.1,
		},
	];
}
