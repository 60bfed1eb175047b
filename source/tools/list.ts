import {z} from 'zod';
import {listFiles} from '../process/ripgrep.ts';
import type {ToolContext, ToolOutcome} from '../protocol/tool.ts';
import {defineTool, text} from './define-tool.ts';
import {explainMissing} from './explain-missing.ts';
import {locate} from './locate.ts';
import {failed} from './outcome.ts';
import {readNow} from './text-of.ts';

const maxFiles = 20_000;
const maxLines = 300;

const schema = z.strictObject({
	path: text('A folder; the project root when left out.').optional(),
	glob: text('Only files that match, such as `src/**/*.ts`; without a slash it matches names in every folder.').optional(),
});

type Input = z.infer<typeof schema>;

/** Every file while they are few; else what lies directly in the folder, with the number of files in each folder below. */
function linesFor(files: readonly string[], folder: string): readonly string[] {
	if (files.length <= maxLines) {
		return files;
	}

	const prefix = folder === '.' ? '' : `${folder}/`;
	const counts = new Map<string, number>();
	for (const file of files) {
		const [first = '', ...below] = file.slice(prefix.length).split('/');
		const entry = below.length === 0 ? `${prefix}${first}` : `${prefix}${first}/`;
		counts.set(entry, (counts.get(entry) ?? 0) + 1);
	}

	const entries = [...counts].map(([entry, count]) => (entry.endsWith('/') ? `${entry} (${count} files)` : entry));
	return entries.length <= maxLines ? entries : [...entries.slice(0, maxLines), `[… ${entries.length - maxLines} more]`];
}

type Place = {readonly absolute: string; readonly shown: string};

/** Why a folder shows no files: it is absent, it is a file, or nothing in it counts. */
async function explainEmpty({absolute, shown}: Place, glob: string | undefined, context: ToolContext): Promise<ToolOutcome> {
	const file = await readNow(absolute);
	if (file.kind === 'missing') {
		return explainMissing({shown, isInside: true, isFolder: true}, context);
	}

	if (file.kind !== 'not-text' || !file.why.includes('folder')) {
		return failed(`${shown} is a file. Use read to see it.`);
	}

	const what = glob === undefined ? `There are no files in ${shown}` : `No file in ${shown} matches ${glob}`;
	return {ok: true, forModel: `${what} (files that git ignores are not listed).`, display: {kind: 'lines', lines: [], summary: 'no files'}};
}

async function run({path = '.', glob}: Input, context: ToolContext): Promise<ToolOutcome> {
	const place = await locate(context.root, path);
	if (place.kind === 'refused') {
		return failed(place.why);
	}

	if (!place.isInside) {
		return failed(`${place.shown} is outside the project; only its own files are listed.`);
	}

	const {root, env, signal} = context;
	const under = place.shown === '.' ? {} : {under: place.shown};
	const {files, isTruncated} = await listFiles({root, env, signal, limit: maxFiles, ...under, ...(glob !== undefined && {glob})});
	if (files.length === 0) {
		return explainEmpty(place, glob, context);
	}

	const lines = linesFor(files, place.shown);
	const summary = `${files.length}${isTruncated ? ' or more' : ''} files`;
	const isCollapsed = files.length > maxLines;
	const hint = isCollapsed ? `[${summary}; give a folder as path, or a glob, to see them]` : undefined;
	return {ok: true, forModel: [...lines, ...(hint === undefined ? [] : [hint])].join('\n'), display: {kind: 'lines', lines, summary}};
}

/** Lists files as the project has them: dot files too, without what git ignores. */
export const list = defineTool<Input>({
	name: 'list',
	description: 'Lists the files of the project that git does not ignore; many are summed up by folder.',
	schema,
	action: ({path = '.'}) => ({kind: 'read', path}),
	title: ({path = '.', glob}) => (glob === undefined ? path : `${path} ${glob}`),
	run,
});
