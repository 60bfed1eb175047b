import type {Event} from './event.ts';
import type {State} from './state.ts';

/** The workspace, what waits for a person, and the settings in force. */
export function reduceWorkspace(state: State, event: Event): State {
	switch (event.type) {
		case 'workspace.opened': {
			const {type: _, ...workspace} = event;
			return {...state, workspace: {...workspace, ...(state.workspace.testCommand && {testCommand: state.workspace.testCommand})}};
		}

		case 'workspace.trusted': {
			return {...state, workspace: {...state.workspace, trust: event.trust}};
		}

		case 'test-command.found': {
			const {testCommand: _, ...workspace} = state.workspace;
			return {...state, workspace: event.testCommand === undefined ? workspace : {...workspace, testCommand: event.testCommand}};
		}

		case 'specs.listed': {
			return {...state, specs: event.specs, ...(event.since && {since: event.since})};
		}

		case 'mode.changed': {
			return {...state, mode: event.mode};
		}

		case 'model.chosen': {
			const {type: _, model, ...facts} = event;
			return {...state, model: {id: model, ...facts}};
		}

		case 'budget.set': {
			const {budgetUsd: _, ...rest} = state;
			return event.budgetUsd === undefined ? rest : {...rest, budgetUsd: event.budgetUsd};
		}

		case 'asked': {
			return {...state, asks: [...state.asks, event.ask]};
		}

		case 'answered': {
			return {...state, asks: state.asks.filter(ask => ask.id !== event.ask)};
		}

		case 'noticed': {
			const {type: _, ...notice} = event;
			return state.current === undefined ? {...state, notices: [...state.notices, notice].slice(-50)} : state;
		}

		default: {
			return state;
		}
	}
}
