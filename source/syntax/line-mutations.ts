import {codeOnly} from './code-only.ts';
import type {Language} from './language.ts';
import {indexLines} from './line-index.ts';
import {boundaries, isLogging, isNeutral, opposites, otherNumber} from './mutable-code.ts';
import {type MutationPlace, shortCode} from './mutation.ts';

type LineLanguage = Exclude<Language, 'script' | 'python'>;

/** Lines that declare, import or annotate: a fault there does not compile, or is about types. */
const declares =
	/^\s*(?:import|package|use|using|require\w*|include|extern|mod|#|@|\[|type|struct|interface|enum|trait|impl|class|namespace|module|template|typedef|(?:pub(?:\([^)]*\))?\s+)?(?:async\s+|const\s+|unsafe\s+)*fn\b|func\b|def\b|fun\b|where\b|panic\w*!?|throw|raise|assert\w*!?|(?:pub(?:lic)?|private|protected|internal|override|static|final|abstract)\s[^=]*\)\s*(?:throws\s[\w., ]+)?\{?\s*$|\}?\s*(?:catch|rescue|except)\b)/;
const rules: readonly {readonly kind: 'boundary' | 'operator'; readonly pattern: RegExp}[] = [
	{kind: 'boundary', pattern: /(?<=[\w)\]] )(?:<=|>=|<|>)(?= [-\w(])/g},
	{kind: 'operator', pattern: /(?<=[\w)\]"'] )(?:===|!==|==|!=|&&|\|\||\+=|-=|\+|-|\*|\/|%)(?= [-\w("'!&*])/g},
	{kind: 'operator', pattern: /(?<=[\w)\]"'] )(?:and|or)(?= [-\w("'!])/g},
];
/** Go returns a value beside an error that nobody is to read: `return 0, fmt.Errorf(…)`. */
const besideError = /^\s*return\b.*,\s*(?:\w*[eE]rr\w*\s*$|&?[\w.]*(?:Errorf|errors\.\w+|Error\w*)[({])/;
const loop = /^\s*(?:\}?\s*(?:for|while|until|loop|do)\b)/;

type CodeLine = {readonly code: string; readonly start: number; readonly number: number; readonly language: LineLanguage};

function operatorPlaces({code, start, number}: CodeLine): readonly MutationPlace[] {
	return rules.flatMap(({kind, pattern}) =>
		[...code.matchAll(pattern)].flatMap(({0: operator, index}) => {
			const replacement = (kind === 'boundary' ? boundaries : opposites)[operator];
			const after = code.slice(index + operator.length).trim();
			const joinsText = operator.startsWith('+') && /["'`]/.test(code);
			const [right = ''] = /^[\d.]+/.exec(after) ?? [];
			const isEndless = kind === 'operator' && (loop.test(code) || operator.endsWith('+=') || operator === '-=');
			if (replacement === undefined || joinsText || isEndless || isNeutral(operator, right)) {
				return [];
			}

			return [{kind, line: number, start: start + index, end: start + index + operator.length, replacement}];
		}),
	);
}

function constantPlaces({code, start, number, language}: CodeLine): readonly MutationPlace[] {
	if (loop.test(code) || (language === 'go' && besideError.test(code))) {
		return [];
	}

	return [...code.matchAll(/(?<![\w.'"[<])(?:true|false|\d+(?:\.\d+)?)(?![\w.'"\]>])/g)].flatMap(({0: constant, index}) => {
		const replacement = /^[tf]/.test(constant) ? `${constant !== 'true'}` : otherNumber(constant);
		return replacement === undefined
			? []
			: [{kind: 'constant' as const, line: number, start: start + index, end: start + index + constant.length, replacement}];
	});
}

/** A call that is the whole line. Where statements end in `;`, a line without one is a value. */
function callPlaces({code, start, number, language}: CodeLine): readonly MutationPlace[] {
	const [, indent = '', call = '', callee = ''] = /^(\s*)((\w[\w.:]*!?)\(.*\);?)\s*$/.exec(code) ?? [];
	const isWhole = [...call].filter(letter => letter === '(').length === [...call].filter(letter => letter === ')').length;
	const needsEnd = language === 'rust' || language === 'php' || language === 'c-like';
	const isWord = /^(?:if|for|while|switch|return|match|else|elsif|unless|case|when|super|this|defer|go|yield)$/.test(callee);
	if (call === '' || !isWhole || isWord || isLogging(callee) || (needsEnd && !call.endsWith(';'))) {
		return [];
	}

	const place = {start: start + indent.length, end: start + indent.length + call.length};
	return [{kind: 'removed-call', line: number, ...place, replacement: '', told: `${shortCode(call)} was removed`}];
}

/**
 * Where a text without a parser of ours may be mutated, on the changed lines only. Operators must stand between spaces, as every formatter sets
 * them, so that type arguments, pointers and references are left alone.
 */
export function linePlaces(language: LineLanguage, text: string, changed: ReadonlySet<number>): readonly MutationPlace[] {
	const code = codeOnly(language, text);
	const lines = indexLines(text);
	return [...changed]
		.filter(number => Number.isInteger(number) && number > 0 && number <= lines.count)
		.sort((one, other) => one - other)
		.flatMap(number => {
			const start = lines.startOf(number);
			const line: CodeLine = {code: code.slice(start, lines.startOf(number + 1)).trimEnd(), start, number, language};
			const [, callee = ''] = /^\s*([\w.:]+!?)[( ]/.exec(line.code) ?? [];
			const isLeftAlone = declares.test(line.code) || isLogging(callee) || line.code.length > 400;
			return isLeftAlone ? [] : [...operatorPlaces(line), ...constantPlaces(line), ...callPlaces(line)];
		});
}
