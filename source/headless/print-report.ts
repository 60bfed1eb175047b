import type {Caught} from '../protocol/evidence.ts';
import {exitCodes} from '../protocol/exit-codes.ts';
import {documentStages} from '../protocol/ledger-entry.ts';
import {safeJson} from '../protocol/safe-json.ts';
import {type SpecReport, specReport} from '../protocol/spec-report.ts';
import type {SpecEvidence} from '../session/read-evidence.ts';
import {cut, inColumns, oneLine} from './columns.ts';
import type {HeadlessIo} from './headless-io.ts';

const caughtNames: Readonly<Record<Caught['kind'], readonly [one: string, many: string]>> = {
	'false-claim': ['false claim', 'false claims'],
	tampering: ['tampering', 'tamperings'],
	flaky: ['flaky test', 'flaky tests'],
};

function minutes(ms: number): string {
	if (ms > 0 && ms < 60_000) {
		return `${Math.ceil(ms / 1000)} s`;
	}

	const whole = Math.round(ms / 60_000);
	const hours = Math.floor(whole / 60);
	return hours === 0 ? `${whole} min` : `${hours} h ${whole % 60} min`;
}

function timeOf(at: string | undefined): string {
	return at === undefined ? '-' : at.slice(0, 16).replace('T', ' ');
}

function dollars(costUsd: number | undefined): string {
	if (costUsd === undefined) {
		return 'unknown';
	}

	return `$${costUsd.toFixed(costUsd > 0 && costUsd < 0.01 ? 3 : 2)}`;
}

function caughtIn({caught}: SpecReport): string {
	const counts = Object.entries(caughtNames).flatMap(([kind, [one, many]]) => {
		const count = caught.filter(each => each.kind === kind).length;
		return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
	});
	return counts.length === 0 ? 'nothing' : counts.join(', ');
}

/** The report of one spec for people. */
export function reportText(report: SpecReport, columns: number): string {
	const {spec, ideaAt, approvedAt, greenAt, totalMs, agentMs, personMs, costUsd, tasks, outsideTasks, criteria, repairs, caught, byHand} =
		report;
	if (ideaAt === undefined) {
		return `${oneLine(spec)}: no ledger yet\n`;
	}

	const facts = inColumns(
		[
			['idea', timeOf(ideaAt)],
			...documentStages.map(stage => [`${stage} approved`, timeOf(approvedAt[stage])]),
			['green', `${timeOf(greenAt)}${totalMs === undefined ? '' : `, after ${minutes(totalMs)}`}`],
			['agent', minutes(agentMs)],
			['person', `about ${minutes(personMs)} (gaps in the agent's work, up to 15 min each)`],
			['cost', dollars(costUsd)],
			['repairs', `${repairs}`],
			['caught', caughtIn(report)],
			['accepted by hand', `${byHand}`],
		],
		[22],
		columns,
	);
	const ofTasks = tasks.map(each => [each.task, `${each.attempts}`, `${each.repairs}`, minutes(each.agentMs), dollars(each.costUsd)]);
	const ofTurns =
		outsideTasks === undefined
			? []
			: [['documents, turns', `${outsideTasks.turns}`, '', minutes(outsideTasks.agentMs), dollars(outsideTasks.costUsd)]];
	const ofCriteria = criteria.filter(each => each.costUsd !== undefined).map(each => [each.criterion, dollars(each.costUsd)]);
	const blocks = [
		[cut(spec, columns), ...facts],
		...(ofTasks.length === 0
			? []
			: [inColumns([['task', 'attempts', 'repairs', 'time', 'cost'], ...ofTasks, ...ofTurns], [16, 8, 7, 12], columns)]),
		...(ofCriteria.length === 0 ? [] : [inColumns([['criterion', 'cost'], ...ofCriteria], [16], columns)]),
		...(caught.length === 0 ? [] : [caught.map(({task, kind, what}) => cut(`task ${task}: ${caughtNames[kind][0]}: ${what}`, columns))]),
	];
	return blocks.map(block => `${block.join('\n')}\n`).join('\n');
}

/** `report`: from the idea to green, by what the ledgers hold. */
export function printReport(evidence: readonly SpecEvidence[], {json}: {readonly json: boolean}, io: HeadlessIo): number {
	const reports = evidence.map(({input}) => specReport(input));
	if (json) {
		io.write(`${safeJson({v: 1, specs: reports}, 2)}\n`);
	} else {
		io.write(reports.length === 0 ? 'No specs under .kiro/specs yet\n' : reports.map(report => reportText(report, io.columns)).join('\n'));
	}

	return exitCodes.done;
}
