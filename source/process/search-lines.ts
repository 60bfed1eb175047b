import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import type {FileList, FoundLine, SearchFiles, SearchResult} from './project-search.ts';

const maxLineLength = 400;
const maxFileBytes = 2_000_000;

function cut(text: string): string {
	const line = text.replace(/\r?\n?$/, '');
	return line.length > maxLineLength ? `${line.slice(0, maxLineLength)}…` : line;
}

function textOf(value: unknown): string {
	if (typeof value !== 'object' || value === null) {
		return '';
	}

	// ripgrep's JSON: bytes that are not UTF-8 come in base64.
	return 'text' in value && typeof value.text === 'string'
		? value.text
		: 'bytes' in value
			? Buffer.from(String(value.bytes), 'base64').toString('utf8')
			: '';
}

/** The line in one record of `rg --json`; none for records of other kinds. */
export function parseMatches(record: string): readonly FoundLine[] {
	try {
		const value: unknown = JSON.parse(record);
		if (typeof value !== 'object' || value === null || !('type' in value && value.type === 'match' && 'data' in value)) {
			return [];
		}

		const {data} = value;
		if (typeof data !== 'object' || data === null || !('path' in data && 'lines' in data && 'line_number' in data)) {
			return [];
		}

		return [{path: textOf(data.path), line: Number(data.line_number), text: cut(textOf(data.lines))}];
	} catch {
		return [];
	}
}

function expressionOf({pattern, isLiteral = false, isCaseSensitive = true}: SearchFiles): RegExp | string {
	try {
		return new RegExp(isLiteral ? pattern.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`) : pattern, isCaseSensitive ? 'u' : 'iu');
	} catch (error) {
		return error instanceof Error ? error.message : 'it is not a regular expression';
	}
}

async function readText(path: string): Promise<string> {
	const stats = await stat(path).catch(() => undefined);
	const bytes = stats?.isFile() === true && stats.size <= maxFileBytes ? await readFile(path).catch(() => undefined) : undefined;
	return bytes === undefined || bytes.includes(0) ? '' : bytes.toString('utf8');
}

/** The search without ripgrep: slower, files up to 2 MB, JavaScript's regular expressions. */
export async function searchInFiles(options: SearchFiles, {files, isTruncated}: FileList): Promise<SearchResult> {
	const expression = expressionOf(options);
	if (typeof expression === 'string') {
		return {kind: 'bad-pattern', why: expression};
	}

	const lines: FoundLine[] = [];
	for (const path of options.signal.aborted ? [] : files) {
		const text = await readText(join(options.root, path));
		for (const [index, line] of text.split('\n').entries()) {
			if (expression.test(line) && lines.length >= options.limit) {
				return {kind: 'found', lines, isTruncated: true};
			}

			if (expression.test(line)) {
				lines.push({path, line: index + 1, text: cut(line)});
			}
		}
	}

	return {kind: 'found', lines, isTruncated};
}
