import {isReviewing} from './focus.ts';
import type {PanePicture} from './pane-picture.ts';
import {ruleRow} from './parts/rule-row.ts';
import {popupContent, popupTitle} from './popup-content.ts';
import {chosenLine, reviewLines} from './review-lines.ts';
import type {Row} from './rows/row.ts';
import {topOf} from './scroll.ts';
import {scrollOf} from './view-state.ts';
import type {World} from './world.ts';

/** The popup over the panes, over their whole width. */
export function popupPicture(world: World, rows: number): PanePicture {
	const {columns, glyphs, view} = world;
	const content = popupContent(world, columns - 2);
	const inner = Math.max(0, rows - 1);
	const top = topOf(content, scrollOf(view, 'popup'), inner);
	const {length} = content.rows;
	const place: Row = length > inner ? [{text: `${top + 1}-${Math.min(length, top + inner)}/${length}`, tone: 'muted'}] : [];
	const title = ruleRow([{text: popupTitle(world), tone: 'accent', isBold: true}], [...place, {text: '  Esc closes', tone: 'muted'}], {
		columns,
		rule: glyphs.heavyRule,
		tone: 'accent',
		ellipsis: glyphs.ellipsis,
	});
	const chosen = isReviewing(world)
		? chosenLine(reviewLines(world.state, {columns: columns - 2, glyphs}), view.selected.popup)?.target
		: undefined;
	const first = content.rows.findIndex(({target}) => target !== undefined && target === chosen);
	const marked = (row: Row, index: number): Row =>
		index === first
			? [{text: glyphs.cursor, tone: 'accent', isBold: true}, ...row.map(span => ({...span, isBold: true}))]
			: [{text: ' '}, ...row];
	return {title, rows: content.rows.slice(top, top + inner).map(({row}, index) => marked(row, top + index))};
}
