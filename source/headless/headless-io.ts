/** Where a run without a screen writes. Everything is printable text. */
export type HeadlessIo = {
	readonly write: (text: string) => void;
	readonly writeError: (text: string) => void;
	readonly format: 'text' | 'json' | 'stream-json';
};
