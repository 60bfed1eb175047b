import {parseTasks} from './tasks.ts';

/** tasks.md with the marker of every task blanked: what an approval is for and what the model is told, so that progress is not a change. */
export function withoutMarkers(text: string): string {
	let blanked = '';
	let from = 0;
	for (const {markerOffset} of parseTasks(text).tasks) {
		if (markerOffset !== undefined) {
			blanked += `${text.slice(from, markerOffset)} `;
			from = markerOffset + 1;
		}
	}

	return blanked + text.slice(from);
}
