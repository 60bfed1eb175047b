import {printable} from '../../protocol/printable.ts';
import type {Row, Span, Tone} from './row.ts';

/** Colours a piece of code, one row for each line; undefined for a language it does not know. Its lines are printable and without tabs already. */
export type Highlight = (code: string, language: string) => readonly Row[] | undefined;

const tones: Readonly<Record<string, Tone>> = {
	keyword: 'keyword',
	built_in: 'keyword',
	literal: 'keyword',
	type: 'keyword',
	string: 'string',
	regexp: 'string',
	number: 'string',
	char: 'string',
	comment: 'comment',
	quote: 'comment',
	meta: 'comment',
	title: 'accent',
	attr: 'accent',
	section: 'heading',
	addition: 'added',
	deletion: 'removed',
	code: 'code',
	link: 'link',
};

const entities: Readonly<Record<string, string>> = {'&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'"};

function toneOf(classes: string): Tone | undefined {
	return tones[classes.replace(/^hljs-/, '').split(' ')[0] ?? ''];
}

/** highlight.js answers in HTML with nested `<span class="hljs-…">` and five entities, and nothing else. */
function rowsOf(html: string): readonly Row[] {
	const rows: Span[][] = [[]];
	const open: (Tone | undefined)[] = [];
	for (const [part, classes] of html.matchAll(/<span class="([^"]*)">|<\/span>|\n|[^<\n]+/g)) {
		if (classes !== undefined) {
			open.push(toneOf(classes) ?? open.at(-1));
		} else if (part === '</span>') {
			open.pop();
		} else if (part === '\n') {
			rows.push([]);
		} else {
			const text = printable(part.replace(/&(?:amp|lt|gt|quot|#x27);/g, entity => entities[entity] ?? entity));
			const tone = open.at(-1);
			rows.at(-1)?.push({text, ...(tone !== undefined && {tone})});
		}
	}

	return rows;
}

const aliases: Readonly<Record<string, string>> = {
	ts: 'typescript',
	tsx: 'typescript',
	mts: 'typescript',
	js: 'javascript',
	jsx: 'javascript',
	mjs: 'javascript',
	cjs: 'javascript',
	jsonc: 'json',
	sh: 'bash',
	shell: 'bash',
	zsh: 'bash',
	console: 'bash',
	py: 'python',
	golang: 'go',
	rs: 'rust',
	patch: 'diff',
	md: 'markdown',
};

/** Longer code is shown without colours: at this size highlighting would be felt while typing. */
const longest = 50_000;

/**
 * Loads the highlighter: about 20 ms, so never before the first frame. Until it is there code is shown plain. Knows TypeScript,
 * JavaScript, JSON, shell, Python, Go, Rust, diffs and Markdown.
 */
export async function loadHighlight(): Promise<Highlight> {
	const [{default: core}, ...grammars] = await Promise.all([
		import('highlight.js/lib/core'),
		import('highlight.js/lib/languages/typescript'),
		import('highlight.js/lib/languages/javascript'),
		import('highlight.js/lib/languages/json'),
		import('highlight.js/lib/languages/bash'),
		import('highlight.js/lib/languages/python'),
		import('highlight.js/lib/languages/go'),
		import('highlight.js/lib/languages/rust'),
		import('highlight.js/lib/languages/diff'),
		import('highlight.js/lib/languages/markdown'),
	]);
	const names = ['typescript', 'javascript', 'json', 'bash', 'python', 'go', 'rust', 'diff', 'markdown'];
	for (const [index, name] of names.entries()) {
		const grammar = grammars[index]?.default;
		if (grammar !== undefined) {
			core.registerLanguage(name, grammar);
		}
	}

	return (code, language) => {
		const name = aliases[language.toLowerCase()] ?? language.toLowerCase();
		const isKnown = code.length <= longest && names.includes(name);
		return isKnown ? rowsOf(core.highlight(code, {language: name, ignoreIllegals: true}).value) : undefined;
	};
}
