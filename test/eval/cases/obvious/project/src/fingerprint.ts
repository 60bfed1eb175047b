import { type Invoice, total } from './invoice.ts';
import { formatAmount } from './money.ts';

export function fingerprint(invoice: Invoice): string {
  return [invoice.customer.toLowerCase().trim(), invoice.items.length, formatAmount(total(invoice))].join('|');
}
