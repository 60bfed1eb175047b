import {readdir, readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';

/** Every sentence the model is told, as Markdown with {{names}}; stages and notices by file name without `.md`. */
export type Prompts = {
	readonly system: string;
	readonly stages: Readonly<Record<string, string>>;
	readonly notices: Readonly<Record<string, string>>;
};

async function readFolder(folder: string): Promise<Readonly<Record<string, string>>> {
	const names = (await readdir(folder)).filter(name => name.endsWith('.md')).toSorted();
	const entries = names.map(async name => [basename(name, '.md'), (await readFile(join(folder, name), 'utf8')).trimEnd()] as const);
	return Object.fromEntries(await Promise.all(entries));
}

/** Reads `prompts/` of the package. Throws when the package is incomplete. */
export async function loadPrompts(packageRoot: string): Promise<Prompts> {
	const folder = join(packageRoot, 'prompts');
	const [system, stages, notices] = await Promise.all([
		readFile(join(folder, 'system.md'), 'utf8'),
		readFolder(join(folder, 'stages')),
		readFolder(join(folder, 'notices')),
	]);
	return {system: system.trimEnd(), stages, notices};
}

/**
 * Puts values into the `{{names}}` of a template, literally: neither `$&` nor `{{…}}` in a value means anything. Throws on a name without
 * a value, so that a misspelt one cannot reach the model.
 */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
	return template.replaceAll(/\{\{([a-z_]+)\}\}/g, (_, name: string) => {
		const value = Object.hasOwn(values, name) ? values[name] : undefined;
		if (value === undefined) {
			throw new Error(`the prompt names {{${name}}}, which has no value`);
		}

		return value;
	});
}
