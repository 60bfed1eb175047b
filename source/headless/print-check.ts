import {exitCodes} from '../protocol/exit-codes.ts';
import {printable} from '../protocol/printable.ts';
import {safeJson} from '../protocol/safe-json.ts';
import type {SpecSummary} from '../protocol/spec-summary.ts';
import {UserError} from '../protocol/user-error.ts';
import {nearest} from '../spec/nearest.ts';
import type {HeadlessIo} from './headless-io.ts';

function chosen(specs: readonly SpecSummary[], name: string | undefined): readonly SpecSummary[] {
	const found = name === undefined ? specs : specs.filter(spec => spec.name === name);
	if (name !== undefined && found.length === 0) {
		const near = nearest(
			name,
			specs.map(spec => spec.name),
		);
		throw new UserError(`There is no spec called ${name}`, {
			nextStep: near.length === 0 ? 'kiro-tui status lists them' : `Nearest: ${near.join(', ')}`,
			exitCode: exitCodes.usage,
		});
	}

	return found;
}

/** `check`: every problem of the specs as `path:line: severity code: message`. Resolves with 5 when one of them is an error; warnings alone are 0. */
export function printCheck(
	specs: readonly SpecSummary[],
	{spec, json}: {readonly spec?: string; readonly json: boolean},
	io: HeadlessIo,
): number {
	const rows = chosen(specs, spec).flatMap(({name, path, problems}) => problems.map(problem => ({spec: name, path, ...problem})));
	const errors = rows.filter(row => row.severity === 'error').length;
	if (json) {
		io.write(`${safeJson({problems: rows}, 2)}\n`);
	} else {
		for (const row of rows) {
			io.write(`${printable(`${row.path}/${row.file}:${row.line}: ${row.severity} ${row.code}: ${row.message}`)}\n`);
		}

		io.write(
			`${errors} ${errors === 1 ? 'error' : 'errors'}, ${rows.length - errors} ${rows.length - errors === 1 ? 'warning' : 'warnings'}\n`,
		);
	}

	return errors === 0 ? exitCodes.done : exitCodes.evidenceSaysNo;
}
