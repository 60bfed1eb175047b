import type {Line} from './lines.ts';
import {type Heading, headingOf} from './markdown.ts';

/** Where a line of tasks.md stands. */
export type Section = {
	/** The nearest heading above. */
	readonly title?: string;
	/** Changes with every heading. */
	readonly ordinal: number;
	/** `criteria`: boxes here are a check on the result, never tasks. `checklist`: so are its boxes without numbers, after numbered tasks. */
	readonly holds: 'tasks' | 'criteria' | 'checklist';
};

const criteria =
	/success (?:criteria|metrics)|acceptance criteria|completion criteria|exit criteria|definition of (?:done|ready)|quality gates?|验收标准|验收条件|成功标准|完成标准|受入基準|受け入れ基準|成功基準|完了条件|完了基準|erfolgskriterien|akzeptanzkriterien|критерии (?:успеха|приёмки|приемки|готовности)/iu;
const checklist = /checklist|check list|检查清单|检查列表|チェックリスト|next steps|notes|备注|注意事项|checkliste|чек-?лист/iu;

function holdsOf(title: string): Section['holds'] {
	if (criteria.test(title)) {
		return 'criteria';
	}

	return checklist.test(title) ? 'checklist' : 'tasks';
}

type Open = Heading & {readonly holds: Section['holds']};

function innermost(open: readonly Open[]): Section['holds'] {
	return open.findLast(heading => heading.holds !== 'tasks')?.holds ?? 'tasks';
}

/** The section of every line; a heading itself stands in the section it opens. */
export function sectionsOf(lines: readonly Line[]): readonly Section[] {
	let open: readonly Open[] = [];
	let current: Section = {ordinal: 0, holds: 'tasks'};
	return lines.map(line => {
		const heading = headingOf(line);
		if (heading !== undefined) {
			const holds = heading.level === 1 ? 'tasks' : holdsOf(heading.title);
			open = [...open.filter(outer => outer.level < heading.level), {...heading, holds}];
			current = {title: heading.title, ordinal: current.ordinal + 1, holds: innermost(open)};
		} else if (!line.isFenced && isBoldLabel(line.text)) {
			// `**Acceptance Criteria:**` above a list does the work of a heading until the next label or heading.
			const holds = holdsOf(line.text);
			current = {...current, holds: holds === 'tasks' ? innermost(open) : holds};
		}

		return current;
	});
}

function isBoldLabel(text: string): boolean {
	return /^\s*(?:[-*+]\s+)?(?:\*\*|__)[^*_]{2,60}(?:\*\*|__)\s{0,4}[:：]?\s{0,4}$/u.test(text.trimEnd());
}
