const MAX = 40;
const LEAST_MAX = 8;

/** A name for a file: small letters, digits and single dashes, at most `max` characters. */
export function slug(title: string, max = MAX): string {
  if (max < LEAST_MAX) throw new RangeError(`max must be at least ${LEAST_MAX}: ${max}`);
  const text = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return text === '' ? 'note' : shorten(text, max);
}

/** A slug that is not taken yet: tea, tea-2, tea-3. */
export function uniqueSlug(title: string, taken: Iterable<string>, max = MAX): string {
  const used = new Set(taken);
  const base = slug(title, max);
  if (!used.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    const name = shorten(base, max - end.length) + end;
    if (!used.has(name)) return name;
  }
}

/** Cuts after the last whole word that fits, or inside the first word. */
function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const dash = text.lastIndexOf('-', max);
  return text.slice(0, dash > 0 ? dash : max);
}
