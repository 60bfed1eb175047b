import {posix} from 'node:path';
import {shellWord, without, withoutPositionals} from './command-line.ts';
import {parseGoReport} from './go-report.ts';
import {goNameOf} from './go-source.ts';
import {exactly} from './name-pattern.ts';
import type {NamedTest, Runner} from './runner.ts';

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

/** A test's package and names, spaces as `t.Run` turned them. */
function partsOf({name}: NamedTest): ReturnType<typeof goNameOf> {
	return goNameOf(name.replaceAll(' ', '_'));
}

/** Before Go 1.20 alternatives cannot hold levels of their own, so several tests are asked for by their functions. */
function runFlag(names: readonly NamedTest[]): readonly string[] {
	const all = names.map(partsOf);
	const [first] = all;
	if (first === undefined || all.includes(undefined)) {
		return [];
	}

	const functions = [...new Set(all.map(parts => exactly(parts?.levels[0] ?? '')))];
	const pattern = all.length === 1 ? first.levels.map(level => `^${exactly(level)}$`).join('/') : `^(?:${functions.join('|')})$`;
	return ['-run', shellWord(pattern)];
}

function packagesOf(names: readonly NamedTest[]): readonly string[] {
	return [...new Set(names.map(test => shellWord(partsOf(test)?.path ?? test.name.split(' ')[0] ?? './...')))];
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
	argumentsFor(args, {files, names}) {
		const own = without(args, {flags: ['-json', '-v', '-failfast'], valued: names.length === 0 ? [] : ['-run', '-skip']});
		if (names.length > 0) {
			return ['-json', ...withoutPositionals(own, valueFlags), ...runFlag(names), ...packagesOf(names)];
		}

		return ['-json', ...(files.length === 0 ? own : [...withoutPositionals(own, valueFlags), ...foldersOf(files)])];
	},
	shownFor: (command, files) => `${command.replace(/ \.\/\.\.\.(?= |$)/, '')} ${foldersOf(files).join(' ')}`,
	printsReport: true,
	liveFilter,
	parse: parseGoReport,
};
