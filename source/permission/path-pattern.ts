/** A path in plain form: forward slashes, no `.` and no `..` where it can be helped, no slash at the end. */
export function normalPath(path: string): string {
	const isAbsolute = path.startsWith('/');
	const parts: string[] = [];
	for (const part of path.replaceAll('\\', '/').split('/')) {
		if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') {
			parts.pop();
		} else if (part === '..' ? !isAbsolute : part !== '' && part !== '.') {
			parts.push(part);
		}
	}

	return (isAbsolute ? '/' : '') + parts.join('/');
}

/** A path below the root, relative to it (`''` is the root itself); undefined when it lies outside, by its letters alone. */
export function relativeToRoot(path: string, root: string): string | undefined {
	if (path.startsWith('~')) {
		return undefined;
	}

	const base = normalPath(root);
	const whole = normalPath(path.startsWith('/') ? path : `${base}/${path}`);
	if (whole === base) {
		return '';
	}

	return whole.startsWith(base === '/' ? '/' : `${base}/`) ? whole.slice(base === '/' ? 1 : base.length + 1) : undefined;
}

/** `*` and `?` within one part of a path, without backtracking that could grow. */
function matchesPart(pattern: string, part: string): boolean {
	let at = 0;
	let star = -1;
	let resume = 0;
	for (let index = 0; index < part.length; ) {
		if (at < pattern.length && pattern[at] !== '*' && (pattern[at] === '?' || pattern[at] === part[index])) {
			at++;
			index++;
		} else if (pattern[at] === '*') {
			star = at++;
			resume = index;
		} else if (star !== -1) {
			at = star + 1;
			index = ++resume;
		} else {
			return false;
		}
	}

	return /^\**$/.test(pattern.slice(at));
}

function matchesParts(pattern: readonly string[], parts: readonly string[]): boolean {
	// reached[n]: the pattern so far can end after n parts.
	let reached: readonly boolean[] = [true, ...parts.map(() => false)];
	for (const piece of pattern) {
		const before = reached;
		reached = before.map((_, end) =>
			piece === '**' ? before.slice(0, end + 1).includes(true) : before[end - 1] === true && matchesPart(piece, parts[end - 1] ?? ''),
		);
	}

	return reached.at(-1) === true;
}

/** Whether a glob (`src/**`, `*.pem`, `./.env`) matches a path, both relative to the root or both absolute. Letter case counts. */
export function matchesPath(pattern: string, path: string): boolean {
	const wanted = normalPath(pattern);
	if (wanted.startsWith('/') !== path.startsWith('/')) {
		return false;
	}

	return matchesParts(wanted.split('/'), normalPath(path).split('/'));
}

/** Whether a deny or ask glob catches a path: as above, by its name alone anywhere when it has no slash, or as a folder above it. */
export function catchesPath(pattern: string, path: string): boolean {
	const parts = normalPath(path).split('/');
	const wanted = normalPath(pattern).toLowerCase();
	const isName = !wanted.includes('/') && !/^\.\//.test(pattern);
	return parts.some((part, index) => {
		const above = parts
			.slice(0, index + 1)
			.join('/')
			.toLowerCase();
		return above !== '' && (matchesPath(wanted, above) || (isName && matchesPart(wanted, part.toLowerCase())));
	});
}
