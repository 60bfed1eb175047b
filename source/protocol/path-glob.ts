import picomatch from 'picomatch';

/** Whether a path, relative to the root with forward slashes, fits a glob. As in .gitignore, one without a slash speaks of the name, in any folder. */
export function fitsGlob(path: string, glob: string): boolean {
	return picomatch(glob.replace(/^\.?\//, ''), {dot: true, basename: !glob.includes('/')})(path);
}
