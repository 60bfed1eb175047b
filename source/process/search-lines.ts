import {readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import type {FileList, FoundLine, SearchFiles, SearchResult} from './project-search.ts';

const maxLineLength = 400;
const maxFileBytes = 2_000_000;

/** A line as far as it is shown: of a long one the part around its first match, which begins at `at`. */
function cut(text: string, at: number): string {
	const line = text.replace(/\r?\n?$/, '');
	if (line.length <= maxLineLength) {
		return line;
	}

	const start = Math.max(0, Math.min(at - maxLineLength / 4, line.length - maxLineLength));
	const end = start + maxLineLength;
	return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

/** Where the first match of a record begins, in characters: ripgrep counts bytes. */
function firstMatch(data: object, text: string): number {
	const matches: unknown = 'submatches' in data && Array.isArray(data.submatches) ? data.submatches[0] : undefined;
	const start = typeof matches === 'object' && matches !== null && 'start' in matches ? Number(matches.start) : 0;
	return Buffer.from(text).subarray(0, start).toString('utf8').length;
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

		const line = textOf(data.lines);
		const at = line.length > maxLineLength ? firstMatch(data, line) : 0;
		return [{path: textOf(data.path), line: Number(data.line_number), text: cut(line, at)}];
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
			const at = line.search(expression);
			if (at !== -1 && lines.length >= options.limit) {
				return {kind: 'found', lines, isTruncated: true};
			}

			if (at !== -1) {
				lines.push({path, line: index + 1, text: cut(line, at)});
			}
		}
	}

	return {kind: 'found', lines, isTruncated};
}
