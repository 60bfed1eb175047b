import { formatDate, formatEuro } from './german.ts';

export type Receipt = {
  number: number;
  member: string;
  /** JJJJ-MM-TT */
  day: string;
  cents: number;
};

export function renderReceipt({ number, member, day, cents }: Receipt): string {
  return [
    `Quittung Nr. ${number}`,
    `Mitglied: ${member}`,
    `Datum: ${formatDate(day)}`,
    `Betrag: ${formatEuro(cents)}`,
  ].join('\n');
}
