import {existsSync} from 'node:fs';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {parseRequirements} from '../../source/spec/requirements.ts';
import type {Edit, EvalCase} from './case.ts';

type Place = {readonly root: string; readonly spec: string};

function documentOf({root, spec}: Place): string {
	const folder = join(root, '.kiro/specs', spec);
	const bugfix = join(folder, 'bugfix.md');
	return existsSync(bugfix) ? bugfix : join(folder, 'requirements.md');
}

function fileOf(edit: Edit, place: Place): string {
	return 'file' in edit ? join(place.root, edit.file) : documentOf(place);
}

/** Writes the criterion below the last one there is, with the next number, in the form that the others have. */
function withCriterion(text: string, criterion: string): string | undefined {
	const last = parseRequirements(text)
		.requirements.flatMap(({criteria}) => criteria)
		.at(-1);
	const lines = text.split('\n');
	const own = last === undefined ? undefined : lines[last.line - 1];
	const label = own === undefined ? undefined : /^(\s*(?:[-*] )?)((?:\d+\.)*)(\d+)([.)]? )/.exec(own);
	if (last === undefined || label === null || label === undefined) {
		return undefined;
	}

	const [, indent, head, number, tail] = label;
	const end = lines.findIndex((line, index) => index >= last.line && line.trim() === '');
	const at = end === -1 ? lines.length : end;
	return [...lines.slice(0, at), `${indent}${head}${Number(number) + 1}${tail}${criterion}`, ...lines.slice(at)].join('\n');
}

/** Makes a change as a person would in their editor. False: the place it is about is not there. */
export async function makeEdit(edit: Edit, place: Place): Promise<boolean> {
	const path = fileOf(edit, place);
	const text = existsSync(path) ? await readFile(path, 'utf8') : undefined;
	const changed =
		text === undefined
			? undefined
			: 'file' in edit
				? text.replace(new RegExp(edit.find, 'm'), edit.replace)
				: withCriterion(text, edit.criterion);
	if (changed === undefined || changed === text) {
		return false;
	}

	await writeFile(path, changed);
	return true;
}

/** How many of the edits that were made are still there. */
export async function countKept({edits, spec}: EvalCase, root: string): Promise<number> {
	const kept = await Promise.all(
		edits.map(async edit => {
			const path = fileOf(edit, {root, spec});
			return existsSync(path) && new RegExp(edit.kept, 'm').test(await readFile(path, 'utf8'));
		}),
	);
	return kept.filter(Boolean).length;
}
