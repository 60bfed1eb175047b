/** Days are plain strings, YYYY-MM-DD. */

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isDay(text: string): boolean {
  if (!PATTERN.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

export function checkDay(text: string): string {
  if (!isDay(text)) throw new RangeError(`not a day: ${text}`);
  return text;
}

export function addDays(day: string, count: number): string {
  const date = new Date(`${checkDay(day)}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}
