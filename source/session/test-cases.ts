import type {TestCase} from '../protocol/test-report.ts';

/** Values in brackets that a runner puts behind the name of a parametrised test; ids of criteria are none. */
const values = /(?<=[\p{L}\p{N}_)])\[(?!(?:[\w-]+ )?\d+(?:\.\d+)+\])[^\n]*?\](?=\s|$|::|\/)/gu;

/** Tests that differ only in such values, together, in their order. */
export function byCase(tests: readonly TestCase[]): readonly {readonly name: string; readonly tests: readonly TestCase[]}[] {
	const groups = new Map<string, {readonly name: string; readonly tests: TestCase[]}>();
	for (const test of tests) {
		const name = test.name.replaceAll(values, '');
		const key = `${test.file} ${name}`;
		const group = groups.get(key) ?? {name, tests: []};
		group.tests.push(test);
		groups.set(key, group);
	}

	return [...groups.values()].map(({name, tests: own}) => ({name: own.length === 1 ? (own[0]?.name ?? name) : name, tests: own}));
}

/** The names of tests for a model: cases of one test are counted, and where names are in several files, each has its file. */
export function caseNames(tests: readonly TestCase[]): readonly string[] {
	const isInSeveral = new Set(tests.map(test => test.file)).size > 1;
	return byCase(tests).map(({name, tests: own}) => {
		const file = own[0]?.file ?? '';
		const notes = [...(isInSeveral && file !== '' ? [file] : []), ...(own.length > 1 ? [`${own.length} cases`] : [])];
		return notes.length === 0 ? name : `${name} (${notes.join(', ')})`;
	});
}
