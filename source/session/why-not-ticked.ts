import type {TaskEntry} from '../protocol/ledger-entry.ts';

const shownTests = 10;

/** What the program saw at the end of an attempt that did not tick its task, for the model that goes on with it. */
export function whyNotTicked({red, evidence = [], grade, after}: TaskEntry): string {
	if (red.length > 0) {
		const more = red.length > shownTests ? `\n… and ${red.length - shownTests} more` : '';
		return `these tests fail:\n${red
			.slice(0, shownTests)
			.map(id => `- ${id}`)
			.join('\n')}${more}`;
	}

	if (after === undefined || after.passed + after.failed === 0) {
		return 'no test ran.';
	}

	const open = evidence.filter(one => one.grade === 'unproven').map(({criterion}) => criterion);
	return open.length > 0 ? `no test that passes names ${open.join(', ')}.` : `what they show of it is ${grade}.`;
}
