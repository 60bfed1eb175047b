/** `script` and `python` are read by syntax tree, the others line by line. */
export type Language = 'script' | 'python' | 'go' | 'rust' | 'jvm' | 'ruby' | 'php' | 'c-like';

const extensions: Readonly<Record<string, Language>> = {
	js: 'script',
	jsx: 'script',
	mjs: 'script',
	cjs: 'script',
	ts: 'script',
	tsx: 'script',
	mts: 'script',
	cts: 'script',
	py: 'python',
	go: 'go',
	rs: 'rust',
	java: 'jvm',
	kt: 'jvm',
	kts: 'jvm',
	scala: 'jvm',
	groovy: 'jvm',
	rb: 'ruby',
	php: 'php',
	c: 'c-like',
	h: 'c-like',
	cc: 'c-like',
	cpp: 'c-like',
	hpp: 'c-like',
	cs: 'c-like',
	swift: 'c-like',
	dart: 'c-like',
};

/** The language of a file by its extension; undefined when we know no rule for it. */
export function languageOf(path: string): Language | undefined {
	return extensions[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];
}
