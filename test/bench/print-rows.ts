import type {Row} from './measure.ts';

/** Three digits that matter. */
function short(value: number): string {
	return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function cellsOf({name, floor, value, unit, ratio, must, met}: Row): readonly string[] {
	const limit = ratio === undefined ? `${must} ${unit}` : `${must}x`;
	return [
		name,
		`${short(value)} ${unit}`,
		`${short(floor.value)} ${unit}`,
		floor.name,
		ratio === undefined ? '' : `${ratio.toFixed(2)}x`,
		limit,
		met ? 'yes' : 'NO',
	];
}

const titles = ['what', 'takes', 'floor', 'which is', 'ratio', 'at most', 'met'] as const;
const isNumber = [false, true, true, false, true, true, false];

/** The rows as a table for a person, one line each. */
export function tableOf(rows: readonly Row[]): string {
	const lines = [titles, ...rows.map(cellsOf)];
	const widths = titles.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
	const text = lines.map(line =>
		line
			.map((cell, column) => (isNumber[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
			.join('  ')
			.trimEnd(),
	);
	return `${text.join('\n')}\n`;
}

/** The rows for a program: `ratio` is null where the value itself is limited by `must`. */
export function jsonOf(rows: readonly Row[]): string {
	const round = (value: number): number => Number(value.toPrecision(4));
	const plain = rows.map(({name, value, unit, ratio, must, met}) => ({
		name,
		value: round(value),
		unit,
		ratio: ratio === undefined ? null : round(ratio),
		must,
		met,
	}));
	return `${JSON.stringify({rows: plain})}\n`;
}
