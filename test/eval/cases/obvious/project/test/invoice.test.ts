import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprint, formatAmount, renderInvoice, toBankFile } from '../src/index.ts';

const invoice = {
  number: '2025-014',
  customer: 'Harbour Choir',
  items: [
    { text: 'Hall, two evenings', cents: 24_000 },
    { text: 'Piano', cents: 4_550 },
  ],
};

test('amounts', () => {
  assert.equal(formatAmount(0), '0.00');
  assert.equal(formatAmount(5), '0.05');
  assert.equal(formatAmount(-1250), '-12.50');
  assert.throws(() => formatAmount(1.5), RangeError);
});

test('the printed invoice', () => {
  assert.equal(
    renderInvoice(invoice),
    [
      'Invoice 2025-014',
      'Harbour Choir',
      '',
      'Hall, two evenings                  240.00',
      'Piano                                45.50',
      '------------------------------------------',
      'Total                               285.50',
    ].join('\n'),
  );
});

test('a long text is cut', () => {
  const [, , , line] = renderInvoice({ ...invoice, items: [{ text: 'x'.repeat(40), cents: 100 }] }).split('\n');
  assert.equal(line, `${'x'.repeat(27)}…          1.00`);
});

test('the file for the bank', () => {
  assert.equal(toBankFile([invoice]), '2025-014,Harbour Choir,285.50\n');
});

test('the fingerprint', () => {
  assert.equal(fingerprint(invoice), 'harbour choir|2|285.50');
});
