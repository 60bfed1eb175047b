import type {Matrix, MatrixRow} from '../protocol/matrix.ts';
import {oneLine} from './columns.ts';
import {dayOf, dollarsOf, headOf, passedOf, remarksOn, tasksOf} from './matrix-text.ts';

function escapePlain(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll(/[\\`*_[\]|#@]/g, String.raw`\$&`);
}

/** A text of the repository inside Markdown of ours: its names in backticks stay, and it opens no table cell, no link and no element. */
export function escapeMarkdown(text: string): string {
	return oneLine(text)
		.split(/(`[^`]+`)/)
		.map((part, index) => (index % 2 === 1 ? part.replaceAll('|', String.raw`\|`) : escapePlain(part)))
		.join('');
}

function rowOf(row: MatrixRow): string {
	const grade = `${row.grade}${row.byHand.length > 0 ? ', by hand' : ''}${row.isFlaky ? ', flaky' : ''}`;
	const cells = [row.criterion, row.text, grade, passedOf(row), dayOf(row.at), tasksOf(row), dollarsOf(row)];
	return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}

/** The rows of a matrix as a table for a pull request, with the remarks below it. */
export function matrixTable({rows}: Matrix): string {
	if (rows.length === 0) {
		return 'None.\n';
	}

	const remarks = rows.flatMap(row => remarksOn(row).map(remark => `- ${escapeMarkdown(`${row.criterion}: ${remark}`)}`));
	const head = '| id | criterion | evidence | tests | when | tasks | cost |\n|---|---|---|---|---|---|---|';
	return `${[head, ...rows.map(rowOf)].join('\n')}\n${remarks.length === 0 ? '' : `\n${remarks.join('\n')}\n`}`;
}

/** The matrix of a spec for a pull request. */
export function matrixMarkdown(whole: Matrix, shown: Matrix): string {
	return `## ${escapeMarkdown(headOf(whole))}\n\n${matrixTable(shown)}`;
}
