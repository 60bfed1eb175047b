import type {TestCase} from '../protocol/test-report.ts';
import type {ProjectFiles} from '../test-runners/index.ts';
import {digestOf} from '../workspace/digest.ts';

/** The digest of each test's own source, by test id; of its whole file where the test cannot be found in it. */
export async function sourceDigests(files: ProjectFiles, tests: readonly TestCase[]): Promise<ReadonlyMap<string, string>> {
	const texts = new Map<string, string | undefined>();
	for (const file of new Set(tests.map(test => test.file))) {
		texts.set(file, file === '' ? undefined : await files.read(file));
	}

	return new Map(
		tests.flatMap(test => {
			const text = texts.get(test.file);
			return text === undefined ? [] : [[test.id, digestOf(text)] as const];
		}),
	);
}
