import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openTestSession} from '../support/test-session.ts';

const script = `const {existsSync, mkdirSync, writeFileSync} = require('node:fs');
if (!existsSync('skip')) {
	mkdirSync('out', {recursive: true});
	writeFileSync('out/junit.xml', '<testsuite name="s"><testcase name="a" time="0.1"/></testsuite>');
}
`;

test('a report that a command writes by itself counts for the run that wrote it, and never for a later one', async () => {
	const packageFile = JSON.stringify({scripts: {test: 'node tests.js --junit out/junit.xml'}});
	await using opened = await openTestSession({files: {'package.json': packageFile, 'tests.js': script}});
	const details = () =>
		opened.events.flatMap(event => (event.type === 'tests.finished' ? [[event.report.runner, event.report.detail]] : []));
	await opened.session.send({type: 'run-tests'});
	writeFileSync(join(opened.root, 'skip'), '');
	await opened.session.send({type: 'run-tests'});
	expect(details()).toEqual([
		['junit', 'named'],
		['junit', 'exit-code'],
	]);
});
