const MONTHS = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
];

const MINUS = '\u2212';

/** Cent als 1.234,50 € mit geschütztem Leerzeichen. */
export function formatEuro(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  const euros = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${cents < 0 ? MINUS : ''}${euros},${digits.slice(-2)}\u00a0€`;
}

/** Die Umkehrung von formatEuro, großzügig bei Eurozeichen und Tausenderpunkten. */
export function parseEuro(text: string): number {
  const match = /^([\u2212-])?(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d\d))?(?:[ \u00a0]?€)?$/.exec(text.trim());
  if (!match) throw new RangeError(`kein Betrag: ${text}`);
  const [, minus, euros, rest = '00'] = match;
  const cents = Number(euros.replaceAll('.', '') + rest);
  return minus && cents !== 0 ? -cents : cents;
}

/** 2025-03-09 als 9. März 2025. */
export function formatDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date}. ${MONTHS[month - 1]} ${year}`;
}
