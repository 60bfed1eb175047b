/** What a package manager told of a package. */
export type PackageFacts = {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
	/** ISO 8601, when the registry tells. */
	readonly releasedAt?: string;
	readonly description?: string;
};

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		const one = Array.isArray(value) ? value.at(-1) : value;
		return typeof one === 'object' && one !== null ? {...one} : undefined;
	} catch {
		return undefined;
	}
}

const textOr = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

type Draft = {readonly [Key in keyof PackageFacts]: string | undefined};

function factsOf({name, version, license, releasedAt, description}: Draft): PackageFacts | undefined {
	if (name === undefined || version === undefined) {
		return undefined;
	}

	return {
		name,
		version,
		...(license !== undefined && {license}),
		...(releasedAt !== undefined && {releasedAt}),
		...(description !== undefined && {description}),
	};
}

/** Reads `npm view <name> name version license time.modified description --json`. */
export function parseNpm(output: string): PackageFacts | undefined {
	const value = objectOf(output) ?? {};
	const [name, version, license, releasedAt, description] = ['name', 'version', 'license', 'time.modified', 'description'].map(key =>
		textOr(value[key]),
	);
	return factsOf({name, version, license, releasedAt, description});
}

/** Reads `pip index versions <name>`: `name (1.2.3)` on the first line. Neither licence nor time is told. */
export function parsePip(name: string, output: string): PackageFacts | undefined {
	const version = /^\S+ \(([^)]+)\)/m.exec(output)?.[1];
	return factsOf({name, version, license: undefined, releasedAt: undefined, description: undefined});
}

/** Reads `cargo info <name>`: lines such as `version: 1.0.0 (latest 1.2.0)` and `license: MIT`. */
export function parseCargo(name: string, output: string): PackageFacts | undefined {
	const field = (key: string) => new RegExp(`^${key}: *(.+)$`, 'm').exec(output)?.[1]?.trim();
	const version = /latest ([^)\s]+)/.exec(field('version') ?? '')?.[1] ?? field('version')?.split(' ')[0];
	return factsOf({name, version, license: field('license'), releasedAt: undefined, description: undefined});
}

/** Reads `go list -m -json <path>@latest`. */
export function parseGo(output: string): PackageFacts | undefined {
	const value = objectOf(output) ?? {};
	return factsOf({
		name: textOr(value.Path),
		version: textOr(value.Version),
		license: undefined,
		releasedAt: textOr(value.Time),
		description: undefined,
	});
}
