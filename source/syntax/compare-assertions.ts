import {isConstant} from './matchers.ts';
import {pairUp} from './pair-up.ts';
import {readable} from './plain-code.ts';
import type {TamperFinding} from './tamper-finding.ts';
import type {AssertionCode, Hindrance} from './test-code.ts';

const hindered: Readonly<Record<Hindrance, string>> = {
	try: 'may fail unseen now: what it throws is caught',
	condition: 'runs only under a condition now',
	return: 'may not be reached now: a return stands before it',
	'not-awaited': 'is not awaited any more, so that its failure is not seen',
};

const key = (...parts: readonly string[]) => JSON.stringify(parts);

/** From what is the same to what is only alike; each assertion is compared with the first that fits. */
const likeness: readonly ((assertion: AssertionCode) => string | undefined)[] = [
	each => key(each.subject, each.resolvedSubject, each.matcher, each.expected, each.hindrances.join()),
	each => key(each.subject, each.resolvedSubject, each.matcher, each.expected),
	each => key(each.resolvedSubject, each.matcher, each.expected),
	each => key(each.subject, each.matcher, each.expected),
	each => key(each.subject, each.matcher),
	each => (each.subject === '' ? undefined : key(each.subject)),
	each => (each.resolvedSubject === '' ? undefined : key(each.resolvedSubject)),
	// What is left may be checked by other means: `assert.equal` became `expect`, or another thing is checked for the same value.
	each => (each.expected === '' ? undefined : key(each.matcher, each.expected)),
];

const tolerance = /\b(?:rel|abs|rtol|atol|places|delta|decimal|epsilon)\b|\bapprox\b/;

/** Only the tolerance differs: the digits of `toBeCloseTo`, the rest of `approx`. */
function isTolerance(before: AssertionCode, after: AssertionCode): boolean {
	const first = (code: string) => code.split(/[,)]/)[0];
	const takes =
		/toBeCloseTo|closeTo|assertAlmostEqual|assert_allclose|assert_almost_equal/.test(after.matcher) ||
		tolerance.test(before.expected + after.expected);
	return takes && first(before.expected) === first(after.expected);
}

function changedExpectation(before: AssertionCode, after: AssertionCode): string | undefined {
	if (after.strength === 0 && before.strength > 0) {
		return `${before.written} became ${after.written}, which cannot fail.`;
	}

	if (after.strength < before.strength) {
		return `${before.written} became ${after.written}, which demands less.`;
	}

	if (
		after.strength > before.strength ||
		(before.expected === after.expected && before.matcher !== after.matcher && isAlike(before, after))
	) {
		return undefined;
	}

	if (isTolerance(before, after) && before.expected !== after.expected) {
		return `The tolerance changed from ${readable(before.expected)} to ${readable(after.expected)}.`;
	}

	if (before.expected !== after.expected) {
		return `${readable(before.subject) || before.matcher} was expected to be ${readable(before.expected) || before.matcher} and is now expected to be ${readable(after.expected) || after.matcher}.`;
	}

	return before.matcher === after.matcher ? undefined : `${before.written} became ${after.written}.`;
}

/** `toBe` and `toEqual` of the same value; not `toBeNull` and `toBeUndefined`, which say other things without a value. */
function isAlike(before: AssertionCode, after: AssertionCode): boolean {
	return before.expected !== '' && !/^(?:not\b|[<>!])/.test(before.matcher) && !/^(?:not\b|[<>!])/.test(after.matcher);
}

function changedSubject(before: AssertionCode, after: AssertionCode): string | undefined {
	if (before.subject === after.subject) {
		// The preparation may change; that what is checked became a literal may not.
		return isConstant(after.resolvedSubject) && !isConstant(before.resolvedSubject) ? `${after.written} checks a constant now.` : undefined;
	}

	return before.resolvedSubject === after.resolvedSubject
		? undefined
		: `${readable(before.subject)} was checked, and now ${readable(after.subject)} is.`;
}

function weakened(before: AssertionCode, after: AssertionCode): string | undefined {
	const changed = changedExpectation(before, after) ?? changedSubject(before, after);
	const hindrance = after.hindrances.find(each => !before.hindrances.includes(each));
	return changed ?? (hindrance === undefined ? undefined : `${after.written} ${hindered[hindrance]}.`);
}

/**
 * What became weaker between the assertions of one test: removed ones, and weaker, changed or hindered ones. The order does not matter. `line` is
 * told for what is gone.
 */
export function compareAssertions(
	test: string,
	line: number,
	before: readonly AssertionCode[],
	after: readonly AssertionCode[],
): readonly TamperFinding[] {
	const {pairs, removed, added} = pairUp(before, after, likeness);
	// What remains is alike in nothing; a constant that was added stands where something was checked before.
	const lost = removed.filter(({strength}) => strength > 0);
	const constants = added.filter(({strength}) => strength === 0).slice(0, lost.length);
	const replaced = constants.flatMap((now, index): (readonly [AssertionCode, AssertionCode])[] => {
		const old = lost[index];
		return old === undefined ? [] : [[old, now]];
	});
	const changed = [...pairs, ...replaced].flatMap(([old, now]) => {
		const message = weakened(old, now);
		return message === undefined ? [] : [{kind: 'weakened-assertion' as const, test, line: now.line, message}];
	});
	const gone = lost
		.slice(constants.length)
		.map(({written}) => ({kind: 'removed-assertion' as const, test, line, message: `${written} was removed.`}));
	return [...changed.sort((one, other) => one.line - other.line), ...gone];
}
