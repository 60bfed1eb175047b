import {isSecretPath} from '../protocol/protected-paths.ts';
import {readTextFile} from './read-text-file.ts';
import {resolvePath} from './resolve-path.ts';

const reference = /#\[\[file:([^\]\n]+)\]\]/g;
const maxBytes = 200_000;
const maxFiles = 20;

async function included(root: string, path: string): Promise<string> {
	const resolved = await resolvePath(root, path);
	if (resolved.kind !== 'inside') {
		return `<file path="${path}">not included: it is outside the workspace</file>`;
	}

	if (isSecretPath(path) || isSecretPath(resolved.relative)) {
		return `<file path="${path}">not included: a file of that name holds secrets</file>`;
	}

	const read = await readTextFile(resolved.absolute, {maxBytes});
	switch (read.kind) {
		case 'text': {
			return `<file path="${path}">\n${read.text}\n</file>`;
		}

		case 'missing': {
			return `<file path="${path}">not included: it does not exist</file>`;
		}

		case 'not-text': {
			return `<file path="${path}">not included: ${read.why}</file>`;
		}

		case 'too-large': {
			return `<file path="${path}">not included: it is ${read.size} bytes long</file>`;
		}

		default: {
			return read satisfies never;
		}
	}
}

/** A steering text followed by the files that it names as `#[[file:path]]`, as they are now; paths are relative to the root and stay inside. */
export async function withIncludes(root: string, body: string): Promise<string> {
	const paths = new Set([...body.matchAll(reference)].map(match => (match[1] ?? '').trim()));
	const files = await Promise.all([...paths].slice(0, maxFiles).map(path => included(root, path)));
	return [body, ...files].join('\n');
}
