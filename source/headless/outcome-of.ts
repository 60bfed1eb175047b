import {exitCodes} from '../protocol/exit-codes.ts';
import {documentStages} from '../protocol/ledger-entry.ts';
import {currentConversation} from '../protocol/select.ts';
import type {State} from '../protocol/state.ts';
import type {Gathered} from './run-result.ts';

function ofTasks(gathered: Gathered): number | undefined {
	const last = gathered.evidence.at(-1);
	switch (last?.outcome) {
		case undefined: {
			return undefined;
		}

		case 'done': {
			return exitCodes.done;
		}

		case 'interrupted': {
			return gathered.denials.length > 0 ? exitCodes.notPermitted : exitCodes.personNeeded;
		}

		default: {
			return exitCodes.evidenceSaysNo;
		}
	}
}

/** The exit code of a run that ended without an error, from what it left behind (the table is in the README). */
export function outcomeOf(state: State, gathered: Gathered): number {
	const tasks = ofTasks(gathered);
	if (tasks !== undefined) {
		return tasks;
	}

	const turn = currentConversation(state)?.turn.end;
	if (turn !== undefined && turn !== 'finished') {
		return turn === 'limit' ? exitCodes.budget : turn === 'failed' ? exitCodes.error : exitCodes.personNeeded;
	}

	if ((state.tests.last?.comparison?.newFailures.length ?? 0) > 0) {
		return exitCodes.evidenceSaysNo;
	}

	// A document that was written all the same did not need what was denied.
	const isWritten = documentStages.some(stage => stage === state.spec?.stage && gathered.written.has(stage));
	return gathered.denials.length > 0 && !isWritten ? exitCodes.notPermitted : exitCodes.done;
}
