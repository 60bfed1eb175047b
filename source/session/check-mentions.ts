import {parseDesign} from '../spec/design.ts';
import {isTestFile} from '../test-runners/index.ts';
import {readTextFile} from '../workspace/read-text-file.ts';
import {resolvePath} from '../workspace/resolve-path.ts';
import type {Services} from './services.ts';

const maxBytes = 2_000_000;

/** `Stock.take` and `Posts#add` stand in no file as one word: each part must. */
function holdsSymbol(text: string, symbol: string): boolean {
	const parts = symbol.split(/[.#:]+/).filter(part => part !== '');
	return parts.every(part => text.includes(part));
}

/** Appends which files and symbols that the design names are not in the repository (yet). */
export async function checkMentions(services: Services): Promise<void> {
	const design = services.store.state().spec?.artifacts.design;
	if (design === undefined) {
		return;
	}

	const missing: string[] = [];
	for (const {path, symbol} of parseDesign(design.text).mentions) {
		const resolved = await resolvePath(services.root, path);
		const read = resolved.kind === 'inside' ? await readTextFile(resolved.absolute, {maxBytes}) : undefined;
		if (read === undefined || read.kind === 'missing') {
			// A testing strategy names the files that will hold the tests.
			missing.push(...(isTestFile(path) ? [] : [path]));
		} else if (symbol !== undefined && read.kind === 'text' && !holdsSymbol(read.text, symbol)) {
			missing.push(`${path} ${symbol}`);
		}
	}

	services.append({type: 'mentions.checked', missing: [...new Set(missing)]});
}
