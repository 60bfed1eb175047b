import {type EditPlan, nearLines} from './plan-edit.ts';

const maxNear = 3;

/** Why a replacement cannot be made, and what to do instead, in words for the model. */
export function explainPlan(plan: Exclude<EditPlan, {kind: 'ready'}>, shown: string, text: string, find: string): string {
	switch (plan.kind) {
		case 'ambiguous': {
			return `old_text occurs ${plan.lines.length} times or more in ${shown}, on lines ${plan.lines.join(', ')}. Include lines around the one you mean.`;
		}

		case 'not-found': {
			const near = nearLines(text, find);
			const hint =
				near.length === 0
					? 'Nothing like its first line is there'
					: `Its first line is like ${near
							.slice(0, maxNear)
							.map(line => `line ${line}`)
							.join(' and ')}, so white space or a later line differs`;
			return `${shown} does not contain old_text. ${hint}. Read that part and copy it exactly.`;
		}

		default: {
			return plan satisfies never;
		}
	}
}
