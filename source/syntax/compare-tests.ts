import {compareAssertions} from './compare-assertions.ts';
import {pairUp} from './pair-up.ts';
import {readable} from './plain-code.ts';
import type {TamperFinding} from './tamper-finding.ts';
import type {TestCode, TestModifier} from './test-code.ts';
import {readTests} from './test-inventory.ts';

/** One test file before and after; undefined where it did not exist. */
export type TestFileChange = {readonly path: string; readonly before: string | undefined; readonly after: string | undefined};

type Pair = readonly [before: TestCode, after: TestCode];

const suffix = {skipped: 'is skipped now', focused: 'keeps all others from running now', 'expected-to-fail': 'is expected to fail now'};

/** Each mark that was not there before, told once for its suite or test. A new test may not run alone either. */
function modifierFindings(pairs: readonly Pair[], added: readonly TestCode[]): readonly TamperFinding[] {
	const marks = new Map<string, TestModifier>();
	const isNew = (mark: TestModifier, before: readonly TestModifier[]) =>
		!before.some(({kind, written}) => kind === mark.kind && written === mark.written);
	for (const mark of [
		...pairs.flatMap(([before, after]) => after.modifiers.filter(each => isNew(each, before.modifiers))),
		...added.flatMap(({modifiers}) => modifiers.filter(({kind}) => kind === 'focused')),
	]) {
		marks.set(JSON.stringify([mark.kind, mark.owner, mark.written]), mark);
	}

	return [...marks.values()].map(({kind, owner, line, written}) => ({
		kind,
		test: owner,
		line,
		message: `${owner === '' ? 'The file' : 'It'} ${suffix[kind]}: ${written}.`,
	}));
}

function plural(count: number, word: string): string {
	return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Rows of a table that are gone or were changed. */
function rowFindings([before, after]: Pair): readonly TamperFinding[] {
	const {removed, added} = pairUp(before.rows, after.rows, [row => row.code]);
	const test = after.name;
	return removed.map((row, index) => {
		const changed = added[index];
		const line = changed?.line ?? after.line;
		return changed === undefined
			? {kind: 'removed-assertion', test, line, message: `The case ${readable(row.code)} was removed.`}
			: {kind: 'weakened-assertion', test, line, message: `The case ${readable(row.code)} became ${readable(changed.code)}.`};
	});
}

function bodyFindings(pair: Pair): readonly TamperFinding[] {
	const [before, after] = pair;
	const count = before.assertions.length;
	if (count > 0 && after.assertions.length === 0) {
		return [
			{
				kind: 'emptied',
				test: after.name,
				line: after.line,
				message: count === 1 ? 'Its only assertion was removed.' : `All of its ${count} assertions were removed.`,
			},
		];
	}

	return [...rowFindings(pair), ...compareAssertions(after.name, after.line, before.assertions, after.assertions)];
}

function deletedFinding({name, line, assertions}: TestCode): TamperFinding {
	const held = assertions.length === 0 ? '' : ` with ${plural(assertions.length, 'assertion')}`;
	return {kind: 'deleted-test', test: name, line, message: `The test was deleted${held}.`};
}

/** The deleted tests that no other file received with the same body. */
function notMoved(deleted: readonly TestCode[], elsewhere: readonly TestFileChange[]): readonly TestCode[] {
	const received =
		deleted.length === 0
			? []
			: elsewhere.flatMap(({path, before, after}) => pairUp(testsOf(path, before), testsOf(path, after), [identity, bodyOf]).added);
	return pairUp(deleted, received, [bodyOf]).removed;
}

function testsOf(path: string, text: string | undefined): readonly TestCode[] {
	return text === undefined ? [] : readTests(path, text).tests;
}

const identity = ({name, body}: TestCode) => JSON.stringify([name, body]);
const bodyOf = ({body}: TestCode) => (body.length > 12 ? body : undefined);

/**
 * What became weaker in a test file: tests deleted, skipped, focused, expected to fail or emptied, assertions removed or weakened; in the order of
 * the tests. A changed expectation is told too, for a person to see. A test that was renamed, moved within the file, or moved to one of the files
 * `elsewhere` with the same body is no finding, nor is anything that was added or only formatted. Lines are those of the text after, or before for
 * deletions. Takes any text; never throws.
 */
export function compareTests({path, before, after}: TestFileChange, elsewhere: readonly TestFileChange[] = []): readonly TamperFinding[] {
	if (before === undefined || before === after) {
		return [];
	}

	const [old, now] = [readTests(path, before), readTests(path, after ?? '')];
	const {pairs, removed, added} = pairUp(old.tests, now.tests, [identity, ({name}) => name, bodyOf]);
	return [
		// What was only announced tested nothing.
		...notMoved(
			removed.filter(({body}) => body !== ''),
			elsewhere,
		).map(deletedFinding),
		...modifierFindings(pairs, added),
		...pairs.flatMap(bodyFindings),
		...(after === undefined ? [] : compareAssertions('', 1, old.shared, now.shared)),
	];
}
