import {describe, expect, it} from 'vitest';
import {rowText} from '../../../source/tui/rows/cut-row.ts';
import {documentRows} from '../../../source/tui/rows/document-rows.ts';

const text = `# Design
WHEN a task ends THE app SHALL ring. if not
- [ ] 2.1 Make it _Requirements: 1.2_

\`src/a.ts\` and \`src/ab.ts\` and \`src/c.ts\` \`ring\`
\`\`\`ts
WHEN
\`\`\`
`;

const base = {text, columns: 60, changedLines: [2], hasLineNumbers: true, missing: []} as const;
const lines = (options: Partial<Parameters<typeof documentRows>[0]> = {}) =>
	documentRows({...base, ...options}).map(({row}) => rowText(row));

describe('a document', () => {
	it('is shown as it is written, with numbers, change marks and the cursor', () => {
		expect(lines({cursorLine: 3})).toEqual([
			'   1 | # Design',
			'+  2 | WHEN a task ends THE app SHALL ring. if not',
			'   3>| - [ ] 2.1 Make it _Requirements: 1.2_',
			'   4 | ',
			'   5 | `src/a.ts` and `src/ab.ts` and `src/c.ts` `ring`',
			'   6 | ```ts',
			'   7 | WHEN',
			'   8 | ```',
		]);
	});

	it('is wrapped below its own text, and every row knows its line', () => {
		const rows = documentRows({...base, text: '- [ ] 1. a long task that does not fit', columns: 26, hasLineNumbers: false});
		expect(rows.map(({row}) => rowText(row))).toEqual(['   - [ ] 1. a long task', '         that does not fit']);
		expect(rows.map(({line}) => line)).toEqual([1, 1]);
	});

	it('marks EARS keywords, ids and code, but nothing inside a code block', () => {
		const rows = documentRows({...base, hasLineNumbers: false});
		const tones = (line: number) =>
			rows
				.filter(row => row.line === line)
				.flatMap(({row}) => row.slice(3).flatMap(span => (span.tone === undefined ? [] : [[span.text, span.tone]])));
		expect(tones(2)).toEqual([
			['WHEN', 'keyword'],
			['SHALL', 'keyword'],
		]);
		expect(tones(3)).toEqual([
			['- [ ] 2.1', 'accent'],
			['1.2', 'accent'],
		]);
		expect(tones(7)).toEqual([['WHEN', 'code']]);
	});

	it('marks what does not exist, by whole names, and a symbol only with its file', () => {
		const rows = lines({missing: ['src/a.ts', 'src/c.ts ring'], hasLineNumbers: false, columns: 80});
		expect(rows[4]).toBe('   `src/a.ts` and `src/ab.ts` and `src/c.ts` `ring`  not found: src/a.ts, ring');
		const marked = documentRows({...base, missing: ['src/a.ts']}).flatMap(({row}) =>
			row.filter(span => span.isUnderlined === true).map(span => span.text),
		);
		expect(marked).toEqual(['src/a.ts']);
	});

	it('drops its numbers before its text gets too narrow', () => {
		expect(lines({columns: 24})[0]).toBe('   # Design');
	});
});
