import type {StageId} from '../../protocol/event.ts';
import type {Artifact} from '../../protocol/tool.ts';

/** One row of the stage table. */
export type Stage = {
	readonly id: StageId;
	readonly title: string;
	/** The document that this stage writes; building and free iteration write none. */
	readonly artifact?: Artifact;
	/** The file below prompts/stages/. */
	readonly prompt: string;
	readonly next?: StageId;
	/** What the program says for the person when the stage begins with an empty document. */
	readonly opening?: string;
};
