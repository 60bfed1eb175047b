import type {Key} from './key.ts';

/**
 * A key as the keymap writes it: `a`, `A`, `ctrl+x`, `alt+1`, `shift+tab`, `enter`, `space`, `ctrl+j` for the newline key. A letter typed
 * with Shift is its capital. Undefined for pastes, the wheel and focus.
 */
export function keyName(key: Key): string | undefined {
	if (key.kind === 'text') {
		return `${key.alt ? 'alt+' : ''}${key.text === ' ' ? 'space' : key.text}`;
	}

	if (key.kind !== 'key') {
		return undefined;
	}

	// The newline key is what Ctrl+J sends; with Alt or Shift it is still one.
	if (key.name === 'newline') {
		return 'ctrl+j';
	}

	return `${key.ctrl ? 'ctrl+' : ''}${key.alt ? 'alt+' : ''}${key.shift ? 'shift+' : ''}${key.name}`;
}

const modifierOrder = ['ctrl', 'alt', 'shift'];
const aliases: Readonly<Record<string, string>> = {
	esc: 'escape',
	return: 'enter',
	pgup: 'pageup',
	pgdn: 'pagedown',
	del: 'delete',
	control: 'ctrl',
	option: 'alt',
	meta: 'alt',
	newline: 'ctrl+j',
};

/** A key as a person writes it in the settings (`Ctrl+X`, `Shift+Alt+Up`, `G`), in the keymap's own spelling. */
export function normalKeyName(written: string): string {
	const parts = written === '+' ? ['+'] : written.replace(/\+\+$/, '+plus').split('+');
	const last = parts.at(-1) ?? '';
	const modifiers = parts.slice(0, -1).map(part => aliases[part.toLowerCase()] ?? part.toLowerCase());
	// `g` and `G` are two keys; with a modifier a letter is written large by habit, so only Shift makes it the capital.
	if (last.length === 1 && modifiers.length > 0 && !modifiers.includes('ctrl')) {
		const letter = modifiers.includes('shift') ? last.toUpperCase() : last.toLowerCase();
		return modifiers.includes('alt') ? `alt+${letter}` : letter;
	}

	const named = last === 'plus' ? '+' : (aliases[last.toLowerCase()] ?? last.toLowerCase());
	const name = last.length === 1 && modifiers.length === 0 ? last : named;
	return [...modifierOrder.filter(modifier => modifiers.includes(modifier)), name].join('+');
}

const labels: Readonly<Record<string, string>> = {
	escape: 'Esc',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	ctrl: 'Ctrl',
	alt: 'Alt',
	shift: 'Shift',
};

/** A key as the screen shows it: `Ctrl+X`, `Esc`, `PgUp`, `g`. */
export function keyLabel(name: string): string {
	const parts = name === '+' ? ['+'] : name.replace(/\+\+$/, '+plus').split('+');
	const hasCtrl = parts.includes('ctrl');
	return parts
		.map(part => {
			if (part === 'plus') {
				return '+';
			}

			const isShownLarge = part.length > 1 || hasCtrl;
			return labels[part] ?? (isShownLarge ? part.charAt(0).toUpperCase() + part.slice(1) : part);
		})
		.join('+');
}
