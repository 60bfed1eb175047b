import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {calls, hangs, says} from '../support/fake-anthropic.ts';
import {multiplyCode, multiplyTest} from '../support/test-session.ts';
import {openCli, projectWithSpec, specFolder} from './stage.ts';

const plan =
	'# P\n\n## Tasks\n\n- [ ] 1. Multiply\n  - [ ] 1.1 Write `multiply`\n    - _Requirements: 1.1_\n  - [ ] 1.2 Say so\n  - [ ] 1.3 Say more\n';

test('kill -9 in the middle of a run: done work stays done, the task at hand is interrupted, and the next run goes on there', async () => {
	await using stage = await openCli({files: {...projectWithSpec, [`${specFolder}/tasks.md`]: plan}});
	const boxes = () => readFileSync(stage.at(`${specFolder}/tasks.md`), 'utf8').match(/- \[.\] [\d.]+/g);
	const rev = (await stage.cli('approve', 'products', 'tasks', '--trust')).stdout.trim();
	expect(await stage.cli('approve', 'products', 'tasks', '--rev', rev, '--trust')).toMatchObject({code: 0});
	const builds = calls(
		['write', {path: 'test/multiply.test.js', content: multiplyTest(6)}],
		['write', {path: 'src/multiply.js', content: multiplyCode}],
	);
	stage.fake.script(builds, says('Done.'), calls(['write', {path: 'notes.md', content: 'half\n'}]), hangs());
	const {child, ended} = stage.start('run', '--spec', 'products', '--all', '--trust');
	await stage.fake.received(4);
	child.kill('SIGKILL');
	await ended;
	expect(boxes()).toEqual(['- [ ] 1.', '- [x] 1.1', '- [-] 1.2', '- [ ] 1.3']);
	expect((await stage.cli('status')).stdout).toContain('1.2 interrupted');
	stage.fake.script(calls(['write', {path: 'more.md', content: 'whole\n'}]), says('Done 1.2.'), says('Done 1.3.'));
	const resumed = await stage.cli('run', '--spec', 'products', '--all', '--trust');
	expect(resumed.code === 0 ? '' : resumed.stderr).toBe('');
	expect(resumed).toMatchObject({code: 0});
	stage.fake.assertDone();
	expect(boxes()).toEqual(['- [x] 1.', '- [x] 1.1', '- [x] 1.2', '- [x] 1.3']);
	expect(JSON.stringify(stage.fake.requests[4]?.body.messages)).toContain('half');
});
