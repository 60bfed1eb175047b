import {isAbsolute, normalize, relative} from 'node:path';
import {resolvePath} from '../workspace/resolve-path.ts';

export type Located =
	| {
			readonly kind: 'found';
			/** Absolute, links resolved. */
			readonly absolute: string;
			/** Relative to the root when inside; absolute otherwise. */
			readonly shown: string;
			readonly isInside: boolean;
	  }
	| {readonly kind: 'refused'; readonly why: string};

function isInsideAsWritten(root: string, path: string): boolean {
	if (path.startsWith('~')) {
		return false;
	}

	const written = normalize(isAbsolute(path) ? relative(root, path) : path);
	return written !== '..' && !written.startsWith('../');
}

/**
 * Resolves a path right before it is used. Permission was asked for the path as it was then: one that is inside the workspace as written and
 * leads out of it now, through a link made in between or never shown, is refused.
 */
export async function locate(root: string, path: string): Promise<Located> {
	const resolved = await resolvePath(root, path);
	switch (resolved.kind) {
		case 'broken': {
			return {kind: 'refused', why: `${resolved.why}. Paths are relative to the project root.`};
		}

		case 'inside': {
			return {kind: 'found', absolute: resolved.absolute, shown: resolved.relative, isInside: true};
		}

		case 'outside': {
			return isInsideAsWritten(root, path)
				? {
						kind: 'refused',
						why: `${path} leads out of the workspace through a link, to ${resolved.absolute}. Name that path itself if you need it.`,
					}
				: {kind: 'found', absolute: resolved.absolute, shown: resolved.absolute, isInside: false};
		}

		default: {
			return resolved satisfies never;
		}
	}
}
