/** Joins parts of a path with forward slashes, which every system that Node runs on understands. */
export function join(...parts: readonly string[]): string {
	return parts
		.filter(part => part !== '')
		.join('/')
		.replace(/(?<!^)\/{2,}/g, '/');
}
