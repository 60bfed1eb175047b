import {graphemesOf} from '../input/graphemes.ts';

/** A duration as a person says it: `0.4s`, `6.1s`, `42s`, `3m10s`, `1h02m`. */
export function formatDuration(milliseconds: number): string {
	const seconds = Math.max(0, milliseconds) / 1000;
	if (seconds < 9.95) {
		return `${seconds.toFixed(1)}s`;
	}

	const whole = Math.round(seconds);
	if (whole < 60) {
		return `${whole}s`;
	}

	const minutes = Math.floor(whole / 60);
	if (minutes < 60) {
		return `${minutes}m${`${whole % 60}`.padStart(2, '0')}s`;
	}

	return `${Math.floor(minutes / 60)}h${`${minutes % 60}`.padStart(2, '0')}m`;
}

/** How long ago something was, in one unit: `now`, `5 min`, `3 h`, `3 d`, `9 w`. */
export function formatAge(milliseconds: number): string {
	const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
	if (minutes < 1) {
		return 'now';
	}

	if (minutes < 60) {
		return `${minutes} min`;
	}

	const days = Math.floor(minutes / 60 / 24);
	if (days < 1) {
		return `${Math.floor(minutes / 60)} h`;
	}

	return days < 21 ? `${days} d` : `${Math.floor(days / 7)} w`;
}

/** US dollars with cents; what is less than a cent but not nothing is said to be so. */
export function formatDollars(dollars: number): string {
	return dollars > 0 && dollars < 0.005 ? '<$0.01' : `$${dollars.toFixed(2)}`;
}

/** A count of tokens: `950`, `12.4k`, `128k`, `1.2M`. */
export function formatTokens(count: number): string {
	if (count < 1000) {
		return `${count}`;
	}

	if (count < 99_950) {
		return `${(count / 1000).toFixed(1).replace(/\.0$/, '')}k`;
	}

	return count < 999_500 ? `${Math.round(count / 1000)}k` : `${(count / 1_000_000).toFixed(1).replace(/\.0$/, '')}M`;
}

/** A share of one as a whole percentage: `31%`. */
export function formatShare(share: number): string {
	return `${Math.round(share * 100)}%`;
}

// Brysbaert, "How many words do we read per minute?" (2019) finds 238 words of English prose; a specification is read more slowly. CJK
// text is counted by characters: about 500 a minute is the usual figure for prose (Medium's reading time), taken down the same way.
const wordsPerMinute = 200;
const charactersPerMinute = 400;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Whole minutes that a careful reader needs for a text; at least 1 for any text, 0 for none. */
export function readingMinutes(text: string): number {
	let characters = 0;
	const rest = cjk.test(text)
		? graphemesOf(text)
				.map(grapheme => {
					characters += cjk.test(grapheme) ? 1 : 0;
					return cjk.test(grapheme) ? ' ' : grapheme;
				})
				.join('')
		: text;
	const words = rest.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
	return Math.ceil(words / wordsPerMinute + characters / charactersPerMinute);
}
