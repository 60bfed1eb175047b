import {bunTest} from './bun-test.ts';
import {cargoTest} from './cargo-test.ts';
import {djangoTest} from './django-test.ts';
import {exitCode} from './exit-code.ts';
import {goTest} from './go-test.ts';
import {jest} from './jest.ts';
import {junit} from './junit.ts';
import {mocha} from './mocha.ts';
import {nodeTest} from './node-test.ts';
import {pytest} from './pytest.ts';
import type {Runner} from './runner.ts';
import {tap} from './tap.ts';
import {unittest} from './unittest.ts';
import {vitest} from './vitest.ts';

/** Every runner that is understood; a new one is one file and its line here. */
const runners: readonly Runner[] = [
	vitest,
	jest,
	mocha,
	nodeTest,
	bunTest,
	pytest,
	unittest,
	djangoTest,
	goTest,
	cargoTest,
	junit,
	tap,
	exitCode,
];

/** The runner of this id; of an unknown one only the exit code is understood. */
export function runnerOf(id: string): Runner {
	return runners.find(runner => runner.id === id) ?? exitCode;
}

/** The runner that a command starts, and how many of its words are the runner's own name. */
export function runnerStartedBy(words: readonly string[]): {readonly runner: Runner; readonly length: number} | undefined {
	for (const runner of runners) {
		const length = runner.programWords(words);
		if (length > 0) {
			return {runner, length};
		}
	}

	return undefined;
}
