import {specFolder} from '../faults/stage.ts';
import {calls} from './fake-anthropic.ts';
import {multiplyCode, multiplyTest, smallSpec} from './test-session.ts';

export const aCommand = 'cd packages/a && npm test';
export const bCommand = 'cd packages/b && npm test';
export const packageFile = (name: string, script = 'node --test') =>
	`${JSON.stringify({name, type: 'module', private: true, scripts: {test: script}})}\n`;
export const testFile = (...tests: readonly (readonly [name: string, holds: boolean])[]) =>
	`import assert from 'node:assert/strict';\nimport test from 'node:test';\n\n${tests
		.map(([name, holds]) => `test('${name}', () => {\n\tassert.ok(${holds});\n});\n`)
		.join('\n')}`;
export const oldTests = testFile(['b holds', true], ['b fails', false]);

/** Two packages with tests and none at the root. What the task is about, its text does not say. */
export const monorepo: Readonly<Record<string, string>> = {
	'package.json': '{"private": true, "workspaces": ["packages/*"]}\n',
	'packages/a/package.json': packageFile('a'),
	'packages/a/test/a.test.js': testFile(['a holds', true]),
	'packages/b/package.json': packageFile('b'),
	'packages/b/test/old.test.js': oldTests,
	[`${specFolder}/requirements.md`]: smallSpec.requirements,
	[`${specFolder}/design.md`]: smallSpec.design,
	[`${specFolder}/tasks.md`]: '# P\n\n## Tasks\n\n- [ ] 1.1 Multiply\n  - _Requirements: 1.1_\n',
};
export const code = {path: 'packages/b/src/multiply.js', content: multiplyCode};
export const naming = {path: 'packages/b/test/multiply.test.js', content: multiplyTest(6)};
export const builds = calls(['write', naming], ['write', code]);
