export {detectTestCommand} from './detect-test-command.ts';
export {type FinishedTestRun, parseTestRun} from './parse-test-run.ts';
export {planTestRun} from './plan-test-run.ts';
export {relatedTests} from './related-tests.ts';
export type {ProjectFiles} from './runner.ts';
export {isTestFile} from './test-file.ts';
