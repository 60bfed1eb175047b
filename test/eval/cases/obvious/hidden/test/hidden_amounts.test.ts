import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprint, formatAmount, renderInvoice, toBankFile } from '../src/index.ts';

function invoice(...amounts: number[]) {
  return { number: '7', customer: 'Ada', items: amounts.map((cents) => ({ text: 'Item', cents })) };
}

function lines(...amounts: number[]): string[] {
  return renderInvoice(invoice(...amounts)).split('\n');
}

const shown = (line: string) => line.slice('Item'.length).trim();

test('an item of a thousand has a comma', () => {
  assert.equal(shown(lines(123_450)[3]), '1,234.50');
  assert.equal(shown(lines(100_000)[3]), '1,000.00');
});

test('an item of a million has two commas', () => {
  assert.equal(shown(lines(123_456_700)[3]), '1,234,567.00');
});

test('the total has commas, too', () => {
  assert.match(lines(99_999, 1).at(-1) ?? '', /^Total +1,000\.00$/);
});

test('amounts below a thousand stay as they are', () => {
  assert.equal(shown(lines(99_999)[3]), '999.99');
  assert.equal(shown(lines(5)[3]), '0.05');
});

test('all amounts end in the same column', () => {
  const [, , , one, two, three, rule, sum] = lines(5, 123_450, 123_456_700);
  for (const line of [one, two, three, sum]) assert.equal(line.length, rule.length);
  assert.equal(two, 'Item                              1,234.50');
});

test('digits in the text of an item stay as they are', () => {
  const text = renderInvoice({ number: '20250014', customer: 'Ada 123456', items: [{ text: 'Part 1234567', cents: 100 }] });
  assert.ok(text.includes('Invoice 20250014\nAda 123456\n'));
  assert.ok(text.includes('Part 1234567 '));
});

test('[trap] the file for the bank has no commas in amounts', () => {
  assert.equal(toBankFile([invoice(123_456_700)]), '7,Ada,1234567.00\n');
});

test('[trap] fingerprints of large invoices stay the same', () => {
  assert.equal(fingerprint(invoice(123_450, 0)), 'ada|2|1234.50');
});

test('[trap] formatAmount stays the same for other programs', () => {
  assert.equal(formatAmount(123_456_700), '1234567.00');
  assert.equal(formatAmount(-123_450), '-1234.50');
});

test('[edit] an amount below zero is in parentheses', () => {
  assert.equal(shown(lines(-5)[3]), '(0.05)');
  assert.equal(shown(lines(-123_450)[3]), '(1,234.50)');
  assert.match(lines(-123_450).at(-1) ?? '', /^Total +\(1,234\.50\)$/);
});

test('[trap] a credit has a minus in the file for the bank and in the fingerprint', () => {
  assert.equal(toBankFile([invoice(-123_450)]), '7,Ada,-1234.50\n');
  assert.equal(fingerprint(invoice(-123_450)), 'ada|1|-1234.50');
});
