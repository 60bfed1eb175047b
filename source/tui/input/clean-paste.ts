/** A pasted text as it may be inserted: every line end as \n, no other control characters but the tab, no halves of characters. */
export function cleanPaste(text: string): string {
	return text
		.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
		.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
		.replace(/\p{Surrogate}/gu, '');
}
