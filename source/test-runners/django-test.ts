import {shellWord, without, withoutPositionals} from './command-line.ts';
import type {Runner} from './runner.ts';
import {isPython, moduleOf, parseUnittestLines, testNames} from './unittest.ts';
import {djangoReporter} from './unittest-reporter.ts';

/** Options of `manage.py test` that take a value. */
const valueFlags: readonly string[] = [
	...['--settings', '--pythonpath', '-p', '--pattern', '-t', '--top-level-directory', '-k', '--tag', '--exclude-tag'],
	...['-v', '--verbosity', '--testrunner', '--shuffle'],
];

/** `python manage.py test`, Django 3.2 and later: its own runner with a reporter of ours; arguments from docs.djangoproject.com/en/stable/ref/django-admin. */
export const djangoTest: Runner = {
	id: 'django-test',
	programWords: ([program = '', script, command]) => (isPython.test(program) && script === 'manage.py' && command === 'test' ? 1 : 0),
	runsFile: path => path.endsWith('.py'),
	argumentsFor([script = '', command = '', ...args], {files, names, reportFile}) {
		// What tests in several processes show comes back without its classes.
		const own = without(args, {flags: ['--failfast', '--noinput', '--no-input', '--pdb'], valued: ['--parallel', '-j']});
		const wanted = names.length === 0 ? files.map(file => moduleOf(file, '')) : testNames(names, '');
		const asked = files.length === 0 ? own : [...withoutPositionals(own, valueFlags), ...wanted.map(shellWord)];
		return ['-c', shellWord(djangoReporter), shellWord(reportFile), "''", script, command, '--noinput', ...asked];
	},
	shownFor: (command, files) => [command, ...files.map(file => moduleOf(file, ''))].join(' '),
	parse: parseUnittestLines,
};
