export type ParsedYaml = {readonly ok: true; readonly value: unknown} | {readonly ok: false; readonly line: number};

/** The only door to the yaml package, which loads with the first front matter: most starts need none. `line` is the 1-based line of the first error. */
export async function parseYaml(text: string): Promise<ParsedYaml> {
	const {parseDocument} = await import('yaml');
	const document = parseDocument(text, {prettyErrors: true, uniqueKeys: false, logLevel: 'silent', stringKeys: true});
	const [error] = document.errors;
	if (error !== undefined) {
		return {ok: false, line: error.linePos?.[0].line ?? 1};
	}

	try {
		return {ok: true, value: document.toJS({maxAliasCount: 20})};
	} catch {
		// Aliases that unfold without end, or name nothing.
		return {ok: false, line: 1};
	}
}
