/** The exit codes of the README's table. */
export const exitCodes = {
	done: 0,
	error: 1,
	usage: 2,
	personNeeded: 3,
	notPermitted: 4,
	evidenceSaysNo: 5,
	budget: 6,
	noKey: 7,
	serviceUnavailable: 8,
} as const;
