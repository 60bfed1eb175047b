import type {Language} from './language.ts';

export type LineLanguage = Exclude<Language, 'script' | 'python'>;

/** How a language that we read by line writes tests. Patterns see code whose comments and texts are blanked, unless they say otherwise. */
export type TestHabits = {
	/** The line where a test begins, as written; its name is the first group that is set. */
	readonly starts: RegExp;
	/** What must stand on a line above, where the first line alone does not tell. */
	readonly mark?: RegExp;
	/** In lines above a test or in its body: it does not run. */
	readonly skips: RegExp;
	/** In lines above a test: a failure is what is expected. */
	readonly fails?: RegExp;
	/** An assertion; the first group is its name. */
	readonly asserts: RegExp;
	/** A line, as written, that is one row of a table of cases. */
	readonly rows?: RegExp;
};

const methods =
	/^\s*(?:(?:public|private|protected|internal|static|final|async|suspend|override)\s+)*(?:fun|void|[\w<>[\],.?]+)\s+(?:`([^`]+)`|(\w+))\s*\(/;

export const habits: Readonly<Record<LineLanguage, TestHabits>> = {
	go: {
		starts: /^func\s+((?:Test|Fuzz|Example|Benchmark)\w*)\s*\(/,
		skips: /\bt\.(?:Skip|Skipf|SkipNow)\(/,
		asserts: /\b(?:t|tb|b)\.(Errorf?|Fatalf?|Fail|FailNow)\(|\b(?:require|assert|is|qt|must)\.(\w+)\(/,
		rows: /^\s*(?:"[^"]*"\s*:\s*)?\{.*\},\s*$/,
	},
	rust: {
		starts: /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?fn\s+(\w+)/,
		mark: /#\[\s*(?:\w+::)*(?:test|rstest|test_case|wasm_bindgen_test|quickcheck|case)\b/,
		skips: /#\[\s*ignore\b|#\[\s*cfg_attr\b.*\bignore\b/,
		fails: /#\[\s*should_panic\b/,
		asserts: /\b((?:debug_|prop_)?assert\w*)!\s*[([{]/,
		rows: /^\s*#\[\s*(?:case|test_case)\b.*\]\s*$/,
	},
	jvm: {
		starts: methods,
		mark: /@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|Property)\b/,
		skips: /@(?:\w+\.)*(?:Disabled\w*|Ignore)\b|\bassume(?:True|False|That)?\(/,
		asserts: /\b(assert\w*|verify\w*|fail|expect\w*|should\w*)\s*[({<]/,
	},
	ruby: {
		starts: /^\s*(?:def\s+(test_\w+)|x?(?:it|specify|scenario|test|example)\s*\(?\s*(?:"([^"]*)"|'([^']*)').*(?:\bdo\b|\{))/,
		skips: /^\s*(?:skip|pending)\b|^\s*x(?:it|specify|scenario)\b/,
		asserts: /\b(assert\w*|refute\w*|expect|must_\w+|wont_\w+|should|flunk)\b/,
	},
	php: {
		starts: /^\s*(?:(?:public|final)\s+)*function\s+(test\w*)\s*\(|^\s*(?:it|test)\(\s*(?:"([^"]*)"|'([^']*)')/,
		skips: /\bmarkTest(?:Skipped|Incomplete)\b|->skip\(|->todo\(/,
		asserts: /(?:->|::)(assert\w*|expect\w*)\(|\b(expect)\(/,
	},
	'c-like': {
		starts:
			/^\s*(?:TEST(?:_F|_P|_CASE)?\s*\(\s*([\w"\s,]+?)\s*\)|(?:@Test\s+)?(?:\w+\s+)*func\s+(test\w*)\s*\(|(?:public|internal|private)\s+(?:async\s+)?[\w<>.]+\s+(\w+)\s*\()/,
		mark: /\[\s*(?:Fact|Theory|Test|TestCase|TestMethod|DataTestMethod)\b|^\s*(?:TEST|(?:@Test\s+)?(?:\w+\s+)*func\s+test)/,
		skips: /\[\s*(?:Ignore|Skip)\b|\bSkip\s*=|\bGTEST_SKIP\b|\bDISABLED_\w+|\bXCTSkip\w*|\.disabled\(/,
		asserts: /(?:#|\b)(ASSERT_\w+|EXPECT_\w+|CHECK\w*|REQUIRE\w*|Assert\.\w+|XCTAssert\w*|XCTFail|expect|assert\w*|Should\w*)\s*[(<]/,
		rows: /^\s*\[\s*(?:InlineData|TestCase|DataRow)\b.*\]\s*$/,
	},
};

/** How much an assertion of these languages demands, by its name: 1 says almost nothing, 4 is exact. */
export function lineStrength(name: string, rest: string): number {
	const says = `${name} ${rest}`;
	if (
		/^(?:debug_|prop_)?assert$|(?:^|_|\b|assert|Assert|\.)(?:True|NotNil|NotNull|NotEmpty|NoError|Error|TRUE|NE|ne|NotEqual|NotEquals|not_nil|not_equal|refute\w*)$/.test(
			name,
		)
	) {
		return 1;
	}

	if (/\b(?:not_to|to_not|isNotNull|isNotEmpty|be_truthy|toBeTruthy|NotBeNull|be_present|wont_\w+)\b/.test(says)) {
		return 1;
	}

	if (/contain|include|match|greater|less|_(?:GT|LT|GE|LE)\b|start|end_with/i.test(says)) {
		return 2;
	}

	return /eq|same|is\b|matches_snapshot|snapshot/i.test(says) ? 4 : 3;
}
