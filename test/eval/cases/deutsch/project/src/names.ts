/** Der Name einer Datei: kleine Buchstaben, Ziffern und einzelne Bindestriche. */
export function fileName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replace(/[ -]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Eine sortierte Kopie. */
export function sortMembers(names: readonly string[]): string[] {
  return [...names].sort();
}
