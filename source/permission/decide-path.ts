import type {Decision, Mode, Rule} from '../protocol/permission.ts';
import {isProtectedPath, isSecretPath, isSpecPath} from '../protocol/protected-paths.ts';
import {catchesPath, matchesPath, normalPath, relativeToRoot} from './path-pattern.ts';

/** Where a path leads, links followed: relative to the root, or out of it. */
export type ResolvedPlace = {readonly isOutside: true} | {readonly isOutside: false; readonly relative: string};

export type PathQuestion = {
	readonly kind: 'read' | 'write';
	/** As the model gave it. */
	readonly given: string;
	readonly place: ResolvedPlace;
	readonly mode: Mode;
	readonly rules: readonly Rule[];
	readonly root: string;
	readonly rootName: string;
};

/** The names a path goes by: as given and as resolved, relative to the root where it lies there by its letters, and absolute. */
function namesOf({given, place, root}: PathQuestion): readonly string[] {
	const written = relativeToRoot(given, root);
	const names = [...(place.isOutside ? [] : [place.relative]), ...(written === undefined ? [normalPath(given)] : [written])];
	return [...new Set([...names, ...names.filter(name => !name.startsWith('/')).map(name => normalPath(`${root}/${name}`))])];
}

function rulesFor({rules, kind}: PathQuestion, effect: Rule['effect']): readonly Rule[] {
	return rules.filter(rule => rule.capability === kind && rule.effect === effect);
}

function named(rule: Rule): string {
	return `the rule ${rule.effect} ${rule.capability === 'read' ? 'Read' : 'Edit'}(${rule.match})${rule.from === 'project' ? ' of this project' : ''}`;
}

/** An allow rule speaks of where the path leads: inside by its relative path, outside only for a path that is written as outside. */
function isAllowedByRule(question: PathQuestion): boolean {
	const {place, given, root} = question;
	const target = place.isOutside ? normalPath(given) : place.relative;
	const isWrittenOutside = relativeToRoot(given, root) === undefined && given.startsWith('/');
	if (place.isOutside && !isWrittenOutside) {
		return false;
	}

	return rulesFor(question, 'allow').some(rule => rule.from !== 'project' && matchesPath(rule.match, target));
}

function patternFor({place, given, root}: PathQuestion): string | undefined {
	const path = place.isOutside ? normalPath(given) : place.relative;
	const isSure = !place.isOutside || (given.startsWith('/') && relativeToRoot(given, root) === undefined);
	return isSure && path !== '' && !/[*?{}()\n]/.test(path) ? path : undefined;
}

/** What must be asked whatever the mode, and why; `isFinal` when no rule can allow it. */
function caution(
	{kind, given, place, root, rootName}: PathQuestion,
	names: readonly string[],
): {readonly why: string; readonly isFinal: boolean} | undefined {
	if (kind === 'write' && names.some(isProtectedPath)) {
		return {why: 'Other programs run or obey what stands there, so writing it asks in every mode', isFinal: true};
	}

	if (place.isOutside) {
		const isLink = relativeToRoot(given, root) !== undefined;
		return {why: isLink ? `It leads outside ${rootName}` : `It is outside ${rootName}`, isFinal: kind === 'write' && isLink};
	}

	return kind === 'read' && names.some(isSecretPath)
		? {why: 'It may hold secrets, and what is read goes to the model', isFinal: false}
		: undefined;
}

/** Decides a read or a write of one file. The most restrictive rule wins, by every name the path goes by. */
export function decidePath(question: PathQuestion): Decision {
	const names = namesOf(question);
	const caught = (effect: Rule['effect']) => rulesFor(question, effect).find(rule => names.some(name => catchesPath(rule.match, name)));
	const denied = caught('deny');
	if (denied !== undefined) {
		return {kind: 'deny', why: `Not allowed by ${named(denied)}`};
	}

	if (question.kind === 'write' && names.some(isSpecPath)) {
		return {
			kind: 'deny',
			why: 'The specs are written by the spec tools only: use write_document or edit_document in the stage of that document. The program alone sets markers and writes ledger.jsonl',
		};
	}

	const asking = caught('ask');
	if (asking !== undefined) {
		return {kind: 'ask', why: `Asked because of ${named(asking)}`};
	}

	const careful = caution(question, names);
	if (careful?.isFinal === true) {
		return {kind: 'ask', why: careful.why};
	}

	if (isAllowedByRule(question)) {
		return {kind: 'allow'};
	}

	if (careful === undefined && (question.kind === 'read' || question.mode !== 'ask')) {
		return {kind: 'allow'};
	}

	const pattern = patternFor(question);
	return {kind: 'ask', why: careful?.why ?? 'In this mode every edit is asked', ...(pattern !== undefined && {pattern})};
}
