import {languageOf} from './language.ts';
import {linePlaces} from './line-mutations.ts';
import {type Mutation, type MutationKind, type MutationPlace, type MutationRequest, mutationAt} from './mutation.ts';
import {parseSyntax, type Syntax} from './parse.ts';
import {pythonPlaces} from './python-mutations.ts';
import {scriptPlaces} from './script-mutations.ts';

const defaultLimit = 5;

/** In the order of how often a test that looks complete misses them. */
const kinds: readonly MutationKind[] = ['boundary', 'operator', 'constant', 'removed-call', 'early-return'];

function placesIn({path, text, changedLines}: MutationRequest, syntax: Syntax | undefined): readonly MutationPlace[] {
	const changed = new Set(changedLines);
	if (syntax !== undefined) {
		return syntax.language === 'script' ? scriptPlaces(syntax, changed) : pythonPlaces(syntax, changed);
	}

	const language = languageOf(path);
	// Without a tree, a script or Python text is too long to be written by hand.
	return language === undefined || language === 'script' || language === 'python' ? [] : linePlaces(language, text, changed);
}

/** The place farthest from the lines that are already mutated; the first one among equals. */
function farthest(places: readonly MutationPlace[], used: readonly number[]): MutationPlace | undefined {
	let best: MutationPlace | undefined;
	let bestDistance = -1;
	for (const place of places) {
		const distance = Math.min(...used.map(line => Math.abs(line - place.line)), Number.MAX_SAFE_INTEGER);
		if (distance > bestDistance) {
			[best, bestDistance] = [place, distance];
		}
	}

	return best;
}

/**
 * Up to `limit` small faults in the changed lines of a source file: first one of each kind, then more, spread over the lines. Each differs from
 * the text and parses where we have a parser (JavaScript, TypeScript, JSX, Python); elsewhere it is made by line rules that leave comments and
 * texts alone. The same request gives the same answer. Empty when nothing on these lines can be changed so that a test could notice, and for
 * languages without rules. Never throws.
 */
export function mutationsOf(request: MutationRequest): readonly Mutation[] {
	const {path, text, limit = defaultLimit} = request;
	const syntax = parseSyntax(path, text);
	const places = placesIn(request, syntax);
	const open = new Map(kinds.map(kind => [kind, places.filter(place => place.kind === kind)]));
	const chosen: Mutation[] = [];
	// A place that does not parse is dropped and the next one tried; the bound keeps a strange file from being parsed for ever.
	for (let tries = 0; tries < limit * 4 && chosen.length < limit; tries++) {
		const kind = kinds
			.filter(name => (open.get(name)?.length ?? 0) > 0)
			.sort((one, other) => count(chosen, one) - count(chosen, other))
			.at(0);
		const rest = kind === undefined ? [] : (open.get(kind) ?? []);
		const place = farthest(
			rest,
			chosen.map(mutation => mutation.line),
		);
		if (kind === undefined || place === undefined) {
			break;
		}

		open.set(
			kind,
			rest.filter(other => other !== place),
		);
		const mutation = mutationAt(text, place);
		const parses = syntax === undefined || syntax.errorsWith(place.start, place.end, place.replacement) <= syntax.errors;
		if (mutation.text !== text && parses) {
			chosen.push(mutation);
		}
	}

	return chosen.sort((one, other) => one.line - other.line);
}

function count(mutations: readonly Mutation[], kind: MutationKind): number {
	return mutations.filter(mutation => mutation.kind === kind).length;
}
