/**
 * The source of the reporter that node loads. Its own JUnit reporter drops what a suite's hook or a parent test itself failed on, escapes quotes
 * twice and has neither lines nor the message of a file that does not load; events have them all, from Node 20 on. A data URL needs no file
 * beside the bundle. It must hold no apostrophe, so that the shell word stays readable in `ps`.
 */
export const nodeReporter = `import {inspect} from "node:util";
const shown = value => inspect(value, {depth: 4}).slice(0, 4000);
export default async function* (events) {
	for await (const {type, data} of events) {
		if (!/^test:(start|pass|fail|stderr)$/.test(type)) continue;
		const error = data.details?.error;
		const cause = error?.cause ?? error;
		const isAssertion = cause?.code === "ERR_ASSERTION" && "expected" in cause;
		yield JSON.stringify({
			type,
			name: data.name,
			nesting: data.nesting,
			file: data.file,
			line: data.line,
			isSkipped: (data.skip ?? data.todo ?? false) !== false,
			isSuite: data.details?.type === "suite",
			ms: data.details?.duration_ms,
			text: data.message,
			failure: error && {
				type: error.failureType,
				code: cause?.code,
				message: String(cause?.message ?? cause),
				stack: cause?.stack,
				cause: cause?.cause instanceof Error ? String(cause.cause).slice(0, 4000) : undefined,
				...(isAssertion && {expected: shown(cause.expected), actual: shown(cause.actual)}),
			},
		}) + "\\n";
	}
}`;
