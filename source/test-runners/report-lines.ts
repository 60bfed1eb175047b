/** A record from outside, of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts of a list; nothing of anything else. */
export function texts(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter(entry => typeof entry === 'string') : [];
}

/** A text, or '' for anything else. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** A number under its name, for a record that leaves out what is not known; nothing for anything else. */
export function numberAs<Name extends string>(name: Name, value: unknown): {readonly [Key in Name]?: number} {
	return typeof value === 'number' && Number.isFinite(value) ? ({[name]: value} as {readonly [Key in Name]?: number}) : {};
}

/** The records of a report that is one JSON text a line; a line that broke off, or is anything else, is none. */
export function jsonLines(report: string): readonly Json[] {
	return report.split('\n').flatMap(line => {
		if (!line.startsWith('{')) {
			return [];
		}

		try {
			const parsed: unknown = JSON.parse(line);
			return isJson(parsed) ? [parsed] : [];
		} catch {
			return [];
		}
	});
}

/** Suites and a test as one name. */
export function nameIn(suites: readonly string[], name: string): string {
	return [...suites, name].join(' > ');
}
