import type {TestCase, TestReport} from '../protocol/test-report.ts';
import {byCase} from './test-cases.ts';

const maxFailures = 10;
const maxOutput = 4000;

function describe(test: TestCase): string {
	const place =
		test.failure?.file === undefined ? test.file : `${test.failure.file}${test.failure.line === undefined ? '' : `:${test.failure.line}`}`;
	const status = test.status === 'skipped' ? ' (skipped now, passed before)' : '';
	const {message = '', detail = ''} = test.failure ?? {};
	// Some runners put the message into the detail; once is enough.
	const isInside = detail.includes(message);
	const {counterexample} = test.failure ?? {};
	const input = counterexample === undefined ? undefined : `Counterexample: ${counterexample}`;
	return [`- ${test.name}${status}${place === '' ? '' : ` (${place})`}`, input, isInside ? undefined : message, detail]
		.filter(part => part !== undefined && part !== '')
		.join('\n  ');
}

/** New failures as the model reads them: names, places, messages; the runner's own words when nothing is named. */
export function describeFailures(failures: readonly TestCase[], report: TestReport): string {
	if (failures.length === 0) {
		return report.output.slice(-maxOutput);
	}

	// Cases of one test fail for one reason as a rule: the first tells it.
	const groups = byCase(failures);
	const more = groups.length > maxFailures ? `\n… and ${groups.length - maxFailures} more` : '';
	const shown = groups.slice(0, maxFailures).flatMap(({name, tests: [first, ...others]}) => {
		const cases = others.length === 0 ? '' : `\n  … and ${others.length} more ${others.length === 1 ? 'case' : 'cases'} of ${name}`;
		return first === undefined ? [] : [describe(first) + cases];
	});
	return shown.join('\n') + more;
}
