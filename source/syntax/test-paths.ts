const configuration =
	/(?:^|\/)(?:(?:vitest|vite|jest|playwright|cypress|karma|ava|wdio|web-test-runner)\.(?:[\w-]+\.)?config\.(?:[\w-]+\.)?(?:[cm]?[jt]s|json)|vitest\.workspace\.[cm]?[jt]s|(?:vitest|jest)[.-]?setup\.[cm]?[jt]sx?|setup-?tests?\.[cm]?[jt]sx?|\.mocharc(?:\.\w+)?|\.taprc|\.nycrc(?:\.json)?|\.c8rc(?:\.json)?|pytest\.ini|\.pytest\.ini|conftest\.py|tox\.ini|noxfile\.py|setup\.cfg|pyproject\.toml|\.coveragerc|nextest\.toml|phpunit(?:\.\w+)*\.xml|\.rspec|spec_helper\.rb|rails_helper\.rb|test_helper\.rb)$/i;
const snapshot =
	/(?:^|\/)__snapshots__\/[^/]+$|\.(?:snap|snap\.new|ambr|golden|approved\.\w+)$|(?:^|\/)testdata\/(?:.*\/)?[^/]+\.golden(?:\.\w+)?$/i;

/**
 * True for a file that decides which tests run, how, or what they share: configuration of a runner and its set-up files. `pyproject.toml` and
 * `setup.cfg` count, because pytest is set there; `package.json`, `tsconfig.json`, `go.mod` and `Cargo.toml` do not, because nearly every change of
 * theirs is about something else. A path with `/`, or with `\` as Windows writes it.
 */
export function isTestConfiguration(path: string): boolean {
	return configuration.test(path.replaceAll('\\', '/'));
}

/** True for a file that a runner writes and compares with: snapshots of vitest, jest, insta and syrupy, golden and approved files. */
export function isSnapshot(path: string): boolean {
	return snapshot.test(path.replaceAll('\\', '/'));
}
