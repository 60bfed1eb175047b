import {languageOf} from '../syntax/index.ts';
import {isTestFile} from '../test-runners/index.ts';
import {projectFiles} from './project-files.ts';
import type {Services} from './services.ts';
import {isBesideCode, textBefore} from './taken-back.ts';
import type {TaskAttempt} from './task-attempt.ts';
import {changedFiles} from './undo.ts';

/** Files that only say which packages there are: a test may need one more. */
const manifests =
	/(?:^|\/)(?:package\.json|[\w.-]*lock(?:\.json|\.yaml|b)?|Cargo\.toml|go\.(?:mod|sum)|pyproject\.toml|requirements[\w.-]*\.txt|Pipfile)$/;

/** The code of a file: Rust keeps its tests at the end. */
export function withoutOwnTests(path: string, text: string): string {
	return languageOf(path) === 'rust' ? text.replace(/#\[cfg\(test\)\][\s\S]*$/, '').trimEnd() : text;
}

/** The files that an attempt changed although they are no tests, nothing beside them, and no list of packages. */
export async function changedCode(services: Services, attempt: TaskAttempt): Promise<readonly string[]> {
	const files = projectFiles(services, new AbortController().signal);
	const changed: string[] = [];
	for (const {path} of await changedFiles(services, attempt.checkpoints)) {
		if (isTestFile(path) || isBesideCode(path) || manifests.test(path) || path.startsWith('.kiro/')) {
			continue;
		}

		const [before, now] = [await textBefore(services, attempt, path), await files.read(path)];
		if (before === undefined || now === undefined || withoutOwnTests(path, before) !== withoutOwnTests(path, now)) {
			changed.push(path);
		}
	}

	return changed;
}
