/** English words that say nothing about what is built. */
const filler: ReadonlySet<string> = new Set(
	'a an the to of for in on at by with and or so that this these those it its is are be as i we my our me us you your want wants need needs would should could can will like please lets let when then user users able'.split(
		' ',
	),
);

/** Names that Windows keeps for devices, whatever their ending. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const maxWords = 6;
const maxLength = 48;
/** A file name may have 255 bytes on every common file system. */
const maxPartBytes = 120;

function partProblem(part: string): string | undefined {
	if (!/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u.test(part)) {
		return part === '' ? 'it has an empty part' : 'it may hold letters, digits, "-", "_" and ".", and begins with a letter or digit';
	}

	if (part.endsWith('.')) {
		return 'it ends in a dot';
	}

	if (Buffer.byteLength(part) > maxPartBytes) {
		return 'it is too long';
	}

	return reserved.test(part.split('.')[0] ?? '') ? 'Windows keeps that name for a device' : undefined;
}

/** Why a text cannot be the name of a spec, nested (`area/name`) or not; undefined when it can. */
export function specNameProblem(name: string): string | undefined {
	const parts = name.split('/');
	return parts.length > 4 ? 'it is nested too deeply' : parts.map(partProblem).find(problem => problem !== undefined);
}

/** Latin letters lose their accents; in other scripts a mark is part of the letter. */
function withoutAccents(text: string): string {
	return text
		.normalize('NFD')
		.replaceAll(/(\p{Script=Latin})\p{M}+/gu, '$1')
		.normalize('NFC')
		.replaceAll('ß', 'ss');
}

function cut(text: string): string {
	let length = 0;
	let result = '';
	for (const {segment} of new Intl.Segmenter('en', {granularity: 'grapheme'}).segment(text)) {
		length += Buffer.byteLength(segment);
		if (length > maxLength) {
			break;
		}

		result += segment;
	}

	return result;
}

/** A folder name from an idea, in the idea's own script: "Notify me when a task is done" → `notify-task-done`. */
export function specNameFrom(idea: string): string {
	const words = withoutAccents(idea.normalize('NFKC').toLowerCase()).match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
	const telling = words.filter(word => !filler.has(word));
	let name = '';
	for (const word of (telling.length === 0 ? words : telling).slice(0, maxWords)) {
		const longer = name === '' ? cut(word) : `${name}-${word}`;
		if (Buffer.byteLength(longer) > maxLength) {
			break;
		}

		name = longer;
	}

	const isUsable = specNameProblem(name) === undefined;
	return isUsable ? name : name === '' ? 'spec' : `spec-${name}`;
}
