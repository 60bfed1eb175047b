import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {z} from 'zod';

const moment = z.enum(['written', 'first-task']);
const edit = z.union([
	z.strictObject({at: moment, criterion: z.string(), tell: z.string(), kept: z.string()}),
	z.strictObject({at: moment, file: z.string(), find: z.string(), replace: z.string(), tell: z.string(), kept: z.string()}),
]);
const text = z.union([z.string(), z.array(z.string()).transform(lines => lines.join('\n'))]);
const schema = z.strictObject({
	title: z.string(),
	language: z.string(),
	needs: z.array(z.string()),
	route: z.enum(['patch', 'quick', 'bugfix', 'feature']),
	spec: z.string(),
	idea: text,
	traps: z.array(z.string()).default([]),
	answers: z.array(z.strictObject({when: z.string(), say: z.string()})).default([]),
	edits: z.array(edit).default([]),
	hidden: z.strictObject({command: z.string()}),
});

/** What a person changes by hand on the way. */
export type Edit = z.infer<typeof edit>;
export type Moment = Edit['at'];

/** A job to be taken through: README.md of this folder tells what each field means. */
export type EvalCase = z.infer<typeof schema> & {
	readonly name: string;
	/** Absolute. */
	readonly folder: string;
};

const ownCases = resolve(import.meta.dirname, 'cases');

/** The case of one folder. Throws when its `case.json` is not as the README tells. */
async function readCase(cases: string, name: string): Promise<EvalCase> {
	const folder = join(cases, name);
	const read = schema.parse(JSON.parse(await readFile(join(folder, 'case.json'), 'utf8')));
	return {...read, name, folder};
}

/** All cases of a folder, or the named ones, by name; those of this repository when no folder is given. */
export async function readCases(names: readonly string[] = [], cases: string = ownCases): Promise<readonly EvalCase[]> {
	const folders = (await readdir(cases)).filter(name => existsSync(join(cases, name, 'case.json'))).sort();
	const unknown = names.filter(name => !folders.includes(name));
	if (unknown.length > 0) {
		throw new Error(`There is no case ${unknown.join(', ')}: ${folders.join(', ')}`);
	}

	return Promise.all(folders.filter(name => names.length === 0 || names.includes(name)).map(name => readCase(cases, name)));
}
