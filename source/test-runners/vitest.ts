import {fileWords, shellWord, without, withoutPositionals} from './command-line.ts';
import {anyOf} from './name-pattern.ts';
import type {Runner} from './runner.ts';
import {parseVitestLines} from './vitest-lines.ts';
import {vitestReporter} from './vitest-reporter.ts';

const valueFlags = [
	'-c',
	'--config',
	'-r',
	'--root',
	'--dir',
	'-t',
	'--testNamePattern',
	'--project',
	'--pool',
	'--environment',
	'--mode',
	'--maxWorkers',
];
const otherCommands: ReadonlySet<string> = new Set(['bench', 'related', 'list', 'init', 'typecheck', '--typecheck.only']);

/** vitest 1 and later: lines of our own reporter beside its own picture; flags from `vitest run --help`. */
export const vitest: Runner = {
	id: 'vitest',
	programWords: ([program = '', command = '']) => (/(?:^|\/)vitest(?:\.mjs)?$/.test(program) && !otherCommands.has(command) ? 1 : 0),
	runsFile: path => /\.(?:[cm]?[jt]sx?|vue|svelte)$/.test(path),
	argumentsFor(args, {files, names, reportFile}) {
		const [first = ''] = args;
		const own = without(['run', 'watch', 'dev'].includes(first) ? args.slice(1) : args, {
			flags: ['--run', '--watch', '-w', '--ui', '--changed'],
			valued: ['--reporter', '--outputFile', '--bail', ...(names.length === 0 ? [] : ['-t', '--testNamePattern'])],
		});
		return [
			'run',
			...(files.length === 0 ? own : [...withoutPositionals(own, valueFlags), ...fileWords(files)]),
			...(names.length === 0 ? [] : ['-t', shellWord(anyOf(names))]),
			'--reporter=default',
			`--reporter=${shellWord(`data:text/javascript,${encodeURIComponent(vitestReporter(reportFile))}`)}`,
		];
	},
	parse: parseVitestLines,
};
