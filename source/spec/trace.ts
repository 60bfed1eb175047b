import type {Requirement} from './requirements.ts';
import type {Task} from './tasks.ts';

type Traced = Pick<Task, 'references'>;

const id = String.raw`(?:[A-Za-z]{1,5}-?)?\d{1,6}(?:\.(?:\d{1,6}|[xX*]))*[a-z]?`;
const range = new RegExp(String.raw`^(${id})\s*(?:[-–—~〜～]|to|through|至|到|から|bis|до)\s*(${id})$`, 'iu');
const single = new RegExp(id, 'giu');
const everything =
	/^(?:all(?: (?:of )?(?:the )?(?:requirements|criteria))?|全部|所有|全て|すべて|全)(?:的|の)?(?:需求|要件|要求)?$|^(?:alle|все)(?: (?:anforderungen|требования))?$/iu;

function plain(reference: string): string {
	return reference.replace(/[(（].*$/u, '').trim();
}

function withoutPrefix(written: string): string {
	return written.replace(/^(?:requirement|req|ac|r)-?(?=\d)/iu, '').replace(/^0+(?=\d)/, '');
}

/** The ids of one written id: a criterion, a whole requirement, or a part of a criterion (`4.1a`, `1.2.3`); undefined when unknown. */
function resolve(written: string, requirements: readonly Requirement[]): readonly string[] | undefined {
	const wanted = withoutPrefix(written).replace(/\.[xX*]$/, '');
	const criteria = requirements.flatMap(requirement => requirement.criteria);
	const exact = criteria.find(criterion => criterion.id.toLowerCase() === wanted.toLowerCase());
	if (exact !== undefined) {
		return [exact.id];
	}

	const whole = requirements.filter(requirement => requirement.number.toLowerCase() === wanted.toLowerCase());
	if (whole.length > 0) {
		return whole.flatMap(requirement => requirement.criteria.map(criterion => criterion.id));
	}

	const lettered = criteria.filter(criterion => criterion.id.slice(0, -1) === wanted && /[a-z]$/i.test(criterion.id));
	if (lettered.length > 0) {
		return lettered.map(criterion => criterion.id);
	}

	const outer = /[a-z]$/i.test(wanted) ? wanted.slice(0, -1) : wanted.replace(/(\.\d+\.\d+)\.\d+$|^(\d+\.\d+)\.\d+$/, '$1$2');
	return outer === wanted ? undefined : criteria.some(criterion => criterion.id === outer) ? [outer] : undefined;
}

/** All criteria from the first of `from` to the last of `to`, in document order. `1.1-7` ends at 1.7. */
function between(from: string, to: string, requirements: readonly Requirement[]): readonly string[] | undefined {
	const start = resolve(from, requirements);
	const isShort = from.includes('.') && /^\d+$/.test(to);
	const end = (isShort ? resolve(`${from.slice(0, from.lastIndexOf('.'))}.${to}`, requirements) : undefined) ?? resolve(to, requirements);
	const all = requirements.flatMap(requirement => requirement.criteria.map(criterion => criterion.id));
	const first = all.indexOf(start?.[0] ?? '');
	const last = all.lastIndexOf(end?.at(-1) ?? '');
	return first === -1 || last < first ? undefined : all.slice(first, last + 1);
}

type Expanded = {readonly known: readonly string[]; readonly unknown: readonly string[]};

function expand(reference: string, requirements: readonly Requirement[]): Expanded {
	const text = plain(reference);
	// P3 is a correctness property of the design.
	if (/^P-?\d/i.test(text)) {
		return {known: [], unknown: []};
	}

	if (everything.test(text)) {
		return {known: requirements.flatMap(requirement => requirement.criteria.map(criterion => criterion.id)), unknown: []};
	}

	const [, from, to] = range.exec(text) ?? [];
	if (from !== undefined && to !== undefined) {
		const ids = between(from, to, requirements);
		return ids === undefined ? {known: [], unknown: [text]} : {known: ids, unknown: []};
	}

	const written = text.match(single) ?? [];
	const resolved = written.map(each => ({each, ids: resolve(each, requirements)}));
	return {
		known: resolved.flatMap(({ids}) => ids ?? []),
		unknown: resolved.filter(({ids}) => ids === undefined).map(({each}) => each),
	};
}

/** The ids of the criteria that references name, each once: single ids, ranges, whole requirements, letters, "All requirements". */
export function expandReferences(references: readonly string[], requirements: readonly Requirement[]): readonly string[] {
	return [...new Set(references.flatMap(reference => expand(reference, requirements).known))];
}

/** The references, as written, that name no criterion and no requirement. Words without a number are no references. */
export function unknownReferences(traced: Traced, requirements: readonly Requirement[]): readonly string[] {
	return [...new Set(traced.references.flatMap(reference => expand(reference, requirements).unknown))];
}

/** The criteria a task must show. An unknown id stays in, so that a task with a wrong reference is not taken for one without criteria. */
export function criteriaOf(traced: Traced, requirements: readonly Requirement[]): readonly string[] {
	return [...expandReferences(traced.references, requirements), ...unknownReferences(traced, requirements)];
}
