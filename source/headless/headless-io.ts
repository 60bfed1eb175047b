/** Where a run without a screen writes. Everything is printable text. */
export type HeadlessIo = {
	readonly write: (text: string) => void;
	readonly writeError: (text: string) => void;
	/** Of the terminal; endless where the text goes to a file or another program. */
	readonly columns: number;
	readonly format: 'text' | 'json' | 'stream-json';
};
