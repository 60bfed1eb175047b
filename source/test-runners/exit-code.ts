import type {Runner} from './runner.ts';

/** A command of which only the exit code is understood: it runs untouched and whole. */
export const exitCode: Runner = {
	id: 'exit-code',
	programWords: () => 0,
	runsFile: () => false,
	argumentsFor: args => args,
	parse: () => undefined,
};
