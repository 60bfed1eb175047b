import type {DocumentStage} from '../protocol/ledger-entry.ts';

/** The panes a person can look at. `home` stands where no spec is open; `side` lists specs, changed files and cost in wide windows. */
export type PaneId = DocumentStage | 'chat' | 'tests' | 'home' | 'side';

/** The panes with a number, in its order: `Ctrl+X 1` … `5`. */
export const numberedPanes: readonly PaneId[] = ['requirements', 'design', 'tasks', 'chat', 'tests'];

export const paneNames: Readonly<Record<PaneId, string>> = {
	requirements: 'Requirements',
	design: 'Design',
	tasks: 'Tasks',
	chat: 'Chat',
	tests: 'Tests',
	home: 'Home',
	side: 'Overview',
};

/** The three panes that show a document which a person approves. */
export function isDocumentPane(pane: PaneId): pane is DocumentStage {
	return pane === 'requirements' || pane === 'design' || pane === 'tasks';
}
