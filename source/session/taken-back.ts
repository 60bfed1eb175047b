import {changedLines} from '../spec/changed-lines.ts';
import {emptiedCode, languageOf} from '../syntax/index.ts';
import {isTestFile} from '../test-runners/index.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import type {TaskAttempt} from './task-attempt.ts';

/** A source file of a task, that is no test: as it is, and as it was. */
export type TaskCode = {
	/** Relative to the workspace root. */
	readonly path: string;
	readonly text: string;
	/** Before the task; undefined when it was not there. */
	readonly before: string | undefined;
};

/** Code that only tests use, and settings that are code: breaking it says nothing of a criterion. */
const besideCode =
	/(?:^|\/)(?:tests?|__tests__|specs?|support|fixtures?|helpers?|mocks?|__mocks__|testdata)\/|\.config\.[cm]?[jt]s$|\.d\.[cm]?ts$/;

/** Whether only tests use a file, or it holds settings. */
export function isBesideCode(path: string): boolean {
	return besideCode.test(path);
}

/** The text of a file before an attempt; undefined when it was not there. */
export async function textBefore(
	services: Services,
	{checkpoints}: Pick<TaskAttempt, 'checkpoints'>,
	path: string,
): Promise<string | undefined> {
	let before: string | undefined;
	for (const checkpoint of checkpoints.toReversed()) {
		const isKept = (await services.checkpoints.changes(checkpoint)).some(change => change.path === path);
		before = isKept ? await services.checkpoints.textBefore(checkpoint, path) : before;
	}

	return before;
}

/** The code that a task wrote: text files in a programming language, without tests. */
export async function codeOf(services: Services, attempt: TaskAttempt, paths: readonly string[]): Promise<readonly TaskCode[]> {
	const files = projectFiles(services, new AbortController().signal);
	const code: TaskCode[] = [];
	for (const path of paths.filter(candidate => languageOf(candidate) !== undefined && !isTestFile(candidate) && !isBesideCode(candidate))) {
		const text = await files.read(path);
		if (text !== undefined) {
			code.push({path, text, before: await textBefore(services, attempt, path)});
		}
	}

	return code;
}

/** Texts of files, undefined for one that was not there. */
export type Reverted = ReadonlyMap<string, string | undefined>;

/** One way to take code back. */
export type WayBack = {
	readonly files: Reverted;
	/** Its tests met this code before the task's was there, so that an error of it says what it said then. */
	readonly wasMet: boolean;
};

/**
 * Ways to take a task's code back, the truest first: to what was there before; where the tests do not load without it, to functions that are what
 * they were, or do nothing where they are new; and to what its tests were seen failing against, for languages without a parser here.
 */
export function waysBack(code: readonly TaskCode[], stubs: ReadonlyMap<string, string | undefined>): readonly WayBack[] {
	const toBefore = new Map(code.map(({path, before}) => [path, before] as const));
	const toNothing = new Map(
		code.map(
			({path, text, before}) => [path, emptiedCode(path, text, {lines: changedLines(before ?? '', text), before}) ?? before] as const,
		),
	);
	// A file that was not changed yet when they were seen was still what it was before.
	const toStub = new Map(code.map(({path, before}) => [path, stubs.has(path) ? stubs.get(path) : before] as const));
	const ways: readonly WayBack[] = [
		{files: toBefore, wasMet: true},
		{files: toNothing, wasMet: false},
		...(code.some(({path}) => stubs.has(path)) ? [{files: toStub, wasMet: true}] : []),
	];
	return ways.filter(({files}) => code.some(({path, text}) => files.get(path) !== text));
}
