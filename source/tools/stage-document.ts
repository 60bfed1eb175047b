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
