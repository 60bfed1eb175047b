import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCommand } from '../src/command.ts';

test('the code of the program', async () => {
  assert.deepEqual(await runCommand(process.execPath, ['-e', 'process.exit(3)']), { code: 3 });
});

test('a program that does not exist', async () => {
  await assert.rejects(runCommand('no-such-program-here', []), { code: 'ENOENT' });
});
