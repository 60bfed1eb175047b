export {emptiedCode} from './emptied-code.ts';
export {languageOf} from './language.ts';
export type {Mutation, MutationKind, MutationRequest} from './mutation.ts';
export {mutationsOf} from './mutations.ts';
