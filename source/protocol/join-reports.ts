import {countTests, type TestReport} from './test-report.ts';

/** The runs that a report is made of: one for each test command. */
export function partsOf(report: TestReport): readonly TestReport[] {
	return report.parts ?? [report];
}

/** The project's test command that a run of one command was of, whichever of its tests were asked for. */
export function testCommandOf({testCommand, command}: TestReport): string {
	return testCommand ?? command;
}

function asOneLine(commands: readonly string[]): string {
	return commands.map(command => (command.startsWith('cd ') ? `(${command})` : command)).join(' && ');
}

/** What keeps a run from telling anything counts for all of it; the worst of it first. */
function problemOf(parts: readonly TestReport[]): TestReport['problem'] {
	const problems = parts.flatMap(({problem}) => problem ?? []);
	return problems.find(problem => problem !== 'no-tests') ?? problems[0];
}

/** Runs of several test commands as one: what is red in any of them is red, and each stays known by its command. */
export function joinReports(runs: readonly [TestReport, ...TestReport[]]): TestReport {
	const parts = runs.flatMap(partsOf);
	const [only, ...others] = parts;
	if (only === undefined || others.length === 0) {
		return only ?? runs[0];
	}

	const tests = parts.flatMap(part => part.tests);
	const problem = problemOf(parts);
	return {
		runner: [...new Set(parts.map(part => part.runner))].join(', '),
		command: asOneLine(parts.map(part => part.command)),
		scope: parts.every(part => part.scope === 'all') ? 'all' : 'related',
		detail: parts.some(part => part.detail === 'named') ? 'named' : 'exit-code',
		tests,
		counts: countTests(tests),
		collected: parts.reduce((sum, part) => sum + part.collected, 0),
		exitCode: (parts.find(part => part.exitCode !== 0) ?? only).exitCode,
		durationMs: parts.reduce((sum, part) => sum + part.durationMs, 0),
		...(problem !== undefined && {problem}),
		output: parts.map(part => `$ ${part.command}\n${part.output}`).join('\n'),
		parts,
	};
}
