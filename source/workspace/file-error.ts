const reasons: Readonly<Record<string, string>> = {
	EACCES: 'permission is denied',
	EPERM: 'permission is denied',
	EROFS: 'the disk is read-only',
	ENOSPC: 'the disk is full',
	EDQUOT: 'your disk quota is used up',
	EFBIG: 'the file would be larger than this system allows',
	EIO: 'the disk reports an error',
	ENOENT: 'it does not exist',
	ENOTDIR: 'a part of its path is a file, not a folder',
	EISDIR: 'it is a folder',
	ELOOP: 'its links lead in a circle',
	ENAMETOOLONG: 'its name is too long',
	EMFILE: 'too many files are open',
	ENFILE: 'too many files are open',
	EBUSY: 'another program holds it',
	ETXTBSY: 'it is a program that runs at the moment',
	EEXIST: 'it exists already',
};

/** The code of a file-system error, such as `ENOENT`; undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A file-system error as a clause for a sentence; a raw library text never reaches the screen. */
export function whyOf(error: unknown): string {
	const code = errorCode(error);
	return code === undefined ? 'an unexpected error occurred' : (reasons[code] ?? `the system reports ${code}`);
}

/** True when the error only says that nothing is there. */
export function isMissing(error: unknown): boolean {
	const code = errorCode(error);
	return code === 'ENOENT' || code === 'ENOTDIR';
}
