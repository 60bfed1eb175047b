const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** Splits a text into what a person sees as single characters: an emoji of many code points is one, `e` with an accent too. */
export function graphemesOf(text: string): readonly string[] {
	// Plain ASCII is nearly everything that is typed; the segmenter is a hundred times slower. CR LF would be one grapheme.
	if (/^[\x20-\x7e\t\n]*$/.test(text)) {
		return text.split('');
	}

	return Array.from(segmenter.segment(text), part => part.segment);
}
