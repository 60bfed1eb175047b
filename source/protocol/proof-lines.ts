import type {LedgerEntry} from './ledger-entry.ts';

/** What the check of a task in a copy showed, for a person, a line each. */
export function proofLines({task, evidence, mutants, survivors}: Extract<LedgerEntry, {type: 'proof'}>): readonly string[] {
	const of = (outcome: string) => evidence.filter(one => one.outcome === outcome).map(one => `[${one.criterion}]`);
	const [fails, passes, unknown] = [of('fails'), of('passes'), of('unknown')];
	return [
		...(fails.length === 0 ? [] : [`checked in a copy: without the code of ${task}, the tests of ${fails.join(', ')} fail`]),
		...(passes.length === 0 ? [] : [`checked in a copy: without the code of ${task}, the tests of ${passes.join(', ')} pass all the same`]),
		...(unknown.length === 0 ? [] : [`checked in a copy: of ${unknown.join(', ')} nothing can be told`]),
		...(mutants === 0 ? [] : [`    ${mutants} small faults put into the code, ${mutants - survivors.length} noticed by the tests`]),
		...survivors.map(({path, description}) => `    unnoticed: ${path} ${description}`),
	];
}
