/** Der Name einer Datei: kleine Buchstaben, Ziffern und einzelne Bindestriche. */
export function fileName(name: string): string {
  return name
    .toLowerCase()
    .replace(/ä|a\u0308/g, 'ae')
    .replace(/ö|o\u0308/g, 'oe')
    .replace(/ü|u\u0308/g, 'ue')
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9 -]/g, '')
    .replace(/[ -]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Eine sortierte Kopie. */
export function sortMembers(names: readonly string[]): string[] {
  return [...names].sort(new Intl.Collator('de').compare);
}
