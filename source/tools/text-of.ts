import type {ToolOutcome} from '../protocol/tool.ts';
import {readTextFile, type TextFile} from '../workspace/read-text-file.ts';
import {failed} from './outcome.ts';

/** Longer files are searched and read in parts by a command, not by the tools. */
const maxFileBytes = 5_000_000;

const images = /\.(?:png|jpe?g|gif|webp|bmp|ico|avif|tiff?)$/i;

export type Text = Extract<TextFile, {kind: 'text'}>;

/** Why a file cannot be read or edited here, with the next step. */
export function explainFile(shown: string, file: Exclude<TextFile, Text | {kind: 'missing'}>): ToolOutcome {
	switch (file.kind) {
		case 'too-large': {
			return failed(`${shown} is ${file.size} bytes, too large to open here. Find the place with search.`);
		}

		case 'not-text': {
			return failed(
				images.test(shown)
					? `${shown} is an image, and images are not shown here.`
					: `${shown} is not opened: ${file.why}.${file.why.includes('folder') ? ' Use list to see what is in it.' : ''}`,
			);
		}

		default: {
			return file satisfies never;
		}
	}
}

/** The bytes a tool works on, read now. */
export function readNow(absolute: string): Promise<TextFile> {
	return readTextFile(absolute, {maxBytes: maxFileBytes});
}
