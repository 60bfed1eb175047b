import type {TestFailure} from '../protocol/test-report.ts';
import {natureOfError} from './error-nature.ts';
import {compared, placesInStack, shortened} from './failure.ts';
import type {TapPoint} from './tap-document.ts';

/** The first level of a YAML block, each value as its text: TAP producers write no more than scalars, blocks and one level of maps. */
function valuesOf(lines: readonly string[]): ReadonlyMap<string, string> {
	const values = new Map<string, string>();
	const indent = /^\s*/.exec(lines[0] ?? '')?.[0].length ?? 0;
	let key = '';
	for (const line of lines.map(whole => whole.slice(Math.min(indent, whole.length - whole.trimStart().length)))) {
		const [, name, value = ''] = /^([\w-]+):(?:\s+(.*))?$/.exec(line) ?? [];
		if (name !== undefined) {
			key = name;
			values.set(key, /^[|>][+-]?$/.test(value) ? '' : value);
		} else if (key !== '') {
			const before = values.get(key) ?? '';
			values.set(key, before === '' ? line.replace(/^ {2}/, '') : `${before}\n${line.replace(/^ {2}/, '')}`);
		}
	}

	return values;
}

type Told = {readonly values: ReadonlyMap<string, string>; readonly comments: string};

function placeOf({values, comments}: Told): Pick<TestFailure, 'file' | 'line'> {
	const at = values.get('at') ?? values.get('location') ?? '';
	const [, file] = /^fileName: (.+)$/m.exec(at) ?? [];
	const [, line] = /^lineNumber: (\d+)$/m.exec(at) ?? [];
	if (file !== undefined) {
		return {file, ...(line !== undefined && {line: Number(line)})};
	}

	const [inStack] = placesInStack(`at ${at.replaceAll("'", '')}`);
	const [, said, number] = /\bin test file (\S+), line (\d+)\)/.exec(comments) ?? /^\s*at (\S+) line (\d+)\.$/m.exec(comments) ?? [];
	return inStack ?? (said === undefined ? {} : {file: said, line: Number(number)});
}

function sidesOf({values, comments}: Told): Pick<TestFailure, 'expected' | 'actual'> {
	const [, got] = /^\s*got: (.*)$/m.exec(comments) ?? [];
	const [, wanted] = /^\s*expected: (.*)$/m.exec(comments) ?? [];
	const side = (...names: readonly string[]) => names.map(name => values.get(name)).find(value => value !== undefined);
	return compared(side('expected', 'wanted') ?? wanted, side('actual', 'found') ?? got);
}

/** A point that is not ok is an assertion that does not hold, unless it is told to be something else. */
function natureOf(name: string, {values, comments}: Told): Pick<TestFailure, 'kind' | 'inBody'> {
	const isHook = /\(from function `(?:setup|teardown)\w*'/.test(comments) || values.get('failureType')?.includes('hookFailed') === true;
	if (
		/^timeout after |^timeout!$|timed out after \d|testTimeoutFailure/m.test(`${name}\n${values.get('failureType') ?? ''}\n${comments}`)
	) {
		return {kind: 'timeout', inBody: !isHook};
	}

	const type = values.get('type') ?? values.get('name') ?? '';
	const isThrown = values.has('tapCaught') || values.get('operator') === 'error' || /^'?ERR_(?!ASSERTION)/.test(values.get('code') ?? '');
	const isOther = (isThrown || /Error$/.test(type)) && !/Assertion/.test(`${type}${values.get('code') ?? ''}`);
	const {inBody} = natureOfError(`${type === '' ? 'Error' : type}: ${values.get('error') ?? name}`);
	const isMissingCommand = /failed with status 127$/m.test(comments);
	return {
		kind: isOther || isMissingCommand ? 'error' : 'assertion',
		inBody: inBody && !isHook && values.get('failureType')?.includes('subtestsFailed') !== true,
	};
}

/** What a point that is not ok says of itself, in its YAML block or in the comments below it. */
export function tapFailure(point: TapPoint): TestFailure {
	const told: Told = {values: valuesOf(point.yaml), comments: point.comments.join('\n')};
	const said = told.values.get('error') ?? told.values.get('message') ?? /^\s*(`.*' failed.*)$/m.exec(told.comments)?.[1];
	const message = (said ?? point.name).replaceAll(/^'|'$/g, '');
	const parts = [told.values.get('diff'), told.values.get('stack'), told.comments].filter(part => part !== undefined && part !== '');
	const detail = shortened([message, ...parts].join('\n'));
	return {
		message: message === '' ? 'It failed without a message' : message,
		...natureOf(point.name, told),
		...placeOf(told),
		...sidesOf(told),
		...(detail !== message && detail !== '' && {detail}),
	};
}
