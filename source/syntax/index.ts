export type {Mutation, MutationKind, MutationRequest} from './mutation.ts';
export {mutationsOf} from './mutations.ts';
