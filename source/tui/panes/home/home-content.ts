import type {SpecSummary} from '../../../protocol/spec-summary.ts';
import type {State} from '../../../protocol/state.ts';
import {type Content, type ContentRow, plainRows} from '../../content.ts';
import type {FrameGlyphs} from '../../glyphs.ts';
import {cutRow, padRow} from '../../rows/cut-row.ts';
import {printableLine} from '../../rows/printable-lines.ts';
import type {Row, Span} from '../../rows/row.ts';
import {wrapRow} from '../../rows/wrap-row.ts';
import type {HomeFacts, World} from '../../world.ts';

/** Wider lines are hard to read. */
const widest = 96;

function heading(text: string): Row {
	return [{text, tone: 'heading', isBold: true}];
}

function stageWords(spec: SpecSummary): string {
	const {total, done} = spec.tasks;
	if (spec.documents.length === 0) {
		return 'empty';
	}

	const isFinished = total > 0 && done === total;
	return isFinished ? 'done' : spec.stage === 'implement' ? 'building' : spec.stage === 'vibe' ? 'free work' : spec.stage;
}

/** What of a spec wants a look: the first that holds. */
function markOf(spec: SpecSummary, glyphs: FrameGlyphs): Span | undefined {
	const stale = Object.entries(spec.approvals).flatMap(([stage, state]) => (state === 'stale' ? [stage] : []));
	const [{why} = {why: undefined}] = spec.unfinished;
	if (why !== undefined) {
		const tasks = spec.unfinished.filter(one => one.why === why).map(({task}) => task);
		return {text: `${glyphs.unproven} ${tasks.join(', ')} ${why}`, tone: 'warning'};
	}

	if (stale.length > 0) {
		return {text: `${glyphs.waiting} ${stale.join(', ')} changed after approval`, tone: 'warning'};
	}

	if (spec.withoutEvidence.length > 0) {
		return {text: `${glyphs.unproven} ${spec.withoutEvidence.length} ticked, no evidence`, tone: 'warning'};
	}

	if (spec.unprovenSince !== undefined) {
		return {text: `${glyphs.unproven} ${spec.unprovenSince} unproven since`, tone: 'warning'};
	}

	const last = spec.documents.at(-1);
	const isWaiting =
		last !== undefined && (last === 'requirements' || last === 'design' || last === 'tasks') && spec.approvals[last] === 'none';
	return isWaiting && spec.tasks.done === 0 ? {text: `${glyphs.waiting} waits for your review`, tone: 'accent'} : undefined;
}

function specRow(spec: SpecSummary, nameWidth: number, columns: number, glyphs: FrameGlyphs): Row {
	const {total, done} = spec.tasks;
	const mark = markOf(spec, glyphs);
	return cutRow(
		[
			...padRow([{text: printableLine(spec.name), tone: 'accent'}], nameWidth + 3),
			...padRow([{text: stageWords(spec)}], 14),
			...padRow([{text: total === 0 ? '' : `${done}/${total} tasks`, tone: done === total ? 'good' : 'muted'}], 14),
			...(mark === undefined ? [] : [mark]),
		],
		columns,
		glyphs.ellipsis,
	);
}

function specRows({state, glyphs}: World, columns: number): readonly ContentRow[] {
	const {specs} = state;
	if (specs.length === 0) {
		return [];
	}

	const nameWidth = Math.min(32, Math.max(...specs.map(spec => spec.name.length)));
	const rows = specs.map((spec): ContentRow => ({row: specRow(spec, nameWidth, columns, glyphs), block: spec.path, target: spec.name}));
	return [...plainRows([heading('Specs'), []], 'specs'), ...rows, ...plainRows([[]], 'after specs')];
}

function listed(lines: readonly string[], columns: number, glyphs: FrameGlyphs): readonly Row[] {
	return lines.flatMap(line => wrapRow([{text: `${glyphs.bullet} `, tone: 'muted'}, {text: printableLine(line)}], columns, {indent: 2}));
}

function sinceRows({state, glyphs}: World, columns: number): readonly Row[] {
	const {since} = state;
	if (since === undefined || since.lines.length === 0) {
		return [];
	}

	return [heading('Since you left'), [], ...listed(since.lines, columns, glyphs), []];
}

function welcomeRows(ways: HomeFacts['ways'], columns: number): readonly Row[] {
	const rows = ways.flatMap((way, index): readonly Row[] => [
		[
			{text: `${index + 1}  `, tone: 'muted'},
			{text: printableLine(way.title), isBold: true},
		],
		...wrapRow([{text: `   ${printableLine(way.detail)}`, tone: 'muted'}], columns, {indent: 3}),
		[],
	]);
	const intro = 'No model yet. Reading, editing, approving and running tests work without one; for the rest there are these ways:';
	return [heading('Welcome'), [], ...wrapRow([{text: intro}], columns), [], ...rows];
}

/** What this folder lacks, said plainly. */
function plainFacts({workspace}: State): readonly string[] {
	return [
		...(workspace.trust === 'read-only' ? ['This folder is open read-only: nothing of it is run or sent. /trust changes that.'] : []),
		...(workspace.isEmpty ? ['This folder is empty: an idea is enough to begin.'] : []),
		...(workspace.hasGit ? [] : ['No git here: undo works all the same, from copies of the files that tools touch.']),
		...(workspace.testCommand === undefined && !workspace.isEmpty ? ['No test suite was found: the first task can set one up.'] : []),
	];
}

function beginRows(world: World, columns: number): readonly Row[] {
	const {state, glyphs} = world;
	const facts = plainFacts(state);
	const begin =
		state.specs.length === 0
			? [
					heading('Begin'),
					[],
					...wrapRow(
						[{text: 'Type an idea below, in a sentence or two. It becomes requirements, then a design, then tasks; you approve each.'}],
						columns,
					),
					...wrapRow([{text: 'Then the agent builds task by task, and this program runs your tests after each one.'}], columns),
					[],
					...wrapRow([{text: 'A question is simply answered.', tone: 'muted'}], columns),
					[],
				]
			: [];
	return [...begin, ...(facts.length === 0 ? [] : [heading('This folder'), [], ...listed(facts, columns, glyphs), []])];
}

function noticeRows({state, glyphs}: World, columns: number): readonly Row[] {
	const rows = state.notices.slice(-3).flatMap(notice => {
		const tone = notice.level === 'error' ? 'bad' : notice.level === 'warning' ? 'warning' : 'muted';
		const next = notice.nextStep === undefined ? '' : ` ${glyphs.arrow} ${notice.nextStep}`;
		return wrapRow(
			[
				{text: printableLine(notice.text), tone},
				{text: printableLine(next), tone: 'accent'},
			],
			columns,
			{indent: 2},
		);
	});
	return rows.length === 0 ? [] : [...rows, []];
}

/** The specs of this folder, what changed since the last time, and how to begin. */
export function homeContent(world: World, columns: number): Content {
	const width = Math.min(columns, widest);
	const {state, home} = world;
	const isReady = state.workspace.root !== '';
	const rows: readonly ContentRow[] = [
		...plainRows([[]], 'top'),
		...plainRows(noticeRows(world, width), 'notices'),
		...(isReady && state.model === undefined ? plainRows(welcomeRows(home.ways, width), 'welcome') : []),
		...specRows(world, width),
		...plainRows(sinceRows(world, width), 'since'),
		...(isReady ? plainRows(beginRows(world, width), 'begin') : []),
	];
	return {rows, rest: 0};
}
