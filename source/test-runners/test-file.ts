const patterns: readonly RegExp[] = [
	/[._-](?:test|spec|tests|specs)\.[cm]?[jt]sx?$/,
	/(?:^|\/)(?:__tests__|tests?|specs?)\/(?:.*\/)?[^/]+\.[cm]?[jt]sx?$/,
	/(?:^|\/)test\.[cm]?[jt]s$/,
	/(?:^|\/)test-[^/]+\.[cm]?[jt]s$/,
	/(?:^|\/)(?:test_[^/]+|[^/]+_test|tests)\.py$/,
	/_test\.go$/,
	/(?:^|\/)tests\/[^/]+\.rs$/,
	/(?:^|\/)tests\/[^/]+\/main\.rs$/,
	/(?:^|\/)\w+(?:Tests?|TestCase)\.(?:java|kt|scala|groovy|cs|php|swift)$/,
	/(?:^|\/)src\/\w*[tT]est\/(?:.*\/)?(?:Test\w+|\w+(?:IT|Spec|Suite))\.(?:java|kt|scala|groovy)$/,
	/(?:^|\/)tests\/(?:Feature|Unit)\/(?:.*\/)?[^/]+\.php$|\.phpt$/,
	/(?:^|\/)(?:test_[^/]+|[^/]+_(?:test|spec))\.(?:rb|exs|dart|cr|lua|cljc?|cljs)$/,
	/(?:^|\/)(?:test_[^/]+|[^/]+_(?:unit)?tests?)\.(?:c|cc|cpp|cxx|sh|bash)$|\.bats$|(?:^|\/)t\/(?:.*\/)?[^/]+\.t$/,
	// No habit of names, but one of folders.
	/(?:^|\/)tests?\/(?:.*\/)?[^/]+\.(?:c|cc|cpp|cxx|m|mm|sh|bash|hs|zig|nim|ml|erl|lua|jl|R|el|scm|f90|d)$/,
];

/** Files in test folders that are not tests themselves. */
const aside =
	/(?:^|\/)(?:fixtures?|__fixtures__|__snapshots__|__mocks__|helpers?|support|testdata|recorded|golden|node_modules|mocks?)\/|\.d\.[cm]?ts$|\.config\.[cm]?[jt]s$/;

const rustTest = /^[^/\n]*#\[\s*(?:cfg\(test\)|(?:\w+::)*test\b)/m;

/** Whether a file of code holds tests of its own, as those of Rust do. */
export function holdsOwnTests(path: string, text: string): boolean {
	return mayHoldOwnTests(path) && rustTest.test(text);
}

/** Whether tests may stand beside the code of a file. */
export function mayHoldOwnTests(path: string): boolean {
	return path.endsWith('.rs') && !isTestFile(path);
}

/** True when a path looks like a test by the habits of its language. */
export function isTestFile(path: string): boolean {
	return patterns.some(pattern => pattern.test(path)) && !aside.test(path);
}
