import type {TestCase, TestReport} from '../protocol/test-report.ts';

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

	const more = failures.length > maxFailures ? `\n… and ${failures.length - maxFailures} more` : '';
	return failures.slice(0, maxFailures).map(describe).join('\n') + more;
}
