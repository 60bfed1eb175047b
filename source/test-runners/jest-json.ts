import {failureFromStack, kindOfError, plain, shortened} from './failure.ts';
import {type FoundTest, fileLoads} from './runner.ts';

type Json = Readonly<Record<string, unknown>>;

function isJson(value: unknown): value is Json {
	return typeof value === 'object' && value !== null;
}

function texts(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter(entry => typeof entry === 'string') : [];
}

function statusOf(status: unknown): FoundTest['status'] {
	switch (status) {
		case 'passed':
		case 'failed': {
			return status;
		}

		default: {
			return 'skipped';
		}
	}
}

function lineOf(result: Json): {readonly line?: number} {
	const {location} = result;
	return isJson(location) && typeof location.line === 'number' ? {line: location.line} : {};
}

function testOf(result: Json, file: string): FoundTest {
	const status = statusOf(result.status);
	const [message = 'It failed without a message'] = texts(result.failureMessages);
	const {duration} = result;
	return {
		file,
		name: [...texts(result.ancestorTitles), String(result.title ?? '')].join(' > '),
		status,
		...(typeof duration === 'number' && {durationMs: duration}),
		...(status === 'failed' && {failure: {file, ...lineOf(result), ...failureFromStack(message, kindOfError(message))}}),
	};
}

function messageOfFile(message: string): string {
	const lines = plain(message)
		.split('\n')
		.map(line => line.trim())
		.filter(line => line !== '' && !line.startsWith('●'));
	// Jest explains at length before it names the error.
	return lines.find(line => /^(?:\w*Error\b|Cannot )/.test(line)) ?? lines[0] ?? 'The file failed without a message';
}

function testsOfFile(entry: Json): readonly FoundTest[] {
	const file = String(entry.name ?? '');
	const message = String(entry.message ?? '');
	const results = Array.isArray(entry.assertionResults) ? entry.assertionResults.filter(isJson) : [];
	const tests = results.map(result => testOf(result, file));
	const isBroken = entry.status === 'failed' && !tests.some(test => test.status === 'failed');
	if (!isBroken) {
		return tests;
	}

	const isLoaded = tests.length > 0;
	const told = messageOfFile(message);
	const detail = shortened(plain(message));
	const kind = isLoaded ? 'other' : 'load';
	// With tests in it the file did load, but a hook around them failed, which this format tells only by the file's own status.
	const name = isLoaded ? 'the hooks of the file pass' : fileLoads;
	return [
		...tests,
		{file, name, status: 'failed', failure: {message: told, kind, file, ...(detail !== told && detail !== '' && {detail})}},
	];
}

/** Reads the JSON report of jest, which vitest writes too (`--reporter=json`). */
export function parseJestJson(report: string): readonly FoundTest[] | undefined {
	try {
		const parsed: unknown = JSON.parse(report);
		const files = isJson(parsed) ? parsed.testResults : undefined;
		return Array.isArray(files) ? files.filter(isJson).flatMap(testsOfFile) : undefined;
	} catch {
		return undefined;
	}
}
