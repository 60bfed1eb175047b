export { toBankFile } from './bank.ts';
export { fingerprint } from './fingerprint.ts';
export { renderInvoice, total } from './invoice.ts';
export type { Invoice, Item } from './invoice.ts';
export { formatAmount } from './money.ts';
