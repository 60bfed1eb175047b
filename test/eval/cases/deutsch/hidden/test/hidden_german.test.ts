import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileName, sortMembers } from '../src/names.ts';
import { renderReceipt } from '../src/receipt.ts';

const german = (): Promise<any> => import('../src/german.ts');

test('formatEuro writes dots, a comma and a no-break space', async () => {
  const { formatEuro } = await german();
  assert.equal(formatEuro(123_450), '1.234,50\u00a0€');
  assert.equal(formatEuro(123_456_789), '1.234.567,89\u00a0€');
  assert.equal(formatEuro(99_900), '999,00\u00a0€');
  assert.equal(formatEuro(5), '0,05\u00a0€');
  assert.equal(formatEuro(0), '0,00\u00a0€');
});

test('parseEuro reads what formatEuro writes', async () => {
  const { formatEuro, parseEuro } = await german();
  for (const cents of [0, 5, 1250, 99_900, 123_450, 123_456_789]) assert.equal(parseEuro(formatEuro(cents)), cents);
});

test('parseEuro takes shorter ways of writing', async () => {
  const { parseEuro } = await german();
  assert.equal(parseEuro('1234,50'), 123_450);
  assert.equal(parseEuro('12,50 €'), 1250);
  assert.equal(parseEuro('12 €'), 1200);
  assert.equal(parseEuro('12'), 1200);
});

test('[trap] parseEuro takes a dot as a separator of thousands', async () => {
  const { parseEuro } = await german();
  assert.equal(parseEuro('1.234'), 123_400);
  for (const text of ['1.23', '12.50', '1.2345', '12.34,50', '.123']) assert.throws(() => parseEuro(text), RangeError, text);
});

test('parseEuro refuses everything else', async () => {
  const { parseEuro } = await german();
  for (const text of ['', '€', 'zwölf', '12,5', '12,505', '1,234.50', '12,50 $', '1e3']) {
    assert.throws(() => parseEuro(text), RangeError, text);
  }
});

test('[trap] parseEuro is exact to the cent', async () => {
  const { parseEuro } = await german();
  assert.equal(parseEuro('0,29'), 29);
  assert.equal(parseEuro('1,15'), 115);
  assert.equal(parseEuro('4.035,57'), 403_557);
  assert.equal(parseEuro('70.368.744.177,67'), 7_036_874_417_767);
});

test('formatDate writes the month as a word and the day without a zero', async () => {
  const { formatDate } = await german();
  assert.equal(formatDate('2025-03-09'), '9. März 2025');
  assert.equal(formatDate('2024-12-31'), '31. Dezember 2024');
});

test('[trap] formatDate gives the same day in every time zone', async () => {
  const { formatDate } = await german();
  const before = process.env.TZ;
  try {
    for (const zone of ['America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/Berlin']) {
      process.env.TZ = zone;
      assert.equal(formatDate('2025-03-01'), '1. März 2025');
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

test('renderReceipt shows date and amount in German', () => {
  assert.equal(
    renderReceipt({ number: 12, member: 'Jana Groß', day: '2025-03-09', cents: 123_450 }),
    'Quittung Nr. 12\nMitglied: Jana Groß\nDatum: 9. März 2025\nBetrag: 1.234,50\u00a0€',
  );
});

test('fileName spells out umlauts and ß', () => {
  assert.equal(fileName('Jürgen Weiß'), 'juergen-weiss');
  assert.equal(fileName('Ärzte-Öl Übung'), 'aerzte-oel-uebung');
});

test('[trap] fileName spells out umlauts of two characters', () => {
  assert.equal(fileName('Ju\u0308rgen'), 'juergen');
  assert.equal(fileName('A\u0308rzte'), 'aerzte');
});

test('fileName leaves the rest as it was', () => {
  assert.equal(fileName('  Dr. Otto  Hahn (2)'), 'dr-otto-hahn-2');
  assert.equal(fileName('René'), 'ren');
});

test('sortMembers sorts as in a dictionary', () => {
  assert.deepEqual(sortMembers(['Zorn', 'Ärmel', 'Apfel', 'Öl', 'Otto', 'Arnold']), ['Apfel', 'Ärmel', 'Arnold', 'Öl', 'Otto', 'Zorn']);
  assert.deepEqual(sortMembers(['Maste', 'Maßa', 'Massb']), ['Maßa', 'Massb', 'Maste']);
});

test('sortMembers leaves its list alone', () => {
  const names = ['Otto', 'Änne'];
  sortMembers(names);
  assert.deepEqual(names, ['Otto', 'Änne']);
});

test('[edit] amounts below zero have a real minus', async () => {
  const { formatEuro, parseEuro } = await german();
  assert.equal(formatEuro(-1250), '\u221212,50\u00a0€');
  assert.equal(formatEuro(-5), '\u22120,05\u00a0€');
  assert.equal(parseEuro('\u22121.234,50\u00a0€'), -123_450);
  assert.equal(parseEuro('-12,50'), -1250);
});
