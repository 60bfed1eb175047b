import { formatAmount } from './money.ts';

export type Item = { text: string; cents: number };
export type Invoice = { number: string; customer: string; items: Item[] };

const TEXT_WIDTH = 28;
const AMOUNT_WIDTH = 14;

export function total(invoice: Invoice): number {
  return invoice.items.reduce((sum, item) => sum + item.cents, 0);
}

export function renderInvoice(invoice: Invoice): string {
  return [
    `Invoice ${invoice.number}`,
    invoice.customer,
    '',
    ...invoice.items.map((item) => line(item.text, item.cents)),
    '-'.repeat(TEXT_WIDTH + AMOUNT_WIDTH),
    line('Total', total(invoice)),
  ].join('\n');
}

function line(text: string, cents: number): string {
  const short = text.length > TEXT_WIDTH ? `${text.slice(0, TEXT_WIDTH - 1)}…` : text;
  return short.padEnd(TEXT_WIDTH) + printedAmount(cents).padStart(AMOUNT_WIDTH);
}

/** For people only: the bank and the fingerprints need formatAmount as it is. */
function printedAmount(cents: number): string {
  const text = formatAmount(Math.abs(cents)).replace(/\B(?=(\d{3})+\.)/g, ',');
  return cents < 0 ? `(${text})` : text;
}
