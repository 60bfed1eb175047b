import {posix} from 'node:path';
import {shellWord, without, withoutPositionals} from './command-line.ts';
import {parseGoReport} from './go-report.ts';
import type {Runner} from './runner.ts';

const valueFlags = [
	'-run',
	'-skip',
	'-count',
	'-timeout',
	'-tags',
	'-parallel',
	'-cpu',
	'-p',
	'-mod',
	'-coverprofile',
	'-covermode',
	'-coverpkg',
	'-ldflags',
	'-exec',
];

function foldersOf(files: readonly string[]): readonly string[] {
	const folders = files.map(file => posix.dirname(file));
	return [...new Set(folders)].map(folder => shellWord(folder === '.' ? '.' : `./${folder}`));
}

// Prints results, panics and what is no JSON (compiler messages before Go 1.24); tabs and line ends are escaped in JSON.
const liveFilter = `!/^\\{/ {print; fflush(); next}
match($0, /"Output":" *(--- (PASS|FAIL|SKIP)|ok |FAIL|panic:|[^"]*\\.go:[0-9]+: )/) {
	s = substr($0, RSTART + 10); sub(/(\\\\n)?"}$/, "", s); gsub(/\\\\t/, " ", s); print s; fflush()
}`;

/** `go test -json`. Files are run by their packages: Go has no smaller unit that builds by itself. */
export const goTest: Runner = {
	id: 'go-test',
	programWords: ([program = '', command = '']) => (/(?:^|\/)go$/.test(program) && command === 'test' ? 2 : 0),
	runsFile: path => path.endsWith('.go'),
	argumentsFor(args, {files}) {
		const own = without(args, {flags: ['-json', '-v', '-failfast']});
		return ['-json', ...(files.length === 0 ? own : [...withoutPositionals(own, valueFlags), ...foldersOf(files)])];
	},
	printsReport: true,
	liveFilter,
	parse: parseGoReport,
};
