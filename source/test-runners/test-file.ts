const patterns: readonly RegExp[] = [
	/[._-](?:test|spec|tests|specs)\.[cm]?[jt]sx?$/,
	/(?:^|\/)(?:__tests__|tests?|specs?)\/(?:.*\/)?[^/]+\.[cm]?[jt]sx?$/,
	/(?:^|\/)test\.[cm]?[jt]s$/,
	/(?:^|\/)test-[^/]+\.[cm]?[jt]s$/,
	/(?:^|\/)(?:test_[^/]+|[^/]+_test|tests)\.py$/,
	/_test\.go$/,
	/(?:^|\/)tests\/[^/]+\.rs$/,
	/(?:^|\/)tests\/[^/]+\/main\.rs$/,
];

/** Files in test folders that are not tests themselves. */
const aside =
	/(?:^|\/)(?:fixtures?|__fixtures__|__snapshots__|__mocks__|helpers?|support|testdata|recorded|golden|node_modules|mocks?)\/|\.d\.[cm]?ts$|\.config\.[cm]?[jt]s$/;

/** True when a path looks like a test by the habits of its language. */
export function isTestFile(path: string): boolean {
	return patterns.some(pattern => pattern.test(path)) && !aside.test(path);
}
