export {splitFolder} from './command-line.ts';
export {type AskedCommands, describeTestCommand, detectTestCommand, detectTestCommands} from './detect-test-command.ts';
export {isRunnerAlone, sameTestCommands} from './invocation.ts';
export {isBelow} from './package-folders.ts';
export {type FinishedTestRun, parseTestRun} from './parse-test-run.ts';
export {planTestRun} from './plan-test-run.ts';
export {relatedTests} from './related-tests.ts';
export type {ProjectFiles} from './runner.ts';
export {isTestFile} from './test-file.ts';
