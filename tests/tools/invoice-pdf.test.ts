import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monthly, revised, topUp } from '../../subgraphs/billing/documents/documents.test-support.ts';
import { renderInvoicePdf } from '../../subgraphs/billing/documents/invoice-pdf.ts';
import type { InvoiceSnapshot } from '../../subgraphs/billing/invoices/invoice-snapshot.ts';

// Reads documents with pdftotext of poppler-utils, as a reader would find them.
const directory = mkdtempSync(join(tmpdir(), 'statistics-pdf-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** The pages of a document as text, blanks drawn together. */
async function pagesOf(snapshot: InvoiceSnapshot): Promise<string[][]> {
  const path = join(directory, 'invoice.pdf');
  writeFileSync(path, await renderInvoicePdf(snapshot));
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  const pages = text.split('\f').slice(0, -1);
  return pages.map((page) =>
    page
      .split('\n')
      .map((line) => line.trim().replace(/[ \u00a0]+/g, ' '))
      .filter((line) => line !== ''),
  );
}

test('[INV-09] a month’s document has number, dates, both parties, a line for each service, and totals', async () => {
  const [page = [], ...others] = await pagesOf(monthly());
  expect(others).toEqual([]);
  expect(page).toEqual([
    'Invoice M-2026-000007 Date of invoice: 2026-03-15',
    'Period: 2026-02-01 to 2026-02-28',
    'Supplier Buyer',
    'Example Communications Ltd ООО «Ромашка & Ко» <Москва>',
    '1 Example Street, LV-1010 Riga, LV ул. Ленина, 1, 101000 Москва, RU',
    'Tax number: LV40003000000 Tax number: 7701234567',
    'Bank: Example Bank Bank: Банк',
    'Account: LV00EXAM0000000000000 Account: 40702810000000000001',
    'Description Unit Quantity Unit price Net, EUR Tax 20 %',
    'SMS messages part 12 345 0.035 432.08 86.42',
    'Viber messages message 800 0.025 20.00 4.00',
    'Chat messages message 3 0.01 0.03 0.00',
    'Answered calls minute 17.05 0.100293 1.71 0.34',
    'Push notifications message 1 0 0.00 0.00',
    'Net 453.82 EUR',
    'Tax 20 % 90.76 EUR',
    'Amount to pay 544.58 EUR',
    'Please pay to Example Bank, LV00EXAM0000000000000, naming M-2026-000007.',
    'Invoice M-2026-000007 Page 1 of 1',
  ]);
});

test('[TOP-05] what rounding leaves over stands among the totals', async () => {
  const [page = []] = await pagesOf(topUp(30_000n));
  expect(page.slice(-6)).toEqual([
    'Net 0.03 EUR',
    'Tax 20 % 0.01 EUR',
    'Rounding -0.01 EUR',
    'Amount to pay 0.03 EUR',
    'Please pay to Example Bank, LV00EXAM0000000000000, naming T-2026-000001.',
    'Invoice T-2026-000001 Page 1 of 1',
  ]);
});

test('[REV-01] [REV-05] [REV-06] a revision says that it is one, why, what its author says, and what is paid already', async () => {
  const [page = []] = await pagesOf(revised(monthly(), 1_500_000_000n, 120_000_000n));
  expect(page).toEqual(
    expect.arrayContaining([
      'Revision 2 Revised: 2026-03-20',
      'Часть месяца оплачена раньше; согласовано с бухгалтерией.',
      'See our letter of 18 March.',
      'Adjustment adjustment 1 796.18 796.18 159.23',
      'Amount 1 500.00 EUR',
      'Paid already -120.00 EUR',
      'Amount to pay 1 380.00 EUR',
      'Invoice M-2026-000007, revision 2 Page 1 of 1',
    ]),
  );
  const settled = await pagesOf(revised(topUp(100_000_000n), 0n));
  expect(settled[0]).toEqual(expect.arrayContaining(['Amount to pay 0.00 EUR', 'Nothing is to be paid.']));
});

test('[INV-09] a long document breaks between lines, and each page has its head and its number', async () => {
  const invoice = monthly();
  const lines = Array.from({ length: 90 }, (_, index) => ({ ...invoice.lines[0], description: `Line ${index + 1}` }));
  const pages = await pagesOf({ ...invoice, lines: lines as InvoiceSnapshot['lines'] });
  expect(pages).toHaveLength(3);
  for (const [index, page] of pages.entries()) {
    expect(page.filter((line) => line.startsWith('Description Unit'))).toHaveLength(1);
    expect(page.at(-1)).toBe(`Invoice M-2026-000007 Page ${index + 1} of 3`);
  }
  const shown = pages.flat().filter((line) => /^Line \d+ part 12 345 0\.035 432\.08 86\.42$/.test(line));
  expect(shown).toHaveLength(90);
  expect(pages[2]).toEqual(expect.arrayContaining(['Amount to pay 544.58 EUR']));
});
