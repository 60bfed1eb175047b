import {fileWords, shellWord, without, withoutPositionals} from './command-line.ts';
import {parseJestJson} from './jest-json.ts';
import {anyOf} from './name-pattern.ts';
import type {Runner} from './runner.ts';

const valueFlags = [
	'-c',
	'--config',
	'-t',
	'--testNamePattern',
	'-w',
	'--maxWorkers',
	'--rootDir',
	'--env',
	'--selectProjects',
	'--projects',
];

/** jest 27 and later: JSON to a file; flags from `jest --help`. */
export const jest: Runner = {
	id: 'jest',
	programWords: ([program = '']) => (/(?:^|\/)jest(?:\.js)?$/.test(program) ? 1 : 0),
	runsFile: path => /\.(?:[cm]?[jt]sx?|vue|svelte)$/.test(path),
	argumentsFor(args, {files, names, reportFile}) {
		const own = without(args, {
			flags: ['--watch', '--watchAll', '--json', '--ci', '-b', '--onlyChanged', '-o', '--onlyFailures', '-f', '--lastCommit'],
			valued: ['--outputFile', '--bail', '--changedSince', ...(names.length === 0 ? [] : ['-t', '--testNamePattern'])],
		});
		return [
			...(files.length === 0 ? own : withoutPositionals(own, valueFlags)),
			...(names.length === 0 ? [] : ['-t', shellWord(anyOf(names))]),
			'--ci',
			'--watchAll=false',
			'--json',
			`--outputFile=${shellWord(reportFile)}`,
			'--testLocationInResults',
			...(files.length === 0 ? [] : ['--runTestsByPath', ...fileWords(files)]),
		];
	},
	parse: parseJestJson,
};
