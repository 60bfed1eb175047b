import type {TestFailure} from '../protocol/test-report.ts';

const maxLength = 500;
const maxPath = 80;

/** On one line, without Python's remarks behind a value. */
function oneLine(text: string): string {
	const joined = text
		.split('\n')
		.map(line => line.replace(/\s+# or any other generated value$/, '').trim())
		.join(' ')
		.replace(/\( /g, '(')
		.replace(/,? \)$/, ')')
		.trim();
	return joined.length > maxLength ? `${joined.slice(0, maxLength)}…` : joined;
}

/** fast-check 2 and later: the values as a list, with the seed; the path only while it is short, since the seed alone finds them again. */
function byFastCheck(text: string): string | undefined {
	const [, settings = '', values] =
		/^(?:\w*Error: )?Property failed after \d+ tests?\n(\{ seed: [^\n]*\}\n)?Counterexample: ([\s\S]*?)(?=\nShrunk \d+ time|\n\n|$(?![\s\S]))/m.exec(
			text,
		) ?? [];
	const [, seed, path = ''] = /seed: (-?\d+)(?:, path: "([^"]*)")?/.exec(settings) ?? [];
	const told = path === '' || path.length > maxPath ? `seed ${seed}` : `seed ${seed}, path "${path}"`;
	return values === undefined ? undefined : `${oneLine(values)}${seed === undefined ? '' : ` (${told})`}`;
}

/** Hypothesis: the call that fails, over several lines; since 6.160 under another headline. */
function byHypothesis(text: string): string | undefined {
	const [, call] =
		/^(?:Falsifying (?:explicit )?example|Failing test case): (\w+\((?:[^\n]*\)$|\n[\s\S]*?^\s*\)))/m.exec(
			text.replaceAll(/^E {1,7}/gm, ''),
		) ?? [];
	return call === undefined ? undefined : oneLine(call);
}

/** proptest: `minimal failing input: n = 101, text = ""`, then how many runs went well. */
function byProptest(text: string): string | undefined {
	const [, input] = /minimal failing input: ([\s\S]*?)(?=\n\s*successes: |\n\n|$(?![\s\S]))/.exec(text) ?? [];
	return input === undefined ? undefined : oneLine(input);
}

/** rapid: what was drawn in the run that it shrank to; the test's own words where it drew nothing by name. */
function byRapid(text: string): string | undefined {
	const [, said = ''] = /\[rapid\] (?:failed|panic) after \d+ tests?: ([^\n]*)/.exec(text) ?? [];
	const drawn = [...text.matchAll(/\[rapid\] draw ([^\n:]+): ([^\n]*)/g)].map(([, name = '', value = '']) => `${name} = ${value}`);
	return said === '' ? undefined : oneLine(drawn.length === 0 ? said : drawn.join(', '));
}

/** Go's testing/quick: `#3: failed on input 0x5`. */
function byQuick(text: string): string | undefined {
	const [, input] = /#\d+: failed on input ([^\n]+)/.exec(text) ?? [];
	return input === undefined ? undefined : oneLine(input);
}

/** The smallest input that a property test found its property wrong for, as its library prints it; undefined for any other failure. */
export function counterexampleIn({message, detail = ''}: Pick<TestFailure, 'message' | 'detail'>): string | undefined {
	for (const text of [message, detail]) {
		const found = byFastCheck(text) ?? byHypothesis(text) ?? byProptest(text) ?? byQuick(text);
		if (found !== undefined) {
			return found;
		}
	}

	return byRapid(`${message}\n${detail}`);
}
