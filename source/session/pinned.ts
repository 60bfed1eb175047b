import type {SpecState} from '../protocol/state.ts';
import {type Artifact, artifacts, documentName} from '../protocol/tool.ts';
import {unifiedDiff} from '../spec/changed-lines.ts';
import {outlineHeadings, outlineRequirements, outlineTasks} from '../spec/outline.ts';
import {withoutMarkers} from '../spec/without-markers.ts';

export type Texts = Readonly<Partial<Record<Artifact, string>>>;

/** A document as the model is told of it: tasks without their markers, so that ticking a box changes nothing in the head. */
export function asTold(artifact: Artifact, text: string): string {
	return artifact === 'tasks' ? withoutMarkers(text) : text;
}

/** The documents as the model is told of them. */
export function toldTextsOf(spec: SpecState): Texts {
	const texts: Partial<Record<Artifact, string>> = {};
	for (const artifact of artifacts) {
		const current = spec.artifacts[artifact];
		if (current !== undefined && current.digest !== '') {
			texts[artifact] = asTold(artifact, current.text);
		}
	}

	return texts;
}

/** Some 12,000 tokens: from here on each request of a task costs more for the rest of the spec than for the task. */
const maxWhole = 48_000;

/** Whether a task is told an outline of the spec, with the parts that are its own whole. */
export function isOutlined(texts: Texts): boolean {
	return Object.values(texts).reduce((sum, text) => sum + text.length, 0) > maxWhole;
}

const outlines = {requirements: outlineRequirements, design: outlineHeadings, tasks: outlineTasks} as const;

/** The pinned spec: one block a document, whole, or in outline. */
export function pinnedBlocks(spec: SpecState, texts: Texts, {inOutline = false} = {}): readonly string[] {
	return artifacts.flatMap(artifact => {
		const text = texts[artifact];
		const name = `${spec.path}/${documentName(artifact, spec.isBugfix)}`;
		if (text === undefined) {
			return [];
		}

		return inOutline
			? [`<document name="${name}" shown="outline">\n${outlines[artifact](text)}\n</document>`]
			: [`<document name="${name}">\n${text}\n</document>`];
	});
}

export type DocumentChange = {readonly artifact: Artifact; readonly diff: string};

/** What changed between the texts that the model was told and the texts now, one diff a document. */
export function documentChanges(spec: SpecState, told: Texts): readonly DocumentChange[] {
	const now = toldTextsOf(spec);
	return artifacts.flatMap(artifact => {
		const before = told[artifact] ?? '';
		const after = now[artifact] ?? '';
		return before === after ? [] : [{artifact, diff: unifiedDiff(`${spec.path}/${documentName(artifact, spec.isBugfix)}`, before, after)}];
	});
}

/** Past this share of the snapshot a diff costs more than a new epoch with fresh pins. */
export function needsNewEpoch(changes: readonly DocumentChange[], told: Texts): boolean {
	const diffSize = changes.reduce((sum, change) => sum + change.diff.length, 0);
	const size = Object.values(told).reduce((sum, text) => sum + text.length, 0);
	return size > 4000 && diffSize > size * 0.3;
}
