import {existsSync} from 'node:fs';
import {dirname} from 'node:path';
import type {Artifact, StageDocument, ToolContext} from '../protocol/tool.ts';
import {locate} from './locate.ts';

export type FoundDocument =
	| {readonly kind: 'found'; readonly absolute: string; readonly shown: string}
	| {readonly kind: 'refused'; readonly why: string};

function written(documents: readonly StageDocument[]): string {
	return documents.length === 0
		? 'No document is written here'
		: `This stage writes ${documents.map(document => document.artifact).join(', ')}`;
}

/** The titles that only one of the documents has; any other title says nothing. */
const titles: readonly (readonly [Artifact, RegExp])[] = [
	['requirements', /^(?:bugfix )?requirements(?: document)?\s*(?::|$)/i],
	['design', /^design document\s*(?::|$)/i],
	['tasks', /^(?:implementation plan|tasks)\s*(?::|$)/i],
];

/** Why a text cannot become this document, when its title says that it is another one. */
export function explainOtherDocument(artifact: Artifact, content: string, {documents}: ToolContext): string | undefined {
	const [, title = ''] = /^\s*# +(.*)/.exec(content) ?? [];
	const held = titles.find(([, pattern]) => pattern.test(title))?.[0] ?? artifact;
	if (held === artifact) {
		return undefined;
	}

	const next = documents.some(document => document.artifact === held)
		? `Write it with document ${JSON.stringify(held)}.`
		: `${written(documents)}. Write that now; what belongs to ${held} has a stage of its own.`;
	return `Its title says that this is the text of ${held}, not of ${artifact}, so nothing was written. ${next}`;
}

/** The file of a document that this stage may write. */
export async function findDocument(artifact: Artifact, context: ToolContext): Promise<FoundDocument> {
	const document = context.documents.find(candidate => candidate.artifact === artifact);
	if (document === undefined) {
		return {
			kind: 'refused',
			why: `${artifact} is not written in this stage. ${written(context.documents)}. Say what should change there instead.`,
		};
	}

	const place = await locate(context.root, document.path);
	if (place.kind === 'refused' || !place.isInside) {
		return {kind: 'refused', why: place.kind === 'refused' ? place.why : `${place.shown} is outside the project.`};
	}

	const folder = dirname(place.absolute);
	if (!existsSync(folder)) {
		const why = `The folder of the spec is gone: it was moved or removed while you worked. Nothing was written. Say so and stop.`;
		return {kind: 'refused', why};
	}

	return {kind: 'found', absolute: place.absolute, shown: place.shown};
}
