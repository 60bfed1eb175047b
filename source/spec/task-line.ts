import type {Line} from './lines.ts';
import {type Heading, withoutEmphasis} from './markdown.ts';

/** `[ ]` todo, `[-]` in progress, `[x]` done, `[~]` queued. */
export type Marker = ' ' | '-' | 'x' | 'X' | '~';

/** What one line says of a task, before its place in the tree is known. */
export type TaskLine = {
	readonly line: number;
	readonly markerOffset?: number;
	readonly marker: Marker;
	readonly hasUnknownMarker: boolean;
	readonly number?: string;
	readonly title: string;
	readonly isOptional: boolean;
};

const box = /^\s*(?:[-*+•]|(\d{1,4})[.)])\s+\\?\[(.?)\\?\](?![(:[])(.*)$/u;
// With a letter, or without a dot, a number must end in a mark of its own: "3D view", "404 page" and "S3 bucket" are titles.
const number =
	/^(?:(?:task|任务|任務|タスク|aufgabe|задача|tâche|tarea)\s{0,4}[#：:]?\s{0,4})?(?:([A-Za-z]{0,4}-?\d+[A-Za-z]?(?:\.\d+[A-Za-z]?)+)(?:\\?\*)?(?:[.:：)）、]|\*\*|\s|$)|([A-Za-z]{0,4}-?\d+[A-Za-z]?)(?:\\?\*)?(?:\\?[.)](?=\s|[^\x20-\x7E]|\*\*|$)|[:：、）]|\*\*)|(T\d{2,4})(?=\s))/iu;
const namedNumber = /^(?:task|任务|任務|タスク|aufgabe|задача|tâche|tarea)\s{0,4}#?(\d+)(?=\s|$)/iu;
const optionalHint =
	/[([（【]\s{0,4}\*{0,2}(?:optional|可选|可選|任意|オプション|选做|選択|опционально|необязательно|optionnel|opcional)/iu;
const doneMark = /[✅☑✔✓]|\[done\]|\((?:done|complete|completed)\)|（完了）|（已完成）|\(完了\)|\(已完成\)/iu;
const openMark = /[🔄🚧⏳]/u;

type Numbered = {readonly number?: string; readonly isStarred: boolean; readonly title: string};

function numbered(text: string): Numbered {
	const plain = text.replace(/^(?:\*\*|__)/, '');
	const match = number.exec(plain) ?? namedNumber.exec(plain);
	const printed = match?.slice(1).find(group => group !== undefined);
	if (match === null || printed === undefined) {
		return {isStarred: false, title: cleanTitle(text)};
	}

	const isBoldOpen = plain !== text && !match[0].endsWith('**');
	const rest = plain.slice(match[0].length).replace(/^\s*[.:：–—]\s+/u, '');
	return {
		number: printed,
		isStarred: /[^*]\*$/.test(match[0]) || /\d\\?\*[.\s:]/.test(match[0]),
		title: cleanTitle(isBoldOpen ? rest.replace('**', '') : rest),
	};
}

function cleanTitle(text: string): string {
	const trimmed = text.trim();
	const bold = /^\*\*([^*]+)\*\*(.*)$/u.exec(trimmed);
	return bold === null ? trimmed : `${bold[1]}${bold[2]}`.trim();
}

function markerOf(written: string): Pick<TaskLine, 'marker' | 'hasUnknownMarker'> {
	switch (written) {
		case ' ':
		case '-':
		case 'x':
		case 'X':
		case '~': {
			return {marker: written, hasUnknownMarker: false};
		}

		default: {
			return {marker: /[✓✔✅]/u.test(written) ? 'x' : ' ', hasUnknownMarker: true};
		}
	}
}

/** The task whose box is on this line. Letters in brackets (`[a](url)`, `[P]`, `[1]`) are not boxes. */
export function taskOnLine(line: Line): TaskLine | undefined {
	const match = line.isFenced ? null : box.exec(line.text);
	const written = match?.[2] ?? '';
	if (match === null || /[\p{L}\p{N}]/u.test(written.replace(/[xX]/, ''))) {
		return undefined;
	}

	const [, ordinal, , after = ''] = match;
	const [, star = '', rest = ''] = /^(\s*\\?\*(?=\s|[^*\s])(?!\*))?(.*)$/u.exec(after) ?? [];
	// `[ ] *word*` is italics; a star that marks the task optional stands by itself or touches the box.
	const isStar = star !== '' && (!/^\s/.test(star) || /^\s/.test(rest));
	const found = numbered((isStar ? rest : after).trim());
	const state = markerOf(written);
	const bracket = line.text.indexOf('[');
	return {
		line: line.number,
		...(state.hasUnknownMarker ? {} : {markerOffset: line.start + bracket + 1}),
		...state,
		...numberOf(found.number ?? ordinal),
		title: found.title,
		isOptional: isStar || found.isStarred || optionalHint.test(found.title),
	};
}

function numberOf(printed: string | undefined): Pick<TaskLine, 'number'> {
	return printed === undefined ? {} : {number: printed};
}

/** The task that a heading stands for (`### Task 1.1: … ✅`), in files that have no boxes. */
export function taskOnHeading(line: Line, heading: Heading): TaskLine {
	const found = numbered(heading.title);
	const title = withoutEmphasis(found.title.replace(/\s*[✅☑✔✓🔄🚧⏳]\uFE0F?\s{0,4}(?:\p{Lu}{1,20})?\s{0,4}$/u, ''));
	return {
		line: line.number,
		marker: doneMark.test(heading.title) ? 'x' : openMark.test(heading.title) ? '-' : ' ',
		hasUnknownMarker: false,
		...numberOf(found.number),
		title,
		isOptional: found.isStarred || optionalHint.test(found.title),
	};
}

/** How far a heading looks like a task: by the word, by a number alone, or not at all. */
export function headingKind(heading: Heading): 'named' | 'numbered' | 'other' {
	if (heading.level === 1) {
		return 'other';
	}

	if (
		/^(?:[✅☑🔄⏳]\s{0,4})?(?:\*\*)?(?:task|任务|任務|タスク|aufgabe|задача|tâche|tarea)\s{0,4}[#：:-]?\s{0,4}[A-Za-z]{0,3}\d/iu.test(
			heading.title,
		)
	) {
		return 'named';
	}

	return numbered(heading.title).number === undefined ? 'other' : 'numbered';
}
