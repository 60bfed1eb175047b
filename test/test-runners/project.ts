import type {ProjectFiles} from '../../source/test-runners/index.ts';

/** A project that is only a table of files. */
export function projectOf(files: Readonly<Record<string, string>>): ProjectFiles {
	return {
		read: async path => files[path],
		list: async () => Object.keys(files).filter(path => !path.startsWith('.venv/')),
	};
}

/** A package.json with these scripts. */
export function scripts(own: Readonly<Record<string, string>>, rest: Readonly<Record<string, unknown>> = {}): string {
	return JSON.stringify({scripts: own, ...rest});
}
