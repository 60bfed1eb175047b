import { type Invoice, total } from './invoice.ts';
import { formatAmount } from './money.ts';

export function toBankFile(invoices: Invoice[]): string {
  return invoices
    .map((invoice) => `${invoice.number},${invoice.customer.replaceAll(',', ' ')},${formatAmount(total(invoice))}\n`)
    .join('');
}
