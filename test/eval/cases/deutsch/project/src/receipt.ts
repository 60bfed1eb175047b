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
    `Datum: ${day}`,
    `Betrag: ${(cents / 100).toFixed(2)} EUR`,
  ].join('\n');
}
