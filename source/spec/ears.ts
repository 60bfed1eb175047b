export type CriterionKind = 'event' | 'unwanted' | 'state' | 'optional-feature' | 'ubiquitous' | 'for-all' | 'other';

const openings: readonly (readonly [CriterionKind, RegExp])[] = [
	['for-all', /^(?:for (?:all|any|each|every)\b|对于所有|对于任意|すべての.+について|für alle\b|для (?:всех|любого)\s)/iu],
	['event', /^(?:when\b|wenn\b|sobald\b|когда\s|lorsqu|quand\b|当|當)/iu],
	['unwanted', /^(?:if\b|falls\b|если\s|如果|若|もし)/iu],
	['state', /^(?:while\b|during\b|solange\b|während\b|пока\s|在.{1,60}(?:期间|期間))/iu],
	['optional-feature', /^(?:where\b|wo\b|там, где\s|在包含|在启用)/iu],
];

const duty =
	/\b(?:shall|must|muss|müssen|soll|sollen|doit|doivent|debe|should|will)\b|долж(?:ен|на|но|ны)|应当|应该|应|應|必须|必須|须|なければならない|なければなりません|(?:て|で)は(?:ならない|いけない)|すること|するものとする/iu;

/** Which kind of EARS sentence a criterion is; bold and case do not matter. A sentence that demands nothing is `other`. */
export function classifyCriterion(text: string): CriterionKind {
	const plain = text.replace(/\*\*|__|`/g, '').replace(/^[\s*_>-]+/, '');
	const [opening] = openings.find(([, pattern]) => pattern.test(plain)) ?? [];
	// Properties promise by themselves: "FOR ALL valid inputs, parsing then printing gives the input".
	if (opening === 'for-all') {
		return opening;
	}

	return duty.test(plain) ? (opening ?? 'ubiquitous') : 'other';
}
