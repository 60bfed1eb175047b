import {type Marker, parseTasks, type TaskId} from './tasks.ts';

export type MarkerPlan = {readonly kind: 'ready'; readonly text: string} | {readonly kind: 'not-found'} | {readonly kind: 'no-box'};

/** Sets the box of one task: exactly one character of the text differs, or none when the box holds the marker already. */
export function setMarker(text: string, id: TaskId, marker: Marker): MarkerPlan {
	const task = parseTasks(text).tasks.find(candidate => candidate.id === id);
	if (task === undefined) {
		return {kind: 'not-found'};
	}

	if (task.markerOffset === undefined) {
		return {kind: 'no-box'};
	}

	return {kind: 'ready', text: text.slice(0, task.markerOffset) + marker + text.slice(task.markerOffset + 1)};
}
