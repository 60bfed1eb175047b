import xterm from '@xterm/headless';

export type Screen = {
	/** Interprets what a program wrote; resolves when it is on the screen. */
	readonly write: (data: string | Uint8Array) => Promise<void>;
	readonly resize: (columns: number, rows: number) => void;
	/** What a person sees: one line for each row, spaces at their ends taken off. */
	readonly text: () => string;
	/** Everything there is to scroll back to, and the screen. */
	readonly scrollback: () => string;
	readonly cell: (row: number, column: number) => Cell;
	readonly cursor: () => {readonly row: number; readonly column: number};
	readonly isAlternate: () => boolean;
	readonly isCursorHidden: () => boolean;
	readonly isBracketedPaste: () => boolean;
	/** Whether lines that are too long are wrapped (`CSI ?7h`). */
	readonly isWrapping: () => boolean;
	readonly titles: readonly string[];
	/** What was put into the clipboard by OSC 52. */
	readonly clipboard: readonly string[];
	/** Links that were opened by OSC 8. */
	readonly links: readonly string[];
	/** Notifications: BEL is `bell`, OSC 9 and 777 give their text. */
	readonly notifications: readonly string[];
};

type Cell = {
	readonly text: string;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isInverse: boolean;
	readonly isUnderlined: boolean;
	/** Whether it has a colour of its own, in front or behind. */
	readonly isColoured: boolean;
};

type Buffer = {
	readonly length: number;
	readonly baseY: number;
	getLine(row: number): {translateToString(trimRight: boolean): string} | undefined;
};

function textOf(buffer: Buffer, from: number): string {
	const lines = Array.from({length: buffer.length - from}, (_, row) => buffer.getLine(from + row)?.translateToString(true) ?? '');
	return lines.map(line => line.trimEnd()).join('\n');
}

/** A terminal without a window that remembers what programs asked of it. `onReply` gets its answers to their questions. */
export function createScreen(columns: number, rows: number, onReply: (data: string) => void = () => undefined): Screen {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	const titles: string[] = [];
	const clipboard: string[] = [];
	const links: string[] = [];
	const notifications: string[] = [];
	let isCursorHidden = false;
	terminal.onData(onReply);
	terminal.onTitleChange(title => titles.push(title));
	terminal.onBell(() => notifications.push('bell'));
	const record = (list: string[]) => (data: string) => {
		list.push(data);
		return false;
	};
	terminal.parser.registerOscHandler(52, record(clipboard));
	terminal.parser.registerOscHandler(8, data => (data === ';' ? false : record(links)(data)));
	terminal.parser.registerOscHandler(9, record(notifications));
	terminal.parser.registerOscHandler(777, record(notifications));
	const watchCursor = (isHidden: boolean) => (parameters: (number | number[])[]) => {
		isCursorHidden = parameters.includes(25) ? isHidden : isCursorHidden;
		return false;
	};
	terminal.parser.registerCsiHandler({prefix: '?', final: 'l'}, watchCursor(true));
	terminal.parser.registerCsiHandler({prefix: '?', final: 'h'}, watchCursor(false));
	return {
		write: data => new Promise(resolve => terminal.write(data, resolve)),
		resize: (newColumns, newRows) => terminal.resize(newColumns, newRows),
		text: () => textOf(terminal.buffer.active, terminal.buffer.active.baseY),
		scrollback: () => textOf(terminal.buffer.normal, 0),
		cell(row, column) {
			const cell = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row)?.getCell(column);
			return {
				text: cell?.getChars() ?? '',
				isBold: (cell?.isBold() ?? 0) !== 0,
				isDim: (cell?.isDim() ?? 0) !== 0,
				isInverse: (cell?.isInverse() ?? 0) !== 0,
				isUnderlined: (cell?.isUnderline() ?? 0) !== 0,
				isColoured: cell !== undefined && !(cell.isFgDefault() && cell.isBgDefault()),
			};
		},
		cursor: () => ({row: terminal.buffer.active.cursorY, column: terminal.buffer.active.cursorX}),
		isAlternate: () => terminal.buffer.active.type === 'alternate',
		isCursorHidden: () => isCursorHidden,
		isBracketedPaste: () => terminal.modes.bracketedPasteMode,
		isWrapping: () => terminal.modes.wraparoundMode,
		titles,
		clipboard,
		links,
		notifications,
	};
}
