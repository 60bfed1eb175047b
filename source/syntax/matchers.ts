/** How much a matcher demands; the higher, the fewer wrong results pass. Names of vitest, jest, chai, node:assert, ava, unittest and pytest. */
const byStrength: readonly (readonly [strength: number, names: string])[] = [
	[5, 'toStrictEqual deepStrictEqual strictDeepEqual'],
	[
		4,
		'toBe toEqual toBeNull toBeUndefined toBeNaN strictEqual deepEqual equal equals eq eql is like same toMatchInlineSnapshot toHaveBeenNthCalledWith toHaveBeenLastCalledWith toHaveBeenCalledExactlyOnceWith isNull isUndefined isTrue isFalse true false null undefined == === toBeTypeOf assertEqual assertEquals assertIs assertIsNone assertDictEqual assertListEqual assertSetEqual assertTupleEqual assertSequenceEqual assertMultiLineEqual assertCountEqual assert_equal assert_array_equal assert_frame_equal assert_series_equal assert_called_once_with assert_has_calls',
	],
	[
		3,
		'toMatchObject toHaveProperty toContainEqual toBeCloseTo toHaveLength toMatchSnapshot toHaveBeenCalledWith toHaveBeenCalledTimes toHaveBeenCalledOnce toHaveReturnedWith toThrowError toThrow throws throwsAsync rejects partialDeepStrictEqual lengthOf length property closeTo snapshot raises assertAlmostEqual assertRaises assertRaisesRegex assert_called_with assert_any_call assert_called_once assert_allclose assert_almost_equal',
	],
	[
		2,
		'toContain toMatch toBeGreaterThan toBeGreaterThanOrEqual toBeLessThan toBeLessThanOrEqual toHaveBeenCalled toHaveReturned toBeInstanceOf toSatisfy match matches regex include includes contain contains members oneOf above below least most greaterThan lessThan instanceOf instanceof a an < > <= >= in assertIn assertGreater assertGreaterEqual assertLess assertLessEqual assertRegex assertIsInstance assert_called isinstance',
	],
	[
		1,
		'toBeTruthy toBeFalsy toBeDefined toBeOneOf ok assert truthy falsy exist exists isOk notOk empty != !== notEqual notStrictEqual notDeepEqual notDeepStrictEqual doesNotThrow doesNotReject notThrows doesNotMatch not is-not not-in assertTrue assertFalse assertIsNotNone assertNotEqual assertNotIn assertIsNot assertNotIsInstance expect',
	],
];

const strengths: ReadonlyMap<string, number> = new Map(
	byStrength.flatMap(([strength, names]) => names.split(' ').map((name): [string, number] => [name, strength])),
);

const unknownStrength = 3;

/**
 * 1 to 5 for a matcher such as `toBe`, `not.toContain`, `deep.equal`. A negation says least: all results but one pass. A matcher of errors that
 * names none passes for any.
 */
export function strengthOf(matcher: string, expected: string): number {
	const words = matcher.split('.');
	if (words.includes('not')) {
		return 1;
	}

	const strength = Math.max(...words.map(word => strengths.get(word) ?? 0));
	const known = strength === 0 ? unknownStrength : strength;
	const isAnyError = /^(?:toThrow|toThrowError|throws|throwsAsync|throw|raises|assertRaises)$/.test(words.at(-1) ?? '');
	return isAnyError && /^(?:|Error|Exception|BaseException)$/.test(expected) ? 2 : known;
}

/** Matchers that take a truth value, so that the comparison stands in what they are given: `assert.ok(a === b)`. */
export function takesTruth(matcher: string, expected: string): boolean {
	return (
		/^(?:ok|assert|isOk|isTrue|truthy|toBeTruthy|true|assertTrue)$/.test(matcher) ||
		(/^(?:toBe|toEqual|toStrictEqual|equal|eq)$/.test(matcher) && expected === 'true')
	);
}

/** Matchers that compare with what follows, so that equal sides can never fail. */
export function isEquality(matcher: string): boolean {
	return /^(?:toBe|toEqual|toStrictEqual|strictEqual|deepStrictEqual|deepEqual|deep\.equal|equals?|eql?|is|===?|assertEquals?|assertIs)$/.test(
		matcher,
	);
}

const constant = /^(?:-? ?\d[\d._]*n?|[rbuRBU]{0,2}'[^'$]*'|`[^`$]*`|true|false|null|undefined|None|True|False|\[ \]|\{ \}|\( \))$/;

/** A literal: what it is never depends on the code under test. */
export function isConstant(code: string): boolean {
	return constant.test(code);
}

/** A literal that counts as true. */
export function isTruthy(code: string): boolean {
	return isConstant(code) && !/^(?:-? ?0[0._]*n?|[rbuRBU]{0,2}''|``|false|null|undefined|None|False)$/.test(code);
}

/**
 * A piece of code for the question whether it can vary. A variable stands for its value only where that is a single literal: a list may have been
 * filled since, and `const first = made.length` says what was true then.
 */
export function settled(code: string, resolved: string): string {
	return isConstant(resolved) && !/^[[{(]/.test(resolved) ? resolved : code;
}
