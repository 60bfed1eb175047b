/** One thing a person did at the terminal, after escape sequences, chunks and pastes have been put together. */
export type Key =
	/** One grapheme that was typed. */
	| {readonly kind: 'text'; readonly text: string; readonly alt: boolean}
	/**
	 * A named key or a control chord. `name` is lower case: 'enter', 'newline' (Ctrl+J, a lone line feed), 'escape', 'tab', 'backspace',
	 * 'delete', 'insert', 'up', 'down', 'left', 'right', 'pageup', 'pagedown', 'home', 'end', 'f1' … 'f35', 'c' with ctrl …
	 */
	| {readonly kind: 'key'; readonly name: string; readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean}
	/** A bracketed paste, whole, line ends as \n, control characters removed. */
	| {readonly kind: 'paste'; readonly text: string}
	| {readonly kind: 'wheel'; readonly direction: 'up' | 'down'}
	| {readonly kind: 'focus'; readonly isFocused: boolean};
