const comment = String.raw`(?:\/\/+|\/\*+|#+|--|;+|<!--|\{\/\*)\s*`;
const dots = String.raw`(?:\.{3}|…)`;
const kept = String.raw`(?:the |all |your |other )*(?:rest|remainder|remaining|existing|unchanged|previous|same|other)\b`;
const keptText = String.raw`(?:the |all |your |other )*(?:(?:rest|remainder) of\b|(?:remaining|existing|unchanged|previous|same|other) (?:code|content|text|file|lines|parts?|sections?|imports|functions|methods|tests|cases|requirements|tasks|implementation)\b)`;
const end = String.raw`(?:${dots}|\b(?:unchanged|same|as before|as is|omitted|here)\b)[^\p{L}\p{N}]*$`;

/** A line that stands for others: `// ... existing code ...`, `# rest of the function unchanged`, `[… unchanged …]`. */
const forms: readonly RegExp[] = [
	new RegExp(String.raw`^\s*${comment}[([]?\s*${dots}\s*[([]?\s*${kept}`, 'iu'),
	new RegExp(String.raw`^\s*${comment}[([]?\s*${keptText}.*${end}`, 'iu'),
	new RegExp(String.raw`^\s*[([]\s*(?:${dots}\s*${kept}|${keptText}).*${end}`, 'iu'),
];
const maxLength = 120;
const maxShown = 60;

/**
 * Why a text that replaces another one would lose a part of it: a line in it only stands for what was there. Undefined when every line is meant
 * as it is.
 */
export function explainLeftOut(before: string, after: string, field: string): string | undefined {
	const lines = after.split(/\r?\n/);
	const index = lines.findIndex(line => line.length <= maxLength && forms.some(form => form.test(line)) && !before.includes(line.trim()));
	const line = lines[index];
	return line === undefined
		? undefined
		: `Line ${index + 1} of ${field}, ${JSON.stringify(line.trim().slice(0, maxShown))}, stands for lines that you left out. Texts are taken literally, so those lines would be lost, and nothing was changed. Replace only the lines that change, or send every line.`;
}
