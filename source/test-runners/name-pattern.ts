import type {NamedTest} from './runner.ts';

/** `text` as a regular expression that means just it, in JavaScript, Go and POSIX alike. A run of spaces matches any other. */
export function exactly(text: string): string {
	return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s+`);
}

/** The test's own name without the suites around it. */
function ownName({name, suites}: NamedTest): string {
	const around = suites.map(suite => `${suite} > `).join('');
	return name.startsWith(around) ? name.slice(around.length) : name;
}

/** One of these names somewhere in a test's full name. Suites are joined by a space in jest, and by ` > ` in some versions of vitest. */
export function anyOf(tests: readonly NamedTest[]): string {
	const names = tests.map(test => [...test.suites, ownName(test)].map(exactly).join('(?: > | )'));
	return [...new Set(names)].join('|');
}
