/**
 * The source of the reporter that vitest loads, for a report in this file: one line of JSON a test, a failed suite, a file and an unhandled
 * error. Vitest's own JSON has neither what an assertion wanted, nor hooks that failed, nor errors outside of every test; this reads its task
 * tree, which is the same from vitest 1 on (`onFinished` there, `onTestRunEnd` since 3). It must hold no apostrophe, so that the shell word
 * stays readable in `ps`.
 */
export function vitestReporter(reportFile: string): string {
	return `import {writeFileSync} from "node:fs";
const text = value => typeof value === "string" ? value.slice(0, 4000) : undefined;
const errorOf = error => error && {
	name: text(error.name),
	message: text(error.message) ?? String(error),
	stack: text(error.stack),
	diff: text(error.diff),
	expected: text(error.expected),
	actual: text(error.actual),
	cause: error.cause && text((error.cause.name ?? "Error") + ": " + error.cause.message),
};
const failedHook = hooks => Object.entries(hooks ?? {}).some(([, state]) => state !== "pass");
function* linesOf(task, file, suites) {
	const {state, errors, hooks, duration} = task.result ?? {};
	const base = {file, suites, name: task.name, state: state ?? task.mode, error: errorOf(errors?.[0])};
	if (task.tasks === undefined) {
		yield {...base, type: "test", line: task.location?.line, ms: duration, hook: state === "fail" && failedHook(hooks)};
		return;
	}
	if (task.filepath !== undefined || errors?.length > 0) yield {...base, type: task.filepath === undefined ? "suite" : "file"};
	for (const child of task.tasks) yield* linesOf(child, file, task.filepath === undefined ? [...suites, task.name] : suites);
}
const write = (files, errors) => writeFileSync(${JSON.stringify(reportFile)}, [
	...files.flatMap(file => [...linesOf(file, file.filepath, [])]),
	...(errors ?? []).map(error => ({type: "unhandled", error: errorOf(error)})),
].map(line => JSON.stringify(line) + "\\n").join(""));
export default class {
	onInit(vitest) {
		for (const {config} of [vitest, ...(vitest.projects ?? [])]) if (config) config.includeTaskLocation = true;
	}
	onFinished(files, errors) {
		write(files ?? [], errors);
	}
	onTestRunEnd(modules, errors) {
		write(modules.map(module => module.task), errors);
	}
}`;
}
