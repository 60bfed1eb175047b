import {join} from 'node:path';
import {searchFiles} from '../process/ripgrep.ts';
import {type CriterionLink, criterionLinks, mayHoldTests} from '../spec/criterion-links.ts';
import {readTextFile} from '../workspace/read-text-file.ts';

const maxLines = 20_000;
const maxFiles = 3000;
const maxBytes = 1_000_000;
/** Brackets that hold a criterion's id; what they are is told from the file itself. */
const bracketed = String.raw`\[[^\[\]]*\d\.\d[^\[\]]*\]`;

export type SearchPlace = {
	readonly root: string;
	/** The environment of child processes. */
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly signal: AbortSignal;
};

/** The test files, with their text, in which some criterion may be named. */
async function taggedFiles({root, env, signal}: SearchPlace): Promise<ReadonlyMap<string, string>> {
	const found = await searchFiles({root, env, signal, pattern: bracketed, glob: '!.kiro', limit: maxLines});
	const paths = [...new Set(found.kind === 'found' ? found.lines.map(line => line.path) : [])].filter(mayHoldTests);
	const texts = new Map<string, string>();
	for (const path of paths.slice(0, maxFiles)) {
		const read = await readTextFile(join(root, path), {maxBytes});
		if (read.kind === 'text') {
			texts.set(path, read.text);
		}
	}

	return texts;
}

export type LinksOf = (spec: string) => readonly CriterionLink[];

/** Reads the project's test files once, what git ignores left out; the result tells the links of any spec. Nothing of them is run. */
export async function findLinks(place: SearchPlace, isOnly: boolean): Promise<LinksOf> {
	const texts = await taggedFiles(place);
	return spec => [...texts].flatMap(([file, text]) => criterionLinks(file, text, {spec, isOnly}));
}
