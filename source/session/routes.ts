import type {Route} from '../protocol/event.ts';

/** The routes by size; the key chooses one. */
export const routes: Readonly<Record<Route, {readonly key: string; readonly label: string; readonly meaning: string}>> = {
	patch: {key: 'p', label: 'Patch', meaning: 'one criterion, one test, one task, one gate'},
	quick: {key: 'q', label: 'Quick spec', meaning: 'a few questions, then three short documents, one gate'},
	feature: {key: 'f', label: 'Feature', meaning: 'requirements, design and tasks, a gate each'},
};

const smallWork = /\b(fix|typo|rename|bump|wording|message|default|off by one|crash(es)? when|return code|exit code)\b/i;
const largeWork =
	/\b(every|all platforms|cross-platform|support|system|integrat\w*|migrat\w*|architecture|service|sync\w*|authenticat\w*|payment|notif\w*)\b/i;

/** Proposes how much ceremony an idea is worth, from its words alone; the person decides. */
export function proposeRoute(idea: string): Route {
	const words = idea.trim().split(/\s+/).length;
	if (largeWork.test(idea) || words > 60) {
		return 'feature';
	}

	return smallWork.test(idea) && words <= 25 ? 'patch' : 'quick';
}

const questionStart = /^(what|why|how|where|who|when|which|is|are|can|could|does|do|did|should|would|will|explain|show|tell|list)\b/i;

/** Whether a text asks something instead of wanting something built. */
export function isQuestion(text: string): boolean {
	const trimmed = text.trim();
	return /[?？]$/.test(trimmed) || questionStart.test(trimmed);
}
