import {fileWords, shellWord, without} from './command-line.ts';
import {parseNodeEvents} from './node-events.ts';
import type {Runner} from './runner.ts';

const valueFlags: readonly string[] = [
	'--import',
	'--require',
	'-r',
	'--loader',
	'--experimental-loader',
	'--conditions',
	'-C',
	'--env-file',
	'--test-name-pattern',
	'--test-skip-pattern',
	'--test-concurrency',
	'--test-timeout',
	'--test-shard',
];

/*
 * The reporter that node loads. Its own JUnit reporter drops what a suite's hook or a parent test itself failed on, escapes quotes twice and
 * has neither lines nor the message of a file that does not load; events have them all, from Node 20 on. A data URL needs no file beside
 * the bundle. It must hold no apostrophe, so that the shell word stays readable in `ps`.
 */
const reporter = `export default async function* (events) {
	for await (const {type, data} of events) {
		if (!/^test:(start|pass|fail|stderr)$/.test(type)) continue;
		const error = data.details?.error;
		const cause = error?.cause ?? error;
		yield JSON.stringify({
			type,
			name: data.name,
			nesting: data.nesting,
			file: data.file,
			line: data.line,
			isSkipped: (data.skip ?? data.todo ?? false) !== false,
			isSuite: data.details?.type === "suite",
			ms: data.details?.duration_ms,
			text: data.message,
			failure: error && {type: error.failureType, code: cause?.code, message: String(cause?.message ?? cause), stack: cause?.stack},
		}) + "\\n";
	}
}`;

/** The words after `--test` without reporters, watching and, when files are named, without the script's own patterns. */
function ownArguments(after: readonly string[], hasFiles: boolean): readonly string[] {
	const own = without(after, {flags: ['--watch'], valued: ['--test-reporter', '--test-reporter-destination']});
	const first = own.findIndex((word, index) => !word.startsWith('-') && !valueFlags.includes(own[index - 1] ?? ''));
	return hasFiles && first !== -1 ? own.slice(0, first) : own;
}

/** `node --test`, Node 20 and later; flags from nodejs.org/api/cli.html. Everything after the first file is a file, so flags go first. */
export const nodeTest: Runner = {
	id: 'node-test',
	programWords: words => (/(?:^|\/)(?:node|tsx)$/.test(words[0] ?? '') && words.includes('--test') ? 1 : 0),
	runsFile: path => /\.[cm]?[jt]sx?$/.test(path),
	argumentsFor(args, {files, reportFile}) {
		const at = args.indexOf('--test');
		return [
			...args.slice(0, at).filter(word => word !== '--watch'),
			'--test',
			'--test-reporter=spec',
			'--test-reporter-destination=stdout',
			`--test-reporter=${shellWord(`data:text/javascript,${encodeURIComponent(reporter)}`)}`,
			`--test-reporter-destination=${shellWord(reportFile)}`,
			...ownArguments(args.slice(at + 1), files.length > 0),
			...fileWords(files),
		];
	},
	parse: parseNodeEvents,
};
