import {posix} from 'node:path';
import type {ProjectFiles} from './runner.ts';

/** `example.com/calc/mathx.TestAdd/negatives` as its package and the names of a test and its subtests. */
export function goNameOf(name: string): {readonly path: string; readonly levels: readonly string[]} | undefined {
	const [, path, test] = /^([^\s]*?)\.((?:Test|Example|Fuzz)[^/]*(?:\/.*)?)$/s.exec(name) ?? [];
	return path === undefined || test === undefined ? undefined : {path, levels: test.split('/')};
}

/** The folder of a test's package, relative to the root: its import path below that of the module around the folder where go was started. */
export function goFolderOf({
	read,
	folder,
}: {
	readonly read: ProjectFiles['read'];
	readonly folder: string;
}): (testName: string) => Promise<string | undefined> {
	let module: Promise<{readonly folder: string; readonly path: string} | undefined> | undefined;
	async function find() {
		for (let at = folder; ; at = posix.dirname(at)) {
			const place = at === '.' ? '' : at;
			const [, path] = /^module\s+"?([^\s"]+)/m.exec((await read(posix.join(place, 'go.mod')).catch(() => undefined)) ?? '') ?? [];
			if (path !== undefined || place === '') {
				return path === undefined ? undefined : {folder: place, path};
			}
		}
	}

	return async name => {
		const parts = goNameOf(name);
		if (parts === undefined) {
			return undefined;
		}

		module ??= find();
		const found = await module;
		const isInside = found !== undefined && (parts.path === found.path || parts.path.startsWith(`${found.path}/`));
		return isInside ? posix.join(found.folder, parts.path.slice(found.path.length + 1)) : undefined;
	};
}
