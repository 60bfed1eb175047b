// npm run bench [-- [--json] [topic …]]: ratios against a floor of the same run, so that the machine's own speed does not count.
import {matrixRows} from './matrix.ts';
import type {Row} from './measure.ts';
import {memoryRows} from './memory.ts';
import {jsonOf, tableOf} from './print-rows.ts';
import {recordRows} from './records.ts';
import {specRows} from './spec.ts';
import {startRows} from './start.ts';
import {testRunRows} from './test-runs.ts';
import {textRows} from './text.ts';
import {tokenRows} from './tokens.ts';

const topics: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
	start: startRows,
	async frames() {
		// React chooses its build when it is loaded; people get the production one.
		process.env.NODE_ENV = 'production';
		const {frameRows} = await import('./frames.tsx');
		return frameRows();
	},
	spec: specRows,
	matrix: matrixRows,
	records: recordRows,
	text: textRows,
	tests: testRunRows,
	memory: memoryRows,
	tokens: tokenRows,
};

const words = process.argv.slice(2);
const isJson = words.includes('--json');
const chosen = words.filter(word => word !== '--json');
const unknown = chosen.filter(word => !Object.hasOwn(topics, word));

/** Measures topic after topic; a topic at work is named on a terminal, and standard output gets only the result. */
async function measure(): Promise<readonly Row[]> {
	const rows: Row[] = [];
	for (const [name, rowsOf] of Object.entries(topics)) {
		if (chosen.length === 0 || chosen.includes(name)) {
			process.stderr.write(process.stderr.isTTY ? `${name} …\n` : '');
			rows.push(...(await rowsOf()));
		}
	}

	return rows;
}

if (unknown.length > 0) {
	process.stderr.write(`There is no ${unknown.join(', ')} to measure: ${Object.keys(topics).join(', ')}, or --json\n`);
	process.exitCode = 2;
} else {
	const rows = await measure();
	process.stdout.write(isJson ? jsonOf(rows) : tableOf(rows));
	process.exitCode = rows.every(row => row.met) ? 0 : 1;
}
