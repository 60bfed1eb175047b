import type {Line} from './lines.ts';
import {headingOf, indentOf, listItemOf} from './markdown.ts';

/** A file that a document names in backticks, and what it says is in it. */
export type Mention = {
	/** Relative, with forward slashes, as written. */
	readonly path: string;
	readonly symbol?: string;
};

const extensions =
	'[cm]?[jt]sx?|json5?|jsonc|md|mdx|py|pyi|go|rs|java|kts?|rb|php|c|cc|cpp|h|hpp|cs|swift|dart|scala|ex|exs|erl|clj|lua|sql|sh|bash|ps1|ya?ml|toml|ini|cfg|css|scss|less|html?|vue|svelte|astro|proto|graphql|prisma|xml|gradle|tf';
// Names without a folder say too little about where the file is; these are at home in the root.
const rootFiles = /^(?:package\.json|tsconfig\.json|pyproject\.toml|setup\.py|go\.mod|Cargo\.toml|Makefile|Dockerfile|README\.md)$/;
const path = new RegExp(
	String.raw`^(?:\./)?((?:[\w@.+()[\]$-]+/)+[\w@.+()[\]$-]+\.(?:${extensions}))(?:(?:#|::|:)([A-Za-z_$][\w$.]*)(?:\(\))?|:\d+(?:-\d+)?)?$`,
	'u',
);
const symbol = /^([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)?)(?:\(\))?$/;
const code = /`([^`\n]{1,200})`/g;

// The honest rule: a line, list, label or heading that speaks of making something is not held to what exists. "Adds" and "creates" tell what
// the code does today.
const makes =
	/(?<!\p{L})(?:new|newly|creat(?:ed?|ing)|add(?:ed|ing)?|introduc(?:e[sd]?|ing)|to be (?:written|made|built)|generated|will (?:hold|contain|live)|neue?[nrs]?|anlegen|hinzu\p{L}*|erstell\p{L}*|создать|создаётся|новы[йе]|добавить|nouveaux?|nouvelle|créer|ajouter|nuevo|crear)(?!\p{L})|新建|新增|新規|新しい|创建|創建|添加|追加|作成|生成/iu;

/** Whether the words around say that something is made; a path such as `src/new/list.ts` does not count. */
function saysNew(text: string): boolean {
	return makes.test(text.replace(code, ' '));
}

type Scope = {
	headings: {readonly level: number; readonly isNew: boolean}[];
	items: {readonly indent: number; readonly isNew: boolean}[];
	isNewLabel: boolean;
};

function enter(line: Line, scope: Scope) {
	const heading = headingOf(line);
	const item = listItemOf(line);
	if (heading !== undefined) {
		scope.headings = [
			...scope.headings.filter(outer => outer.level < heading.level),
			{level: heading.level, isNew: saysNew(heading.title)},
		];
		scope.items = [];
		scope.isNewLabel = false;
	} else if (item !== undefined) {
		scope.items = [...scope.items.filter(outer => outer.indent < item.indent), {indent: item.indent, isNew: saysNew(item.text)}];
	} else if (line.text.trim() !== '' && indentOf(line.text) === 0) {
		// A paragraph ends the list before it; one that ends in a colon speaks for what follows.
		scope.items = [];
		scope.isNewLabel = /[:：]\s{0,4}(?:\*\*|__)?$/u.test(line.text.trimEnd()) && saysNew(line.text);
	}
}

function isNewHere(line: Line, scope: Scope): boolean {
	return scope.isNewLabel || saysNew(line.text) || scope.headings.some(heading => heading.isNew) || scope.items.some(item => item.isNew);
}

function pathIn(text: string): Mention | undefined {
	if (rootFiles.test(text)) {
		return {path: text};
	}

	const [, file, name] = path.exec(text) ?? [];
	if (file === undefined || file.split('/').some(part => part === '..' || part === 'node_modules')) {
		return undefined;
	}

	return name === undefined ? {path: file} : {path: file, symbol: name};
}

/** "`createTask` in `src/store.ts`" and "`src/store.ts` (`createTask`)" say where a symbol is; nothing else is taken to. */
function symbolBeside(text: string, start: number, end: number): string | undefined {
	const before = /`([^`\n]{1,200})`\s+(?:in|from|of|von|aus|из|в|dans|de|en)\s+$/iu.exec(text.slice(Math.max(0, start - 230), start))?.[1];
	const after = /^\s*[(（]`([^`\n]{1,200})`[)）,、]/u.exec(text.slice(end, end + 230))?.[1];
	return [before, after].map(found => symbol.exec(found ?? '')?.[1]).find(found => found !== undefined);
}

function mentionsOn(line: Line): readonly Mention[] {
	return [...line.text.matchAll(code)].flatMap(match => {
		const mention = pathIn((match[1] ?? '').trim());
		if (mention === undefined) {
			return [];
		}

		const name = mention.symbol ?? symbolBeside(line.text, match.index, match.index + match[0].length);
		return [name === undefined ? mention : {path: mention.path, symbol: name}];
	});
}

/** The files and symbols that a document takes for existing, each once, in order. */
export function mentionsIn(lines: readonly Line[]): readonly Mention[] {
	const scope: Scope = {headings: [], items: [], isNewLabel: false};
	const found = new Map<string, Mention>();
	const made = new Set<string>();
	for (const line of lines.filter(candidate => !candidate.isFenced)) {
		enter(line, scope);
		const isNew = isNewHere(line, scope);
		for (const mention of mentionsOn(line)) {
			if (isNew) {
				made.add(mention.path);
			} else {
				found.set(`${mention.path} ${mention.symbol ?? ''}`, mention);
			}
		}
	}

	// What is new in one place is new in all others.
	return [...found.values()].filter(mention => !made.has(mention.path));
}
