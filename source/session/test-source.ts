import type {TestCase} from '../protocol/test-report.ts';
import {type InventoriedTest, testInventory} from '../syntax/index.ts';
import type {ProjectFiles} from '../test-runners/index.ts';
import {digestOf} from '../workspace/digest.ts';

/** Without the suites around it, the criteria behind it and, in Python, the parameters. */
function ownName(name: string): string {
	return (
		name
			.split(/ > |::(?=[^[\]]*(?:\[|$))/)
			.at(-1)
			?.replace(/(?: \[[^\]]*\])+$/, '')
			.replace(/^(test\w*)\[.*\]$/s, '$1') ?? name
	);
}

/** The test of a report in its file's inventory, if it can be told which one it is. */
export function findTest({name, line}: TestCase, inventory: readonly InventoriedTest[]): InventoriedTest | undefined {
	const exact = inventory.filter(test => test.name === name);
	const around = inventory.filter(test => line !== undefined && test.line <= line && line <= test.endLine);
	const alike = inventory.filter(test => ownName(test.name) === ownName(name));
	return [exact, around, alike].find(found => found.length === 1)?.[0];
}

/** The digest of each test's own source, by test id; of its whole file where the test cannot be found in it. */
export async function sourceDigests(files: ProjectFiles, tests: readonly TestCase[]): Promise<ReadonlyMap<string, string>> {
	const sources = new Map<string, {readonly text: string; readonly inventory: readonly InventoriedTest[]}>();
	for (const file of new Set(tests.map(test => test.file).filter(path => path !== ''))) {
		const text = await files.read(file);
		if (text !== undefined) {
			sources.set(file, {text, inventory: testInventory(file, text)});
		}
	}

	return new Map(
		tests.flatMap(test => {
			const source = sources.get(test.file);
			if (source === undefined) {
				return [];
			}

			const found = findTest(test, source.inventory);
			const lines = source.text.split('\n');
			return [[test.id, digestOf(found === undefined ? source.text : lines.slice(found.line - 1, found.endLine).join('\n'))] as const];
		}),
	);
}
