import {posix} from 'node:path';
import {stepsOf, wordsOf} from './command-line.ts';

/** The variable that holds the path of the report, for a command of a person's own. */
export const junitVariable = 'KIRO_TUI_JUNIT';

/** Files that steer a runner and are XML as well. */
const settings = /(?:^|\/)(?:phpunit|pom|build|phpcs|checkstyle|testng)[^/]*\.xml$/;

function pathIn(word: string): string | undefined {
	const path = word.replaceAll(/['"]/g, '').split(/[=;]/).at(-1) ?? '';
	const isInside = path.endsWith('.xml') && !path.startsWith('/') && !path.includes('$') && !posix.normalize(path).startsWith('..');
	return isInside && !settings.test(path) ? posix.normalize(path) : undefined;
}

/**
 * The file that a command says it writes JUnit XML to, relative to the folder it starts in: the one path that ends in `.xml`, in a command that
 * speaks of junit or xunit (`--junitxml=out.xml`, `--log-junit build/junit.xml`, `--reporter xunit --reporter-option output=junit.xml`,
 * `MOCHA_FILE=junit.xml mocha …`). Undefined when there is none, or more than one.
 */
export function junitFileOf(text: string): string | undefined {
	const words = (stepsOf(text) ?? []).flatMap(wordsOf);
	const paths = new Set(words.flatMap(word => pathIn(word) ?? []));
	const [path] = paths;
	return paths.size === 1 && /junit|xunit/i.test(text) ? path : undefined;
}

/** True for a command that writes its report to the path in our variable. */
export function writesToVariable(text: string): boolean {
	return text.includes(`$${junitVariable}`) || text.includes(`\${${junitVariable}}`);
}
