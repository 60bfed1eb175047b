import type {Language} from './language.ts';

const cLike = /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\r\n]|\\[^\r\n])*"|'(?:[^'\\\r\n]|\\[^\r\n])*'/g;

/** Comments and texts of the languages that we read by line. */
const notCode: Readonly<Record<Exclude<Language, 'script' | 'python'>, RegExp>> = {
	go: /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\r\n]|\\[^\r\n])*"|`[^`]*(?:`|$)|'(?:[^'\\\r\n]|\\[^\r\n])+'/g,
	// A quote may begin a lifetime, so only whole letters are taken.
	rust: /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|r#"[\s\S]*?(?:"#|$)|"(?:[^"\\]|\\[\s\S])*(?:"|$)|'(?:[^'\\\r\n]|\\[^\r\n][^'\r\n]{0,8})'/g,
	jvm: /\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|"""[\s\S]*?(?:"""|$)|"(?:[^"\\\r\n]|\\[^\r\n])*"|'(?:[^'\\\r\n]|\\[^\r\n])*'/g,
	ruby: /#[^\r\n]*|"(?:[^"\\]|\\[\s\S])*(?:"|$)|'(?:[^'\\]|\\[\s\S])*(?:'|$)/g,
	php: /\/\/[^\r\n]*|#(?!\[)[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\]|\\[\s\S])*(?:"|$)|'(?:[^'\\]|\\[\s\S])*(?:'|$)/g,
	'c-like': cLike,
};

/**
 * The text with every comment blanked, and every text blanked between its quotes, so that offsets and lines stay as they are. What remains can be
 * searched for code. Takes any text.
 */
export function codeOnly(language: Exclude<Language, 'script' | 'python'>, text: string): string {
	return text.replace(notCode[language], found => {
		const [first = ''] = found;
		const isText = /["'`]/.test(first) || found.startsWith('r#');
		const blank = found.replace(/[^\r\n]/g, ' ');
		return isText && found.length > 1
			? `${/["'`]/.test(first) ? first : '"'}${blank.slice(1, -1)}${found.at(-1) === '\n' ? '\n' : '"'}`
			: blank;
	});
}

/** A text by line, as written and as code only. */
export type CodeLines = {readonly written: readonly string[]; readonly code: readonly string[]};

/** How many of the opening letters stand on a line of code, less the closing ones. */
export function depthOf(line: string, opening: string, closing: string): number {
	let depth = 0;
	for (const letter of line) {
		depth += (opening.includes(letter) ? 1 : 0) - (closing.includes(letter) ? 1 : 0);
	}

	return depth;
}
