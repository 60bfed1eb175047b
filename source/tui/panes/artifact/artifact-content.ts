import {approvalOf} from '../../../protocol/select.ts';
import type {ArtifactState, SpecState} from '../../../protocol/state.ts';
import type {Artifact} from '../../../protocol/tool.ts';
import {unifiedDiff} from '../../../spec/changed-lines.ts';
import {type Content, type ContentRow, createMemo, plainRows} from '../../content.ts';
import {diffRows} from '../../rows/diff-rows.ts';
import {documentRows} from '../../rows/document-rows.ts';
import type {Row} from '../../rows/row.ts';
import {wrapRow} from '../../rows/wrap-row.ts';
import type {World} from '../../world.ts';

/** Line numbers and their bar take 7 columns: below this width the text needs them more. */
const numbersFrom = 76;

/** A longer line of a document is cut in its diff. */
const longestLine = 4000;

const memo = createMemo<Content>();

function sentences(lines: readonly string[], columns: number): Content {
	const rows = lines.flatMap(text => (text === '' ? [[]] : wrapRow([{text, tone: 'muted'}], columns)));
	return {rows: plainRows(rows, 'sentence'), rest: 0};
}

function missing(artifact: Artifact, isWorking: boolean, columns: number): Content {
	if (isWorking) {
		return sentences(['The model reads the project first. The document grows here as it is written.'], columns);
	}

	const lines: Readonly<Record<Artifact, readonly string[]>> = {
		requirements: ['No requirements yet.', '', 'Say below what you want to build, in a sentence or two.'],
		design: ['No design yet.', '', 'It follows when the requirements are approved.'],
		tasks: ['No tasks yet.', '', 'They follow when the design is approved.'],
	};
	return sentences(lines[artifact], columns);
}

/** A person's edit, and a later revision, are opened where they begin; a first text at its top. */
function restOf(artifact: ArtifactState, rows: readonly ContentRow[]): Content['rest'] {
	if (artifact.streaming !== undefined) {
		return 'tail';
	}

	const first = artifact.changedLines[0];
	if (artifact.revision < 2 || first === undefined) {
		return 0;
	}

	return Math.max(0, rows.findIndex(row => row.line === first) - 3);
}

function textContent(spec: SpecState, artifact: ArtifactState, columns: number): Content {
	const isStreaming = artifact.streaming !== undefined;
	const shown = documentRows({
		text: artifact.streaming ?? artifact.text,
		columns,
		changedLines: isStreaming || artifact.revision < 2 ? [] : artifact.changedLines,
		hasLineNumbers: columns >= numbersFrom,
		// What the tasks will make is not missing in their own list.
		missing: artifact === spec.artifacts.design ? spec.missingMentions : [],
	});
	const rows = shown.map(({row, line}): ContentRow => ({row, line, block: `${line}`}));
	return {rows, rest: restOf(artifact, rows)};
}

function diffContent(spec: SpecState, name: Artifact, artifact: ArtifactState, columns: number): Content {
	const approved = spec.approvedTexts[name];
	if (approvalOf(spec, name) === 'none') {
		return sentences(['This document was never approved, so there is nothing to compare it with.'], columns);
	}

	if (approved === undefined) {
		return sentences(
			['The approved text is not on this machine, so the difference cannot be shown.', 'The ledger holds only its hash.'],
			columns,
		);
	}

	const patch = unifiedDiff(`${name}.md`, approved, artifact.text);
	// Prose is judged word by word: its lines are wrapped, not cut.
	const lines = diffRows(patch, {columns: longestLine}).flatMap(row => wrapRow(row, columns, {indent: 2}));
	const rows: readonly Row[] = patch === '' ? [[{text: 'No difference: this is the approved text.', tone: 'muted'}]] : lines;
	return {rows: rows.map((row, index) => ({row, block: `diff ${index}`})), rest: 0};
}

/** A document of the spec as it is written, or what changed in it since its approval. */
export function artifactContent(world: World, name: Artifact, columns: number, isWorking: boolean): Content {
	const {spec} = world.state;
	const artifact = spec?.artifacts[name];
	if (spec === undefined || artifact === undefined) {
		return missing(name, isWorking && spec?.stage === name, columns);
	}

	if (world.view.diffOf === name) {
		return diffContent(spec, name, artifact, columns);
	}

	return memo(artifact, `${columns} ${spec.missingMentions.join()}`, () => textContent(spec, artifact, columns));
}
