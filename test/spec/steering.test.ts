import {describe, expect, test} from 'vitest';
import {parseSteering} from '../../source/spec/steering.ts';

describe('a steering file', () => {
	test.each([
		['without front matter', '# Rules\n', {inclusion: 'always', patterns: [], body: '# Rules\n'}],
		['of every kind of line end', '---\r\ninclusion: manual\r\n---\r\nText\r\n', {inclusion: 'manual', patterns: [], body: 'Text\r\n'}],
		['after a byte order mark', '\uFEFF---\ninclusion: always\n---\nText', {inclusion: 'always', patterns: [], body: 'Text'}],
		[
			'with one pattern',
			'---\ninclusion: fileMatch\nfileMatchPattern: "src/**/*.ts"\n---\nT',
			{inclusion: 'fileMatch', patterns: ['src/**/*.ts'], body: 'T'},
		],
		[
			'with a star nobody quoted',
			'---\ninclusion: fileMatch\nfileMatchPattern: **/*.ts\n---\nT',
			{inclusion: 'fileMatch', patterns: ['**/*.ts'], body: 'T'},
		],
		[
			'with a list',
			"---\ninclusion: fileMatch\nfileMatchPattern:\n  - '*.ts'\n  - *.tsx\n---\nT",
			{inclusion: 'fileMatch', patterns: ['*.ts', '*.tsx'], body: 'T'},
		],
		[
			'that is picked by its description',
			'---\ninclusion: auto\nname: api\ndescription: How the API is written\nowner: me\n---\nT',
			{inclusion: 'auto', patterns: [], name: 'api', description: 'How the API is written', body: 'T'},
		],
		['with empty front matter', '---\n---\nT', {inclusion: 'always', patterns: [], body: 'T'}],
	])('%s', async (_, text, expected) => {
		expect(await parseSteering(text)).toEqual({...expected, problems: []});
	});

	test.each([
		['is never closed', '---\ninclusion: manual\nText'],
		['is no YAML', '---\ninclusion: [\n---\nText'],
		['is a list', '---\n- a\n---\nText'],
		['asks for an unknown inclusion', '---\ninclusion: sometimes\n---\nText'],
		['matches files without a pattern', '---\ninclusion: fileMatch\n---\nText'],
		[
			'unfolds without end',
			`---\na: &a [x, x]\n${Array.from({length: 9}, (_, index) => `b${index}: &b${index} [*${index === 0 ? 'a' : `b${index - 1}`}, *${index === 0 ? 'a' : `b${index - 1}`}]`).join('\n')}\n---\nText`,
		],
	])('whose front matter %s is included always, and says so', async (_, text) => {
		const steering = await parseSteering(text);
		expect(steering.inclusion).toBe('always');
		expect(steering.body.endsWith('Text')).toBe(true);
		expect(steering.problems.map(({code}) => code)).toEqual(['front-matter']);
	});
});
