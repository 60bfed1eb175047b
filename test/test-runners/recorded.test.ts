import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {TestCase, TestReport} from '../../source/protocol/test-report.ts';
import {parseTestRun} from '../../source/test-runners/index.ts';
import type {RecordedRun} from './record/record-runners.ts';
import {samples} from './record/samples.ts';

type Recorded = {readonly version: string; readonly date: string; readonly runs: readonly RecordedRun[]};

function textOf(folder: string, file: string): string {
	return readFileSync(join(import.meta.dirname, 'recorded', folder, file), 'utf8');
}

function recordedOf(folder: string): Recorded {
	return JSON.parse(textOf(folder, 'recorded.json'));
}

/** The report of a recorded run, as the session would make it; sources are those of the sample. */
function reportOf(folder: string, name: string): Promise<TestReport> {
	const run = recordedOf(folder).runs.find(candidate => candidate.name === name)!;
	const place =
		samples.flatMap(sample => sample.runs.filter(() => sample.folder === folder)).find(sample => sample.name === name)?.folder ?? '';
	return parseTestRun({
		fact: {runner: samples.find(sample => sample.folder === folder)!.runner},
		plan: {shown: run.command},
		scope: 'all',
		root: join('/project', place).replace(/\/$/, ''),
		outcome: 'exited',
		exitCode: run.exitCode,
		output: run.output === undefined ? '' : textOf(folder, run.output),
		durationMs: 10,
		list: async () => readdirSync(join(import.meta.dirname, 'record', folder, place), {recursive: true, encoding: 'utf8'}),
		read: async path => readFileSync(join(import.meta.dirname, 'record', folder, place, path), 'utf8'),
		...(run.report !== undefined && {report: textOf(folder, run.report)}),
	});
}

/** `status id:line`, for failures `kind (in body) place: first line of the message`, and what was wanted and came. */
function lineOf({id, name, line, status, failure}: TestCase): string {
	const tags = id.endsWith(name) || id.replace(/ #\d+$/, '').endsWith(name) ? '' : ` named ${name}`;
	const first = `${status} ${id}${line === undefined ? '' : ` :${line}`}${tags}`;
	if (failure === undefined) {
		return first;
	}

	const place = failure.line === undefined ? (failure.file ?? '') : `${failure.file}:${failure.line}`;
	const sides =
		failure.expected === undefined && failure.actual === undefined ? [] : [`    wanted ${failure.expected}, got ${failure.actual}`];
	return [
		first,
		`    ${failure.kind}${failure.inBody ? ' in its body' : ''} ${place}: ${failure.message.split('\n')[0]}`,
		...sides.map(side => side.replaceAll(/\s+/g, ' ').replace(/^ /, '    ')),
	].join('\n');
}

function picture(report: TestReport): string {
	const {passed, failed, skipped} = report.counts;
	const head = `${report.runner}, ${report.detail}${report.problem === undefined ? '' : `, ${report.problem}`}: ${report.collected} collected, ${passed} passed, ${failed} failed, ${skipped} skipped`;
	return `${[head, ...report.tests.map(lineOf)].join('\n')}\n`;
}

describe('recorded runs', () => {
	for (const {folder, runs} of samples.filter(sample => existsSync(join(import.meta.dirname, 'recorded', sample.folder)))) {
		for (const {name} of runs) {
			test(`${folder}, ${name}`, async () => {
				await expect(picture(await reportOf(folder, name))).toMatchFileSnapshot(`golden/${folder}-${name}.txt`);
			});
		}
	}
});
