import type {StageId} from '../protocol/event.ts';
import type {Tool} from '../protocol/tool.ts';
import {ask} from './ask.ts';
import {edit} from './edit.ts';
import {editDocument} from './edit-document.ts';
import {endTurn} from './end-turn.ts';
import {expectRed} from './expect-red.ts';
import {list} from './list.ts';
import {packageLookup} from './package.ts';
import {read} from './read.ts';
import {runTool} from './run.ts';
import {search} from './search.ts';
import {write} from './write.ts';
import {writeDocument} from './write-document.ts';

const looking: readonly Tool[] = [ask, endTurn, list, read, search];
const documents: readonly Tool[] = [...looking, editDocument, packageLookup, writeDocument];
const building: readonly Tool[] = [...looking, edit, runTool, write];

/** Which tools the model has, by stage. */
const table: Readonly<Record<StageId, readonly Tool[]>> = {
	requirements: documents,
	design: documents,
	tasks: documents,
	implement: [...building, expectRed],
	// A person accepts each change of a document from here by itself.
	vibe: [...building, editDocument, packageLookup],
};

/** The tools of a stage, sorted by name: their order is part of what the prompt cache holds. */
export function toolsFor(stage: StageId): readonly Tool[] {
	return table[stage].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
