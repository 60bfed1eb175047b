import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve, sep} from 'node:path';
import {describe, expect, test} from 'vitest';

const source = resolve(import.meta.dirname, '../source');

const ranks: Readonly<Record<string, number>> = {
	spec: 0,
	protocol: 1,
	workspace: 2,
	process: 2,
	model: 2,
	'test-runners': 2,
	permission: 2,
	syntax: 2,
	tools: 3,
	agent: 4,
	session: 5,
	tui: 6,
	inline: 6,
	headless: 6,
	tour: 6,
	'main.ts': 8,
	'open-screen.ts': 7,
	'open-tour.ts': 7,
	'write-crash.ts': 7,
	'screen-options.ts': 6.5,
};

/** Files at the top that any face may know, because they only say what the command line asks for. */
const shared: ReadonlySet<string> = new Set(['arguments.ts']);

/** The one door of each outside package: a folder or a file below source/. A package that is not listed may not be imported. */
const doors: Readonly<Record<string, readonly string[]>> = {
	ink: ['tui/'],
	react: ['tui/'],
	'ink-text-input': ['tui/'],
	'string-width': ['tui/'],
	marked: ['tui/'],
	'highlight.js': ['tui/'],
	fuzzysort: ['tui/'],
	'@anthropic-ai/sdk': ['model/'],
	chokidar: ['workspace/'],
	picomatch: ['protocol/path-glob.ts'],
	execa: ['process/'],
	'@vscode/ripgrep': ['process/ripgrep.ts'],
	unbash: ['permission/'],
	'fast-xml-parser': ['test-runners/'],
	commander: ['arguments.ts'],
	zod: ['workspace/', 'tools/'],
	diff: ['spec/changed-lines.ts'],
	yaml: ['spec/yaml.ts'],
	'@lezer/common': ['syntax/parse.ts'],
	'@lezer/javascript': ['syntax/parse.ts'],
	'@lezer/python': ['syntax/parse.ts'],
};

type Import = {readonly file: string; readonly target: string};

function sourceFiles(): readonly string[] {
	return readdirSync(source, {recursive: true, encoding: 'utf8'})
		.filter(path => /\.tsx?$/.test(path) && !path.startsWith(join('tour', 'sample')))
		.map(path => path.split(sep).join('/'))
		.sort();
}

function importsOf(file: string): readonly Import[] {
	const text = readFileSync(join(source, file), 'utf8');
	const pattern = /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
	return [...text.matchAll(pattern)].map(match => ({file, target: match[1] ?? match[2] ?? match[3] ?? ''}));
}

function roomOf(path: string): string {
	return path.split('/')[0] ?? '';
}

const files = sourceFiles();
const imports = files.flatMap(importsOf);

describe('architecture', () => {
	test('every file stands in a room that has a rank', () => {
		expect(files.filter(file => ranks[roomOf(file)] === undefined && !shared.has(file))).toEqual([]);
	});

	test('a file imports its own folder or a lower rank, never an equal one', () => {
		const wrong = imports
			.filter(({target}) => target.startsWith('.'))
			.flatMap(({file, target}) => {
				const to = relative(source, resolve(join(source, dirname(file)), target))
					.split(sep)
					.join('/');
				const [from, other] = [roomOf(file), roomOf(to)];
				const isFine = from === other || shared.has(to) || (ranks[other] ?? 99) < (ranks[from] ?? (shared.has(file) ? 2 : -1));
				return isFine || to.startsWith('../') ? [] : [`${file} imports ${to}`];
			});
		expect(wrong).toEqual([]);
	});

	test('each outside package comes in by its one door', () => {
		const wrong = imports
			.filter(({target}) => !target.startsWith('.') && !target.startsWith('node:'))
			.flatMap(({file, target}) => {
				const name = target
					.split('/')
					.slice(0, target.startsWith('@') ? 2 : 1)
					.join('/');
				return doors[name]?.some(door => file.startsWith(door)) === true ? [] : [`${file} imports ${name}`];
			});
		expect(wrong).toEqual([]);
	});

	test('the pure ranks and the syntax folder know nothing of Node', () => {
		const isPure = (file: string) => (ranks[roomOf(file)] ?? 9) < 2 || file.startsWith('syntax/');
		const wrong = imports.filter(({file, target}) => isPure(file) && target.startsWith('node:'));
		expect(wrong.map(({file, target}) => `${file} imports ${target}`)).toEqual([]);
	});

	test('environment, arguments, exit, clock and randomness are read in main.ts only', () => {
		const outside = /\bprocess\.(?:env|argv|exit)\b|\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(\)|\brandomUUID\(/;
		const wrong = files
			.filter(file => file !== 'main.ts')
			.flatMap(file =>
				readFileSync(join(source, file), 'utf8')
					.split('\n')
					.flatMap((line, index) =>
						outside.test(line) && !/^\s*(?:\*|\/\/|\/\*)/.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [],
					),
			);
		expect(wrong).toEqual([]);
	});

	test('no file is longer than 300 lines', () => {
		const long = files.flatMap(file => {
			const lines = readFileSync(join(source, file), 'utf8').split('\n').length - 1;
			return lines > 300 ? [`${file}: ${lines}`] : [];
		});
		expect(long).toEqual([]);
	});
});
