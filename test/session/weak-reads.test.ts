import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {send} from '../faults/stage.ts';
import {answers, call, calls, says} from '../support/fake-anthropic.ts';
import {askFreely, openEditing, results} from '../support/free-turn.ts';
import {nodeProject} from '../support/test-session.ts';

describe('files', () => {
	const long = Array.from({length: 60}, (_, index) => `export const value${index} = ${index};`).join('\n');
	const files = {...nodeProject, 'src/long.js': `${long}\n`};

	test('an invented path is answered with those like it', async () => {
		await using opened = await openEditing({
			files: {...files, 'lib/secrets.json': '{}', 'out/long.js': '', '.gitignore': 'out\n'},
			script: [
				calls(
					['read', {path: 'lib/sum.js'}],
					['read', {path: 'src/sum.ts'}],
					['edit', {path: 'src/lnog.js', old_text: 'a', new_text: 'b'}],
					['read', {path: 'nothing-like-that.md'}],
					['read', {path: 'src/secrets.ts'}],
					['list', {path: 'source/tests'}],
					['search', {pattern: 'x', path: 'src/summ.js'}],
				),
				says('I see.'),
			],
		});
		await askFreely(opened);
		expect(results(opened)).toEqual([
			'lib/sum.js does not exist. Paths like it: src/sum.js.',
			'src/sum.ts does not exist. Paths like it: src/sum.js.',
			'src/lnog.js does not exist. Paths like it: src/long.js.',
			'nothing-like-that.md does not exist. Use list or search to find the right path.',
			'src/secrets.ts does not exist. Use list or search to find the right path.',
			'source/tests does not exist. Paths like it: test.',
			'src/summ.js does not exist. Paths like it: src/sum.js.',
		]);
	});

	test('a file that is unchanged since it was read is not sent again, but for a part that is asked for', async () => {
		const plain = ['read', {path: 'src/long.js'}] as const;
		await using opened = await openEditing({
			files,
			script: [calls(plain), calls(plain), calls(['read', {path: 'src/long.js', offset: 60}]), says('I see.')],
		});
		await askFreely(opened);
		expect(results(opened)).toEqual([
			`src/long.js (60 lines)\n${long}`,
			'src/long.js is unchanged since you read it: its text stands in this conversation already. To see a part of it again, read with offset and limit.',
			'src/long.js (lines 60–60 of 60)\nexport const value59 = 59;',
		]);
	});

	test('it is sent again after an edit, after an edit that did not find its text, and after a person changed it', async () => {
		const plain = calls(['read', {path: 'src/long.js'}]);
		await using opened = await openEditing({files});
		opened.fake.script(
			plain,
			calls(['edit', {path: 'src/long.js', old_text: 'value59 = 59', new_text: 'value59 = 60'}]),
			plain,
			calls(['edit', {path: 'src/long.js', old_text: 'nowhere', new_text: 'x'}]),
			plain,
			says('I see.'),
		);
		await askFreely(opened);
		await opened.write('src/long.js', `${long}\n// mine\n`);
		opened.fake.script(plain, says('I see.'));
		await askFreely(opened, 'What is there now?');
		const edited = `src/long.js (60 lines)\n${long.replace('= 59', '= 60')}`;
		const shown = results(opened).filter(result => result.startsWith('src/long.js ('));
		expect(shown).toEqual([`src/long.js (60 lines)\n${long}`, edited, edited, `src/long.js (61 lines)\n${long}\n// mine`]);
	});

	test('a conversation that was restored is sent it again', async () => {
		const plain = calls(['read', {path: 'src/long.js'}]);
		await using first = await openEditing({files, script: [plain, says('I see.')]});
		await askFreely(first);
		await using second = await first.reopen([plain, says('I see.')]);
		await send(second, {type: 'continue'}, {type: 'send', text: 'What is this?'});
		second.fake.assertDone();
		expect(results(second)).toEqual([`src/long.js (60 lines)\n${long}`, `src/long.js (60 lines)\n${long}`]);
	});

	test('a write that sends a whole file for a small change is told of edit, and stands', async () => {
		const changed = `${long.replace('= 59', '= 60')}\n`;
		await using opened = await openEditing({
			files,
			script: [
				calls(['read', {path: 'src/long.js'}], ['write', {path: 'src/long.js', content: changed}]),
				calls(['write', {path: 'src/long.js', content: 'export const value = 1;\n'}]),
				says('Done.'),
			],
		});
		await askFreely(opened);
		expect(results(opened).slice(1)).toEqual([
			'Replaced src/long.js: 1 lines added, 1 removed. Only 1 of 60 lines differ: to change a part use edit, which needs only that part.',
			'Replaced src/long.js: 1 lines added, 60 removed.',
		]);
	});
});

describe('a line that stands for lines left out', () => {
	const code = 'export function a() {\n\treturn 1;\n}\n\n// the rest of the queue is the same here\nexport const b = 2;\n';
	const refused = (line: number, field: string, text: string) =>
		`Line ${line} of ${field}, ${JSON.stringify(text)}, stands for lines that you left out. Texts are taken literally, so those lines would be lost, and nothing was changed. Replace only the lines that change, or send every line.`;

	test('is refused in a file that exists, and nothing is lost', async () => {
		await using opened = await openEditing({
			files: {...nodeProject, 'src/a.js': code},
			script: [
				calls(
					['read', {path: 'src/a.js'}],
					['write', {path: 'src/a.js', content: 'export function a() {\n\treturn 3;\n}\n// ...existing code...\n'}],
					['edit', {path: 'src/a.js', old_text: '\treturn 1;', new_text: '\t// ... rest of the function unchanged\n\treturn 3;'}],
				),
				says('I see.'),
			],
		});
		await askFreely(opened);
		expect(results(opened).slice(1)).toEqual([
			refused(4, 'content', '// ...existing code...'),
			refused(1, 'new_text', '// ... rest of the function unchanged'),
		]);
		expect(readFileSync(join(opened.root, 'src/a.js'), 'utf8')).toBe(code);
	});
});

describe('giant output', () => {
	const wide = `${'x'.repeat(50_000)}needle${'y'.repeat(50_000)}`;
	const files = {
		...nodeProject,
		'wide.txt': `${wide}\n`,
		'many.txt': 'needle in a line\n'.repeat(5000),
		...Object.fromEntries(Array.from({length: 700}, (_, index) => [`deep/${index}/a.txt`, ''])),
	};

	test('of every tool is bounded, and says how the rest is seen', async () => {
		const invented = 'z'.repeat(200_000);
		await using opened = await openEditing({
			files,
			options: {rules: [{effect: 'allow', capability: 'command', match: 'seq *', from: 'user'}]},
			script: [
				calls(
					['read', {path: 'wide.txt'}],
					['read', {path: 'many.txt'}],
					['search', {pattern: 'needle', path: 'wide.txt'}],
					['search', {pattern: 'needle', path: 'many.txt'}],
					['list', {path: 'deep'}],
					['run', {command: 'seq 1 100000'}],
					['search', {pattern: invented, literal: true}],
					[invented.slice(0, 100), {}],
				),
				answers([call('read', {path: 'wide.txt', [invented]: 1})]),
				says('I see.'),
			],
		});
		await askFreely(opened);
		const all = results(opened);
		expect(all.filter(result => result.length > 64_200)).toEqual([]);
		expect(all[0]).toContain('more characters in this line: search shows the part around a match]');
		expect(all[1]).toContain('more lines: read again with offset 1001]');
		expect(all[2]).toMatch(/^wide\.txt\n1: …x{100}needley+…$/);
		expect(all[3]).toContain('narrow it with path, glob or a longer pattern');
		expect(all[4]).toContain('give a folder as path, or a glob, to see them]');
		expect(all[5]).toContain('characters left out: run it with grep, head or tail to see them');
		expect(all[6]).toContain('characters left out: ask for less at once to see them]');
	});
});
