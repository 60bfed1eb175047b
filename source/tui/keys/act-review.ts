import {chosenLine, type ReviewLine, reviewLines} from '../review-lines.ts';
import {scrollAt, scrollTo} from '../scroll.ts';
import {confirming, focusPrompt, say, scrollOf, type View, withScroll} from '../view-state.ts';
import type {World} from '../world.ts';
import {readingPlace} from './scroll-pane.ts';
import {asking, type Step, step} from './step.ts';

function linesOf({state, columns, glyphs}: World): readonly ReviewLine[] {
	return reviewLines(state, {columns: columns - 2, glyphs});
}

function chosenIn(world: World): ReviewLine | undefined {
	return chosenLine(linesOf(world), world.view.selected.popup);
}

/** Chooses a line and shows it with the least movement; at the first one what stands over it is shown too. */
function choose(world: World, line: ReviewLine | undefined): View {
	if (line === undefined) {
		return world.view;
	}

	const {content, rows} = readingPlace(world);
	const isFirst = content.rows.find(row => row.target !== undefined)?.target === line.target;
	const scroll = isFirst ? scrollAt(content, 0, rows) : scrollTo(content, scrollOf(world.view, 'popup'), rows, line.target);
	const moved = withScroll(world.view, 'popup', scroll);
	return {...moved, selected: {...moved.selected, popup: line.target}};
}

/** The next line; whoever scrolled the chosen one out of sight goes on with what is on screen. */
function moveLine(world: World, delta: 1 | -1): View {
	const lines = linesOf(world);
	const {content, rows, top} = readingPlace(world);
	const chosen = chosenIn(world);
	const visible = new Set(content.rows.slice(top, top + rows).flatMap(({target}) => (target === undefined ? [] : [target])));
	if (chosen !== undefined && visible.has(chosen.target)) {
		const at = lines.findIndex(line => line.target === chosen.target);
		return choose(world, lines[Math.max(0, Math.min(lines.length - 1, at + delta))]);
	}

	return choose(world, delta === 1 ? lines.find(line => visible.has(line.target)) : lines.findLast(line => visible.has(line.target)));
}

/** The line a page further, by rows: comments and heads count. */
function movePage(world: World, delta: 1 | -1): View {
	const lines = linesOf(world);
	const {content, rows} = readingPlace(world);
	const rowOf = ({target}: ReviewLine) => content.rows.findIndex(row => row.target === target);
	const chosen = chosenIn(world);
	const wanted = (chosen === undefined ? 0 : rowOf(chosen)) + delta * Math.max(1, rows - 1);
	const next = delta === 1 ? lines.findLast(line => rowOf(line) <= wanted) : lines.find(line => rowOf(line) >= wanted);
	const isStuck = next === undefined || next.target === chosen?.target;
	return isStuck ? moveLine(world, delta) : choose(world, next);
}

/** The first changed line of the hunk after, or before, the one at hand. */
function moveHunk(world: World, delta: 1 | -1): View {
	const lines = linesOf(world);
	const chosen = chosenIn(world);
	const at = lines.findIndex(line => line.target === chosen?.target);
	const isOther = (line: ReviewLine) => line.isFirstChange && line.hunk !== chosen?.hunk;
	const next =
		delta === 1 ? lines.find((line, index) => index > at && isOther(line)) : lines.findLast((line, index) => index < at && isOther(line));
	return choose(world, next);
}

/** Opens the field for a comment on the chosen line, with what was noted there before. */
function commentLine(world: World): Step {
	const {state, view, now} = world;
	const line = chosenIn(world);
	const task = state.diff?.task;
	if (line === undefined || task === undefined) {
		return step(say(view, 'There is no line to comment on', now));
	}

	const {path, line: number, quoted} = line;
	const on = {path, line: number, quoted};
	const value = state.comments.find(other => other.path === path && other.line === number && other.quoted === quoted)?.text ?? '';
	return step({...view, field: {label: `comment on line ${number}:`, value, purpose: {kind: 'comment', task, on}}}, {kind: 'clear-feed'});
}

/** Sends all comments as one repair; what happens then is told in the chat. */
function sendComments({state, view, now}: World): Step {
	const task = state.diff?.task;
	return task === undefined || state.comments.length === 0
		? step(say(view, 'No comment to send yet: c writes one on the chosen line', now))
		: asking({...focusPrompt(view), popup: undefined}, {type: 'review-task', task, comments: state.comments});
}

/** A hunk from its first change to its last: the lines around it stand in the diff above, and low windows have few rows. */
function changesIn(hunk: string): readonly string[] {
	const lines = hunk.split('\n').slice(1);
	const isChange = (line: string) => !line.startsWith(' ') && line !== '';
	return lines.slice(lines.findIndex(isChange), lines.findLastIndex(isChange) + 1);
}

/** Asks, with the hunk shown, whether it is taken back. */
function revertHunk(world: World): Step {
	const {state, view, now} = world;
	const {hunk, path} = chosenIn(world) ?? {};
	const task = state.diff?.task;
	if (hunk === undefined || path === undefined || task === undefined) {
		return step(say(view, 'There is no hunk here to take back', now));
	}

	return step(
		confirming(view, now, {
			kind: 'take-back',
			title: `Take back this hunk of ${path}?`,
			lines: changesIn(hunk.text),
			yes: 'take it back',
			no: 'keep it',
			intent: {type: 'revert-hunk', task, path, hunk: hunk.text},
		}),
	);
}

function commitTask({state, view}: World): Step {
	const task = state.diff?.task;
	return task === undefined ? step(view) : asking({...focusPrompt(view), popup: undefined}, {type: 'commit-task', task});
}

/** What keys do in the diff of a task. */
export const reviewActs = {
	'review.up': world => step(moveLine(world, -1)),
	'review.down': world => step(moveLine(world, 1)),
	'review.page-up': world => step(movePage(world, -1)),
	'review.page-down': world => step(movePage(world, 1)),
	'review.top': world => step(choose(world, linesOf(world)[0])),
	'review.bottom': world => step(choose(world, linesOf(world).at(-1))),
	'review.next-hunk': world => step(moveHunk(world, 1)),
	'review.previous-hunk': world => step(moveHunk(world, -1)),
	'review.comment': commentLine,
	'review.send': sendComments,
	'review.revert': revertHunk,
	'review.commit': commitTask,
} as const satisfies Readonly<Record<string, (world: World) => Step>>;
