import type {Route} from '../protocol/event.ts';
import type {Conversation} from '../protocol/state.ts';

/** The routes by size; the key chooses one. */
export const routes: Readonly<Record<Route, {readonly key: string; readonly label: string; readonly meaning: string}>> = {
	patch: {key: 'p', label: 'Patch', meaning: 'one criterion, one test, one task, one gate'},
	quick: {key: 'q', label: 'Quick spec', meaning: 'a few questions, then three short documents, one gate'},
	bugfix: {key: 'b', label: 'Bugfix', meaning: 'three short documents, one gate, a test that shows the bug, the fix'},
	feature: {key: 'f', label: 'Feature', meaning: 'requirements, design and tasks, a gate each'},
};

/** Whether a conversation may write all three documents, which one gate then covers: on every route but that of a feature the first one does. */
export function writesAll({stage, route}: Pick<Conversation, 'stage' | 'route'>): boolean {
	return stage === 'requirements' && route !== 'feature';
}

const smallWork = /\b(fix|typo|rename|bump|wording|message|default|off by one|return code|exit code)\b/i;
/** Something is there and does the wrong thing. An error that is wanted ("show an error when …") is no bug. */
const bugReport =
	/\b(bugs?|bugfix|defect|regression|(is|are|was|were|got|gets|looks|seems) broken|broken (since|after|when|again|on|in|by)|crash(es|ed)?|hangs|freezes|segfaults?|panics|stack ?trace|(does|do|did)(n[o’']?t| not) (work|open|load|start|save|show)|no longer|stopped working|fails (when|if|on|with|to|for)|throws|(returns?|shows?|prints?|gives?|gets?) (the |a )?(wrong|incorrect)|incorrectly|wrongly)\b/i;
const largeWork =
	/\b(every|all platforms|cross-platform|support|system|integrat\w*|migrat\w*|architecture|service|sync\w*|authenticat\w*|payment|notif\w*)\b/i;

/** Proposes how much ceremony an idea is worth, from its words alone; the person decides. A typo is a patch also where it is called a bug. */
export function proposeRoute(idea: string): Route {
	const words = idea.trim().split(/\s+/).length;
	if (bugReport.test(idea) && !(words <= 25 && /\b(typos?|wording|spelling)\b/i.test(idea))) {
		return 'bugfix';
	}

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
