import {expect, test} from 'vitest';
import {fill, loadPrompts} from '../../source/model/prompts.ts';
import {tempFolder} from '../support/temp-folder.ts';

test('a template takes values literally: neither $& nor {{…}} in a value means anything', () => {
	expect(fill('{{file}}: {{diff}} and {{file}}', {file: "$& $1 $'", diff: '{{file}}'})).toBe("$& $1 $': {{file}} and $& $1 $'");
});

test('a name without a value is refused, also one that every object has', () => {
	expect(() => fill('{{missing}}', {})).toThrow('{{missing}}');
	expect(() => fill('{{constructor}}', {})).toThrow('{{constructor}}');
});

test('prompts are read by file name', async () => {
	await using folder = await tempFolder();
	await folder.write('prompts/system.md', 'Core\n');
	await folder.write('prompts/stages/design.md', 'Design\n');
	await folder.write('prompts/notices/stopped.md', 'Stopped\n');
	expect(await loadPrompts(folder.path)).toEqual({system: 'Core', stages: {design: 'Design'}, notices: {stopped: 'Stopped'}});
});
