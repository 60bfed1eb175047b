import {expect, test} from 'vitest';
import {namedLineEnds, unfenced} from '../../source/tools/plain-content.ts';
import {openProject} from './project.ts';

const requirements = '.kiro/specs/todo/requirements.md';
const title = '# Requirements Document';
const example = `${title}\n\n\`\`\`sh\nls\n\`\`\`\n`;

test.each([
	['a document', `\`\`\`markdown\n${title}\n\`\`\``, `${title}\n`],
	['a document with a block of code', `\n\`\`\`md\n${example}\`\`\`\n`, example],
	['code', '```js\nconst a = `b`;\n```\n', 'const a = `b`;\n'],
	['tildes', '~~~\n# Title\n~~~', '# Title\n'],
])('the fence around the whole of %s is no part of it', (_what, text, inside) => {
	expect(unfenced(text)).toBe(inside);
});

test.each([
	['no fence', title],
	['a block of code in it', example],
	['two blocks', '```js\na\n```\nand\n```js\nb\n```\n'],
	['a fence that is not closed', '```js\nconst a = 1;\n'],
	['nothing inside', '```js\n```'],
])('a text with %s stays as it is', (_what, text) => {
	expect(unfenced(text)).toBe(text);
});

test.each([
	[String.raw`# A\n\n## B\n\ntext\n`, 5],
	[String.raw`console.log("a\nb")`, undefined],
	['# A\n\\n \\n \\n \\n\n', undefined],
])('%j names its line ends %s times', (text, times) => {
	expect(namedLineEnds(text)).toBe(times);
});

const documents = ['requirements'] as const;

test('a document and a file are written without the fence around them; Markdown keeps it', async () => {
	using spec = openProject({documents});
	await spec.use('write_document', {document: 'requirements', content: `\`\`\`markdown\n${title}\n\`\`\``});
	expect(spec.bytes(requirements)).toBe(`${title}\n`);
	using project = openProject();
	const content = '```js\nconst a = 1;\n```\n';
	await project.use('write', {path: 'a.js', content});
	await project.use('write', {path: 'a.md', content});
	expect([project.bytes('a.js'), project.bytes('a.md')]).toEqual(['const a = 1;\n', content]);
});

test('of a text whose line breaks were escaped no document is made, and a file is told of it', async () => {
	const content = String.raw`# A\n\n## B\n\ntext\n`;
	using spec = openProject({documents});
	const document = await spec.use('write_document', {document: 'requirements', content});
	expect(document).toMatchObject({ok: false, forModel: expect.stringContaining('Send it with real line breaks')});
	using project = openProject();
	const file = await project.use('write', {path: 'a.json', content});
	expect(file).toMatchObject({ok: true, forModel: expect.stringContaining(String.raw`holds the characters \n 5 times`)});
	expect(project.bytes('a.json')).toBe(content);
});
