import type {State} from '../protocol/state.ts';
import {UserError} from '../protocol/user-error.ts';

/** What one more request is expected to cost: the dearest recent answer, so that the limit is kept before it is passed. */
function expectedCost(state: State): number {
	const conversation = state.current === undefined ? undefined : state.conversations[state.current];
	const answers = conversation?.messages.filter(message => message.role === 'assistant').length ?? 0;
	return conversation === undefined || answers === 0 ? 0 : conversation.costUsd / answers;
}

/** Refuses the next request when it would pass the budget; code 6 for a headless run. */
export function requireBudget(state: State): void {
	const {budgetUsd, costUsd, isPriced} = state;
	if (budgetUsd === undefined) {
		return;
	}

	if (!isPriced) {
		throw new UserError(
			`The price of ${state.model?.id ?? 'this model'} is not known, so a budget of $${budgetUsd.toFixed(2)} cannot be kept`,
			{
				nextStep: 'Put its price into settings.json (prices), or run without --max-budget-usd',
				exitCode: 6,
			},
		);
	}

	if (costUsd + expectedCost(state) >= budgetUsd) {
		throw new UserError(`The budget of $${budgetUsd.toFixed(2)} would be passed: $${costUsd.toFixed(2)} is spent`, {
			nextStep: 'Raise it with --max-budget-usd or /budget, then go on',
			exitCode: 6,
		});
	}
}
