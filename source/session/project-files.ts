import {join} from 'node:path';
import {listFiles} from '../process/ripgrep.ts';
import type {ProjectFiles} from '../test-runners/index.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import type {Services} from './services.ts';

const maxBytes = 1_000_000;
const maxFiles = 50_000;

/** The project's files as detection reads them: git-ignore aware, text only, nothing run of the repository. */
export function projectFiles({root, childEnv}: Pick<Services, 'root' | 'childEnv'>, signal: AbortSignal): ProjectFiles {
	let listed: Promise<readonly string[]> | undefined;
	return {
		async read(path) {
			const read = await readTextFile(join(root, path), {maxBytes});
			return read.kind === 'text' ? read.text : undefined;
		},
		list() {
			listed ??= listFiles({root, env: childEnv, signal, limit: maxFiles}).then(({files}) => files);
			return listed;
		},
	};
}
