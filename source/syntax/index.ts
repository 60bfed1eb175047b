export {compareTests, type TestFileChange} from './compare-tests.ts';
export {emptiedCode} from './emptied-code.ts';
export {languageOf} from './language.ts';
export type {Mutation} from './mutation.ts';
export {mutationsOf} from './mutations.ts';
export type {TamperFinding} from './tamper-finding.ts';
export {type InventoriedTest, testInventory} from './test-inventory.ts';
export {isSnapshot, isTestConfiguration} from './test-paths.ts';
