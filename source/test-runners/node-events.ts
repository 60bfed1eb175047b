import {failureFromStack, kindOfError, plain, shortened} from './failure.ts';
import {type FoundTest, fileLoads} from './runner.ts';

type Failure = {readonly type?: string; readonly code?: string; readonly message?: string; readonly stack?: string};
type Event = {
	readonly type?: string;
	readonly name?: string;
	readonly nesting?: number;
	readonly file?: string;
	readonly line?: number;
	readonly isSkipped?: boolean;
	readonly isSuite?: boolean;
	readonly ms?: number;
	readonly text?: string;
	readonly failure?: Failure;
};

function eventOf(line: string): Event | undefined {
	try {
		// Written by our own reporter; a line that broke off is no event.
		const parsed: Event | null = JSON.parse(line);
		return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function failureOf({failure = {}, file, line}: Event): NonNullable<FoundTest['failure']> {
	const text = failure.stack?.includes('\n') === true ? failure.stack : (failure.message ?? '');
	const isAssertion = failure.code === 'ERR_ASSERTION' && failure.type === 'testCodeFailure';
	const found = failureFromStack(text, isAssertion ? 'assertion' : kindOfError(text));
	return {
		...(file !== undefined && {file}),
		...(line !== undefined && {line}),
		...found,
		kind: isAssertion || found.kind === 'load' ? found.kind : 'other',
	};
}

/** Node counts a file as a test of its own when no test in it got to run: it did not load, or it has none. */
function isFile({name = '', file = '', nesting}: Event): boolean {
	return nesting === 0 && name !== '' && (file === name || file.endsWith(`/${name}`));
}

function brokenFile({file = '', failure}: Event, stderr: string): FoundTest {
	const text = plain(stderr).replace(/\n+Node\.js v\S+\s*$/, '');
	const error = text.split('\n').find(line => /^(?:\w*Error\b|Uncaught)/.test(line));
	const at = text.indexOf(`${file}:`);
	const [, line] = at === -1 ? [] : (/^:(\d+)/.exec(text.slice(at + file.length)) ?? []);
	return {
		file,
		name: fileLoads,
		status: 'failed',
		failure: {
			message: error ?? failure?.message ?? 'The file ended with an error',
			kind: 'load',
			file,
			...(line !== undefined && {line: Number(line)}),
			...(text !== '' && {detail: shortened(text)}),
		},
	};
}

function testOf(event: Event, names: readonly string[]): FoundTest {
	const isFailed = event.type === 'test:fail' && event.isSkipped !== true;
	return {
		file: event.file ?? '',
		name: names.join(' > '),
		status: event.isSkipped === true ? 'skipped' : isFailed ? 'failed' : 'passed',
		...(event.ms !== undefined && {durationMs: event.ms}),
		...(isFailed && {failure: failureOf(event)}),
	};
}

/** A suite is only told when it failed by itself, in a hook; its tests speak for the rest. */
function isWorthTelling(event: Event): boolean {
	return event.isSuite !== true || (event.type === 'test:fail' && event.failure?.type !== 'subtestsFailed' && event.isSkipped !== true);
}

/** Reads the events in their order: names of the suites that are open, and what the file at hand printed on stderr. */
function createEventReader() {
	const names: string[] = [];
	const tests: FoundTest[] = [];
	let stderr = {file: '', text: ''};

	function finished(event: Event) {
		const {nesting = 0, name = '', file = ''} = event;
		if (!isFile(event)) {
			tests.push(...(isWorthTelling(event) ? [testOf(event, [...names.slice(0, nesting), name])] : []));
			return;
		}

		// An empty file that passes is no test.
		if (event.type === 'test:fail') {
			tests.push(brokenFile(event, file.endsWith(stderr.file) ? stderr.text : ''));
		}
	}

	return {
		tests,
		read(event: Event) {
			const {type, nesting = 0, name = '', file = '', text = ''} = event;
			if (type === 'test:stderr') {
				stderr = {file, text: (stderr.file === file ? stderr.text : '') + text};
			} else if (type === 'test:start') {
				names.splice(nesting, names.length, name);
			} else {
				finished(event);
			}
		},
	};
}

/** Reads the lines that the reporter of node-test.ts writes. */
export function parseNodeEvents(report: string): readonly FoundTest[] | undefined {
	const events = report.split('\n').flatMap(line => eventOf(line) ?? []);
	const reader = createEventReader();
	for (const event of events) {
		reader.read(event);
	}

	return events.length === 0 && report.trim() !== '' ? undefined : reader.tests;
}
