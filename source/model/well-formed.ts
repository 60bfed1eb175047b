/** Text that every service takes: lone surrogates and NUL, which some refuse and some store badly, become U+FFFD. */
export function cleanText(text: string): string {
	return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}

/** The same for every text inside a JSON value. */
export function cleanValue(value: unknown): unknown {
	if (typeof value === 'string') {
		return cleanText(value);
	}

	if (Array.isArray(value)) {
		return value.map(cleanValue);
	}

	if (value === null || typeof value !== 'object') {
		return value;
	}

	return Object.fromEntries(Object.entries(value).map(([key, held]) => [cleanText(key), cleanValue(held)]));
}
