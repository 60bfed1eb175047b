import {partsOf, testCommandOf} from './join-reports.ts';
import type {TestReport} from './test-report.ts';

/** The folders that a command starts runs in: `cd packages/core && npm test`. */
function foldersIn(command: string): readonly string[] {
	return [...command.matchAll(/(?:^|\()cd ('[^']+'|\S+) &&/g)].map(([, folder = '']) => folder.replaceAll("'", ''));
}

function isIn(folder: string, file: string): boolean {
	return file.startsWith(`${folder}/`);
}

/** A run that broke off, or that knows only an exit code, says nothing about a test it does not name. */
function isWhole({scope, detail, problem}: TestReport): boolean {
	return scope === 'all' && detail === 'named' && (problem === undefined || problem === 'no-tests');
}

function isOf(part: TestReport, folders: ReadonlySet<string>, file: string): boolean {
	const [own] = foldersIn(testCommandOf(part));
	if (own !== undefined) {
		return file === '' ? [...folders].every(folder => folder === own) : isIn(own, file);
	}

	// A command of the root speaks for a package with a command of its own only where it runs that package's tests too.
	return [...folders].every(folder => !isIn(folder, file) || part.tests.some(test => isIn(folder, test.file)));
}

/**
 * Tells whether a run would hold a test of this file if there still were one: it is a whole run of the command that the file belongs to.
 * `commands` are those that evidence came from.
 */
export function wouldHold(report: TestReport, commands: readonly string[]): (file: string) => boolean {
	const parts = partsOf(report);
	const folders = new Set([...commands, ...parts.map(testCommandOf)].flatMap(foldersIn));
	const whole = parts.filter(isWhole);
	return file => whole.some(part => isOf(part, folders, file));
}
