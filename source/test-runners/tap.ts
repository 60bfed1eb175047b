import {fileWords, isInFoldersOf, positionals, shellWord, without, withoutPositionals} from './command-line.ts';
import {exactly} from './name-pattern.ts';
import type {Runner, RunWish} from './runner.ts';
import {parseTap} from './tap-report.ts';

const programs: readonly RegExp[] = [/(?:^|\/)tape$/, /(?:^|\/)tap$/, /(?:^|\/)bats$/, /(?:^|\/)prove$/];
const tapValues = ['--reporter', '-R', '--timeout', '-t', '--jobs', '-j', '--grep', '-g'];
const batsValues = ['-f', '--filter', '-j', '--jobs', '-o', '--output', '--filter-tags'];
const proveValues = ['-I', '-e', '--exec', '-P', '--timer'];
const tapeValues = ['-r', '--require', '-i', '--ignore'];
const everyValue = [...tapValues, ...batsValues, ...proveValues, ...tapeValues];

function withFiles(own: readonly string[], files: readonly string[], valueFlags: readonly string[]): readonly string[] {
	return files.length === 0 ? own : [...withoutPositionals(own, valueFlags), ...fileWords(files)];
}

function argumentsFor(program: string, args: readonly string[], {files, names}: RunWish): readonly string[] {
	switch (program) {
		// Of tap 18 and later; earlier ones know the flags as well.
		case 'tap': {
			const own = without(args, {flags: ['--watch', '-w', '--bail', '-b', '--changed', '-n'], valued: ['--reporter', '-R']});
			return ['--reporter=tap', ...withFiles(own, files, tapValues)];
		}

		case 'bats': {
			const own = without(args, {
				flags: ['--pretty', '-p', '-t', '--tap'],
				valued: ['-F', '--formatter', ...(names.length === 0 ? [] : ['-f', '--filter'])],
			});
			const filter = names.map(({name}) => exactly(name).replaceAll(String.raw`\s+`, '[[:space:]]+')).join('|');
			return ['--formatter', 'tap', ...(names.length === 0 ? [] : ['-f', shellWord(filter)]), ...withFiles(own, files, batsValues)];
		}

		// Merged, what a failure says stands below its test; at once, files would be mixed.
		case 'prove': {
			const own = without(args, {
				flags: ['-v', '--verbose', '-m', '--merge', '-q', '-Q', '--quiet', '--QUIET', '-f', '-c'],
				valued: ['-j', '--jobs'],
			});
			return ['-v', '-m', '--nocolor', ...withFiles(own, files, proveValues)];
		}

		default: {
			return withFiles(args, files, tapeValues);
		}
	}
}

/** Programs that print TAP: tape, tap, bats and prove. Other commands are read as TAP when that is all they printed. */
export const tap: Runner = {
	id: 'tap',
	programWords: ([program = '']) => (programs.some(pattern => pattern.test(program)) ? 1 : 0),
	runsFile: (path, args) => /\.(?:[cm]?[jt]sx?|t|bats)$/.test(path) && isInFoldersOf(positionals(args, everyValue), path),
	argumentsFor: (args, wish, program) => argumentsFor(program.replace(/^.*\//, ''), args, wish),
	printsReport: true,
	parse: parseTap,
};
