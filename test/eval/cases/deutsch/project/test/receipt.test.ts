import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderReceipt } from '../src/receipt.ts';

test('eine Quittung', () => {
  assert.equal(
    renderReceipt({ number: 12, member: 'Jana Groß', day: '2025-03-09', cents: 1250 }),
    'Quittung Nr. 12\nMitglied: Jana Groß\nDatum: 2025-03-09\nBetrag: 12.50 EUR',
  );
});
