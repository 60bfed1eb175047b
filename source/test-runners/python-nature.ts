import type {TestFailure} from '../protocol/test-report.ts';

/**
 * What a Python exception says about the test it ended, from `Class: message`: pytest shows a bare `assert` without its class, and
 * `pytest.fail` and `pytest.raises` fail with `Failed`, as the timeout plug-in does.
 */
export function natureOfPython(message: string): Pick<TestFailure, 'kind' | 'inBody'> {
	if (/^Failed: Timeout\b/.test(message)) {
		return {kind: 'timeout', inBody: true};
	}

	if (/^(?:assert\b|AssertionError\b|Failed: )/.test(message)) {
		return {kind: 'assertion', inBody: true};
	}

	const isMissing =
		/^(?:ModuleNotFoundError|ImportError|SyntaxError|IndentationError|TabError)\b|^AttributeError: module '.*' has no attribute/s;
	return {kind: 'error', inBody: !isMissing.test(message)};
}
