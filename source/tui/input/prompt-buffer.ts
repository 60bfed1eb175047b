import {atomAfter, atomBefore, placeholderPattern, wordEnd, wordStart} from './prompt-atoms.ts';

/** What is being written: a text of several lines with a cursor. Never changed in place. */
export type PromptBuffer = {
	readonly text: string;
	/** Offset in the text, never inside a character or a placeholder. */
	readonly cursor: number;
	/** What each placeholder in the text stands for. */
	readonly pastes: Readonly<Record<string, string>>;
	/** What Ctrl+K, U or W cut last. */
	readonly killed: string;
};

export const emptyPrompt: PromptBuffer = {text: '', cursor: 0, pastes: {}, killed: ''};

/** A prompt that holds a text, the cursor behind it. */
export function promptOf(text: string): PromptBuffer {
	return {...emptyPrompt, text, cursor: text.length};
}

/** A longer paste is shown as a placeholder, so that the prompt stays a prompt. */
const longestPaste = {characters: 1000, lines: 10};

/** Replaces a part of the text by another and puts the cursor behind it. */
function replace(buffer: PromptBuffer, start: number, end: number, text: string): PromptBuffer {
	return {...buffer, text: buffer.text.slice(0, start) + text + buffer.text.slice(end), cursor: start + text.length};
}

/** Inserts typed text at the cursor. A combining mark that comes late joins the character before it. */
export function insertText(buffer: PromptBuffer, text: string): PromptBuffer {
	return replace(buffer, buffer.cursor, buffer.cursor, text);
}

function placeholderFor(text: string, taken: Readonly<Record<string, string>>): string {
	const lines = text.replace(/\n$/, '').split('\n').length;
	const size = lines > longestPaste.lines ? `${lines} lines` : `${text.length} characters`;
	for (let number = 1; ; number++) {
		const placeholder = number === 1 ? `[pasted ${size}]` : `[pasted ${size} #${number}]`;
		if (taken[placeholder] === undefined || taken[placeholder] === text) {
			return placeholder;
		}
	}
}

/** Inserts a paste; one of more than 1,000 characters or 10 lines as a placeholder that `expandPrompt` replaces. */
export function insertPaste(buffer: PromptBuffer, text: string): PromptBuffer {
	const isLong = text.length > longestPaste.characters || text.replace(/\n$/, '').split('\n').length > longestPaste.lines;
	if (!isLong) {
		return insertText(buffer, text);
	}

	const placeholder = placeholderFor(text, buffer.pastes);
	return insertText({...buffer, pastes: {...buffer.pastes, [placeholder]: text}}, placeholder);
}

/** The text as it is sent: placeholders are what they stand for. */
export function expandPrompt(buffer: PromptBuffer): string {
	const pattern = placeholderPattern(buffer.pastes);
	return pattern === undefined ? buffer.text : buffer.text.replace(pattern, placeholder => buffer.pastes[placeholder] ?? placeholder);
}

function moveTo(buffer: PromptBuffer, cursor: number): PromptBuffer {
	return cursor === buffer.cursor ? buffer : {...buffer, cursor};
}

function remove(buffer: PromptBuffer, start: number, end: number): PromptBuffer {
	return start === end ? buffer : replace(buffer, start, end, '');
}

/** Cuts for `yank`; cutting nothing keeps what was cut before. */
function kill(buffer: PromptBuffer, start: number, end: number): PromptBuffer {
	return start === end ? buffer : {...remove(buffer, start, end), killed: buffer.text.slice(start, end)};
}

function lineStart({text, cursor}: PromptBuffer): number {
	return cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
}

function lineEnd({text, cursor}: PromptBuffer): number {
	const end = text.indexOf('\n', cursor);
	return end === -1 ? text.length : end;
}

/** At the end of a line the line end itself goes, as in readline's kill-line of Emacs. */
function killToEnd(buffer: PromptBuffer): PromptBuffer {
	const end = lineEnd(buffer);
	return kill(buffer, buffer.cursor, end === buffer.cursor ? Math.min(end + 1, buffer.text.length) : end);
}

/** Ctrl+W takes up to the space before, Alt+Backspace in most shells only up to the last sign: one meaning here, the smaller bite. */
const edits = {
	'edit.left': buffer => moveTo(buffer, atomBefore(buffer)),
	'edit.right': buffer => moveTo(buffer, atomAfter(buffer)),
	'edit.word-left': buffer => moveTo(buffer, wordStart(buffer)),
	'edit.word-right': buffer => moveTo(buffer, wordEnd(buffer)),
	'edit.line-start': buffer => moveTo(buffer, lineStart(buffer)),
	'edit.line-end': buffer => moveTo(buffer, lineEnd(buffer)),
	'edit.backspace': buffer => remove(buffer, atomBefore(buffer), buffer.cursor),
	'edit.delete': buffer => ({...remove(buffer, buffer.cursor, atomAfter(buffer)), cursor: buffer.cursor}),
	'edit.delete-word-left': buffer => kill(buffer, wordStart(buffer), buffer.cursor),
	'edit.delete-word-right': buffer => kill(buffer, buffer.cursor, wordEnd(buffer)),
	'edit.kill-to-start': buffer => kill(buffer, lineStart(buffer), buffer.cursor),
	'edit.kill-to-end': killToEnd,
	'edit.yank': buffer => insertText(buffer, buffer.killed),
	'prompt.newline': buffer => insertText(buffer, '\n'),
} as const satisfies Readonly<Record<string, (buffer: PromptBuffer) => PromptBuffer>>;

export type EditAction = keyof typeof edits;

/** Whether an action of the keymap changes the prompt alone, so that `editPrompt` does it. */
export function isEditAction(action: string): action is EditAction {
	return Object.hasOwn(edits, action);
}

/** Does one editing action. Up and down are `moveUp` and `moveDown`: they need the width. */
export function editPrompt(buffer: PromptBuffer, action: EditAction): PromptBuffer {
	return edits[action](buffer);
}
