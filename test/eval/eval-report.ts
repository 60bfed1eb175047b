// npm run eval:report -- A.jsonl B.jsonl …: the sets side by side, with the targets; then case by case.
import {readFile} from 'node:fs/promises';
import {partNames} from '../support/request-parts.ts';
import type {EvalRun} from './eval-run.ts';

type Measure = {
	readonly name: string;
	readonly target: string;
	/** Undefined where a set does not have it. */
	readonly of: (runs: readonly EvalRun[]) => string | undefined;
};

function sum(runs: readonly EvalRun[], of: (run: EvalRun) => number): number {
	return runs.reduce((total, run) => total + of(run), 0);
}

function percent(part: number, whole: number): string | undefined {
	return whole === 0 ? undefined : `${((part / whole) * 100).toFixed(part === whole ? 0 : 1)} %`;
}

function mean(total: number, count: number, digits = 1): string | undefined {
	return count === 0 ? undefined : (total / count).toFixed(digits);
}

/** Of each case the run that did worst. */
function worst(runs: readonly EvalRun[], of: (run: EvalRun) => number): readonly number[] {
	return Object.values(Object.groupBy(runs, run => run.case)).map(group => Math.min(...(group ?? []).map(of)));
}

const works = (runs: readonly EvalRun[]) => runs.flatMap(({work}) => (work === undefined ? [] : [work]));
const workSum = (runs: readonly EvalRun[], of: (work: NonNullable<EvalRun['work']>) => number) =>
	works(runs).reduce((total, work) => total + of(work), 0);
const tokensOf = ({traffic}: EvalRun) => traffic.inputTokens + traffic.outputTokens;
const tagged = (runs: readonly EvalRun[], tag: string) =>
	percent(
		sum(runs, ({hidden}) => hidden.tags[tag]?.passed ?? 0),
		sum(runs, ({hidden}) => hidden.tags[tag]?.total ?? 0),
	);

const measures: readonly Measure[] = [
	{name: 'runs', target: '', of: runs => String(runs.length)},
	{
		name: 'finished without rescue (worst run a case)',
		target: '≥ 90 %',
		of: runs => {
			const all = worst(runs, run => (run.isFinished && run.rescues === 0 ? 1 : 0));
			return percent(
				all.reduce((one, other) => one + other, 0),
				all.length,
			);
		},
	},
	{
		name: 'hidden tests passed',
		target: '≥ 95 %',
		of: runs =>
			percent(
				sum(runs, ({hidden}) => hidden.passed),
				sum(runs, ({hidden}) => hidden.total),
			),
	},
	{name: '… of planted traps', target: '', of: runs => tagged(runs, 'trap')},
	{name: '… of edits by hand', target: '100 %', of: runs => tagged(runs, 'edit')},
	{
		name: 'edits by hand kept',
		target: '100 %',
		of: runs =>
			percent(
				sum(runs, ({edits, kind}) => (kind === 'control' ? 0 : edits.kept)),
				sum(runs, ({edits, kind}) => (kind === 'control' ? 0 : edits.total)),
			),
	},
	{name: 'false ticks', target: '0', of: runs => (works(runs).length === 0 ? undefined : String(sum(runs, run => run.falseTicks.length)))},
	{
		name: 'failed tool calls',
		target: '≤ 3 %',
		of: runs =>
			percent(
				sum(runs, ({calls}) => calls.malformed + calls.refused + calls.failed),
				sum(runs, ({calls}) => calls.total),
			),
	},
	{
		name: '… malformed, refused, failed, of all',
		target: '',
		of: runs =>
			`${sum(runs, ({calls}) => calls.malformed)}, ${sum(runs, ({calls}) => calls.refused)}, ${sum(runs, ({calls}) => calls.failed)}, ${sum(runs, ({calls}) => calls.total)}`,
	},
	{
		name: 'named files and symbols that exist',
		target: '≥ 98 %',
		of: runs => {
			const named = workSum(runs, work => work.named);
			return percent(named - workSum(runs, work => work.namedMissing.length), named);
		},
	},
	{
		name: 'libraries added, of them not to be had',
		target: '0 not to be had',
		of: runs => {
			const known = runs.flatMap(({libraries}) => libraries ?? []);
			const count = (of: (one: (typeof known)[number]) => readonly string[]) => known.reduce((total, one) => total + of(one).length, 0);
			return known.length === 0 ? undefined : `${count(({added}) => added)}, ${count(({absent}) => absent)}`;
		},
	},
	{
		name: 'tests first seen red in their body',
		target: '≥ 80 %',
		of: runs =>
			percent(
				workSum(runs, work => work.seenRed),
				workSum(runs, work => work.tested),
			),
	},
	{
		name: 'criteria whose tests fail without the code',
		target: '',
		of: runs =>
			percent(
				workSum(runs, work => work.reverted.fails),
				workSum(runs, work => work.reverted.fails + work.reverted.passes + work.reverted.unknown),
			),
	},
	{
		name: 'small faults that a test noticed',
		target: '',
		of: runs => {
			const mutants = workSum(runs, work => work.mutants);
			return percent(mutants - workSum(runs, work => work.survivors), mutants);
		},
	},
	{
		name: 'questions a spec (most)',
		target: '≤ 5',
		of: runs => (works(runs).length === 0 ? undefined : String(Math.max(...works(runs).map(work => work.questions)))),
	},
	{
		name: 'permission prompts a task',
		target: '≤ 2',
		of: runs =>
			mean(
				workSum(runs, work => work.permissions),
				workSum(runs, work => work.tasks),
				2,
			),
	},
	{
		name: 'repairs a task',
		target: '≤ 0.5',
		of: runs =>
			mean(
				workSum(runs, work => work.repairs),
				workSum(runs, work => work.tasks),
				2,
			),
	},
	{
		name: 'criteria a spec',
		target: '',
		of: runs =>
			mean(
				workSum(runs, work => work.criteria),
				works(runs).length,
			),
	},
	{
		name: 'tasks a spec',
		target: '',
		of: runs =>
			mean(
				workSum(runs, work => work.tasks),
				works(runs).length,
			),
	},
	{
		name: 'minutes of reading (most)',
		target: '≤ 5 quick, ≤ 12 feature',
		of: runs => (works(runs).length === 0 ? undefined : String(Math.max(...works(runs).map(work => work.readingMinutes)))),
	},
	{
		name: 'tokens a run, thousands',
		target: '≤ 2.5 × control',
		of: runs => mean(sum(runs, tokensOf) / 1000, runs.length),
	},
	{
		name: '… after the cache, at its price',
		target: '',
		// A token read from the cache costs a twentieth to a tenth of one that is not; a tenth is counted.
		of: runs =>
			mean(sum(runs, ({traffic}) => traffic.inputTokens - traffic.cacheReadTokens * 0.9 + traffic.outputTokens) / 1000, runs.length),
	},
	{name: '… written by the model', target: '', of: runs => mean(sum(runs, ({traffic}) => traffic.outputTokens) / 1000, runs.length)},
	{
		name: 'read from the cache after the second answer',
		target: '≥ 90 %',
		of: runs => {
			const shares = runs.flatMap(({traffic}) => traffic.laterCachedShare ?? []);
			const lowest = shares.length === 0 ? undefined : Math.min(...shares);
			return lowest === undefined ? undefined : `${(lowest * 100).toFixed(1)} %`;
		},
	},
	{
		name: 'requests a run',
		target: '',
		of: runs =>
			mean(
				sum(runs, ({traffic}) => traffic.requests),
				runs.length,
			),
	},
	{name: 'minutes a run', target: '', of: runs => mean(sum(runs, run => run.durationMs) / 60_000, runs.length)},
];

function row(cells: readonly string[]): string {
	return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

async function readSet(path: string): Promise<{readonly name: string; readonly runs: readonly EvalRun[]}> {
	const lines = (await readFile(path, 'utf8')).split('\n').filter(line => line !== '');
	const runs = lines.map(line => JSON.parse(line) as EvalRun);
	return {name: runs[0]?.set ?? path, runs};
}

function caseCell(runs: readonly EvalRun[]): string {
	return runs
		.map(({hidden, isFinished, rescues, error}) => {
			const end = error === undefined ? (isFinished ? '' : ', unfinished') : ', broke';
			return `${hidden.passed}/${hidden.total}${rescues > 0 ? `, ${rescues} rescued` : ''}${end}`;
		})
		.join('; ');
}

function partsTable(sets: readonly {readonly name: string; readonly runs: readonly EvalRun[]}[]): string {
	const rows = partNames.map(name => [
		name,
		...sets.map(({runs}) => {
			const all = sum(runs, ({traffic}) => Object.values(traffic.parts).reduce((one, other) => one + other, 0));
			return (
				percent(
					// Older results count the hand-over and the files among the messages.
					sum(runs, ({traffic}) => traffic.parts[name] ?? 0),
					all,
				) ?? '–'
			);
		}),
	]);
	return table(['of what was sent', ...sets.map(({name}) => name)], rows);
}

const paths = process.argv.slice(2);
if (paths.length === 0) {
	process.stderr.write('Name the results: npm run eval:report -- test/eval/results/before.jsonl test/eval/results/after.jsonl\n');
	process.exitCode = 2;
} else {
	const sets = await Promise.all(paths.map(readSet));
	const cases = [...new Set(sets.flatMap(({runs}) => runs.map(run => run.case)))].sort();
	const measured = measures.map(({name, target, of}) => [name, target, ...sets.map(({runs}) => of(runs) ?? '–')]);
	const byCase = cases.map(name => [name, ...sets.map(({runs}) => caseCell(runs.filter(run => run.case === name)) || '–')]);
	const names = sets.map(({name}) => name);
	const tables = [table(['measure', 'target', ...names], measured), table(['hidden tests', ...names], byCase), partsTable(sets)];
	process.stdout.write(`${tables.join('\n\n')}\n`);
}
