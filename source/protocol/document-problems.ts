import {problemsToCorrect, type SpecProblem} from '../spec/problems.ts';
import type {SpecState} from './state.ts';
import type {Artifact} from './tool.ts';

/** What the check of a spec finds that a change of these documents can put right. */
export function documentProblems(spec: SpecState | undefined, documents: readonly Artifact[]): readonly SpecProblem[] {
	const {requirements, design, tasks} = spec?.artifacts ?? {};
	const texts = {
		...(requirements && {requirements: requirements.text}),
		...(design && {design: design.text}),
		...(tasks && {tasks: tasks.text}),
	};
	return documents.flatMap(document => problemsToCorrect(texts, document));
}
