/** Calls that only tell something to a person: removing one, or changing its text, is no fault that a test should see. */
const tells =
	/^(?:(?:this|self)\.)?(?:_?log(?:ger|ging)?|console|debug|warnings?|trace|print|println|pprint|winston|pino|slog|tracing|telemetry|metrics)$|^(?:this\.|self\.)?(?:\w+\.)?_?(?:log|logger|logging|console)\.\w+$|^(?:print|println|printf|puts|debug|trace|warn|log|fmt\.Print(?:ln|f)?|System\.(?:out|err)\.print(?:ln|f)?|logging\.\w+|warnings\.warn|slog\.\w+|tracing::\w+!?|(?:e?print(?:ln)?|dbg|debug|info|warn|error|trace)!)$/i;

const maxCallee = 80;

/** True for the callee of a call that only logs, such as `console.log`, `this.logger.info`, `log.warn` or `print`. */
export function isLogging(callee: string): boolean {
	return callee.length < maxCallee && tells.test(callee.replace(/\s+|\?/g, ''));
}

/** The opposite of an operator, by the language family. A bound that moves by one is a boundary, everything else an operator. */
export const boundaries: Readonly<Record<string, string>> = {'<': '<=', '<=': '<', '>': '>=', '>=': '>'};

export const opposites: Readonly<Record<string, string>> = {
	'===': '!==',
	'!==': '===',
	'==': '!=',
	'!=': '==',
	'&&': '||',
	'||': '&&',
	and: 'or',
	or: 'and',
	'+': '-',
	'-': '+',
	'*': '/',
	'/': '*',
	'//': '*',
	'%': '*',
	'&': '|',
	'|': '&',
	'<<': '>>',
	'>>': '<<',
	'+=': '-=',
	'-=': '+=',
	'*=': '/=',
	'/=': '*=',
	'++': '--',
	'--': '++',
};

/** True when this operator makes no difference with this right side, as in `x + 0`. */
export function isNeutral(operator: string, right: string): boolean {
	return (/^[-+]=?$/.test(operator) && /^0(?:\.0*)?$/.test(right)) || (/^(?:\*|\/|\/\/)=?$/.test(operator) && /^1(?:\.0*)?$/.test(right));
}

/** A higher number of the same type. Undefined for what we do not count on, such as `1e400`. */
export function otherNumber(written: string): string | undefined {
	if (/^\d{1,15}n$/.test(written)) {
		return `${Number(written.slice(0, -1)) + 1}n`;
	}

	if (/^\d{1,15}$/.test(written)) {
		return `${Number(written) + 1}`;
	}

	// Written, not counted: 0.1 + 0.2 shows where counting ends.
	return /^\d{0,9}\.\d{1,9}$/.test(written) ? `1${written}` : undefined;
}
