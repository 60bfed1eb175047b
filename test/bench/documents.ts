/** A tasks.md of this many tasks: one parent to five children, with details, references and some ticked boxes. About 54 kB for 324. */
export function tasksDocument(count: number): string {
	const tasks = Array.from({length: count}, (_, index) => {
		const [group, child] = [Math.floor(index / 6) + 1, index % 6];
		const marker = index % 4 === 0 ? 'x' : ' ';
		return child === 0
			? `- [${marker}] ${group}. Part ${group} of the plan\n`
			: [
					`  - [${marker}]${child === 5 ? '*' : ''} ${group}.${child} Write step ${child} in \`source/part-${group}/step-${child}.ts\``,
					'    - Reads its input once and gives every problem with its line',
					`    - _Requirements: ${group}.${child}, ${group}.1-${group}.3_`,
					`    - _Proof: \`test/part-${group}/step-${child}.test.ts\`_\n`,
				].join('\n');
	});
	return `# Implementation Plan: A long one\n\n## Tasks\n\n${tasks.join('')}`;
}

/** A requirements or design text of exactly this many lines: headings, criteria, lists, a code block now and then. */
export function proseDocument(lines: number): string {
	const block = (number: number) => [
		`### Requirement ${number}: Part ${number}`,
		'',
		`**User Story:** As a person with part ${number}, I want it to be told apart, so that I can *look away* for a while.`,
		'',
		`1. WHEN part ${number} is completed, THE Tool SHALL show its title through \`notify-${number}\` and write the list first`,
		`2. IF no notifier is found for part ${number}, THEN THE Tool SHALL write one line to standard error and exit 0`,
		'',
		'```ts',
		`const part${number} = await notify({title: 'Part ${number}', body: 'done'}, {limitMs: 2000});`,
		'```',
		'',
	];
	const all = Array.from({length: Math.ceil(lines / 11)}, (_, index) => block(index + 1)).flat();
	return `${all.slice(0, lines).join('\n')}\n`;
}

/** A text with every so manieth line changed. */
export function withEdits(text: string, every: number): string {
	return text
		.split('\n')
		.map((line, index) => (line !== '' && index % every === 0 ? `${line} (changed)` : line))
		.join('\n');
}
