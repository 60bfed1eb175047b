/**
 * The source of the reporter that mocha loads: one line of JSON for each test, each hook that failed, and the end, in the file that is named as
 * this one without `.cjs`. Mocha's own JSON does not tell a hook from a test, joins suites to one name, and says nothing of files that do not
 * load: there mocha only prints the error, before it makes the reporter. Mocha takes a reporter by its path, so the command writes it first. Events and fields are those of mocha 8 and later. It must hold no apostrophe, so that the shell word stays readable in `ps`.
 */
export const mochaReporter = `const {writeFileSync} = require("node:fs");
const {inspect} = require("node:util");
const shown = value => inspect(value, {depth: 4}).slice(0, 4000);
const text = value => typeof value === "string" ? value.slice(0, 8000) : undefined;
const lines = new Map();
let hasBegun = false;
let said = "";
const printError = console.error;
console.error = (...words) => {
	said += hasBegun ? "" : words.map(word => word?.stack ?? String(word)).join(" ") + "\\n";
	printError(...words);
};
process.on("exit", () => {
	if (!hasBegun) lines.set("load", {type: "load", text: text(said)});
	writeFileSync(__filename.slice(0, -4), [...lines.values()].map(line => JSON.stringify(line) + "\\n").join(""));
});
const errorOf = error => error && {
	message: text(error.message) ?? shown(error),
	stack: text(error.stack),
	code: text(error.code),
	cause: error.cause && shown(error.cause),
	...(error.showDiff !== false && "expected" in error && {expected: shown(error.expected), actual: shown(error.actual)}),
};
module.exports = class {
	constructor(runner) {
		const take = (runnable, status, error) => {
			const {title, duration, type, parent, ctx} = runnable;
			lines.set(runnable, {
				type: type === "hook" ? "hook" : "test",
				file: runnable.file ?? parent?.file ?? ctx?.currentTest?.file,
				suites: runnable.titlePath().slice(0, -1).filter(name => name !== ""),
				name: title,
				status,
				ms: duration,
				error: errorOf(error),
			});
			console.log("  " + status + ": " + runnable.fullTitle());
			if (error) console.log(error.stack ?? error.message);
		};
		hasBegun = true;
		runner.on("pass", test => take(test, "passed"));
		runner.on("pending", test => take(test, "skipped"));
		runner.on("fail", (runnable, error) => take(runnable, "failed", error ?? {}));
		runner.on("end", () => lines.set("end", {type: "end"}));
	}
};
`;
