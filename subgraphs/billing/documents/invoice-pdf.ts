import { dirname, join } from 'node:path';
import type { Content, TableCell } from 'pdfmake';
import { formatAmount, formatMicros, parseRate } from '#platform/money';
import {
  addressOf,
  type InvoiceSnapshot,
  type LineSnapshot,
  type PartySnapshot,
  type RevisionReason,
} from '../invoices/invoice-snapshot.ts';

const FONTS = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
// The package's module is an object with methods, which an import of its names would lose.
const pdfMake = require('pdfmake') as typeof import('pdfmake');

pdfMake.setFonts({
  DejaVu: { normal: join(FONTS, 'DejaVuSans.ttf'), bold: join(FONTS, 'DejaVuSans-Bold.ttf') },
});
// Texts of companies stand in the document: nothing but the fonts is read on its behalf.
pdfMake.setUrlAccessPolicy(() => false);
pdfMake.setLocalAccessPolicy((path) => path.startsWith(FONTS));

const GREY = '#555555';
const MARK = '#a33a00';
/** As wide as the longest of the dates in one line. */
const DATES_WIDTH = 190;

const REASONS: Readonly<Record<RevisionReason, string>> = {
  COST_CHANGE: 'the cost has changed',
  PREPAYMENT: 'a part was paid before the invoice',
  OTHER: 'other',
};

/** The invoice's document as bytes of a PDF: the same bytes for the same snapshot. */
export function renderInvoicePdf(snapshot: InvoiceSnapshot): Promise<Buffer> {
  const { number, revision, createdAt, supplier } = snapshot;
  const title = revision ? `Invoice ${number}, revision ${revision.number}` : `Invoice ${number}`;
  return pdfMake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [45, 50, 45, 60],
      defaultStyle: { font: 'DejaVu', fontSize: 9, lineHeight: 1.25 },
      language: 'en',
      tagged: true,
      displayTitle: true,
      version: '1.7',
      info: { title, author: supplier.name, creationDate: new Date(revision?.revisedAt ?? createdAt) },
      content: [heading(snapshot), parties(snapshot), lineTable(snapshot), closing(snapshot)],
      footer: (page: number, pages: number) => ({
        columns: [title, { text: `Page ${page} of ${pages}`, alignment: 'right' }],
        margin: [45, 24],
        fontSize: 8,
        color: GREY,
      }),
    })
    .getBuffer();
}

function heading({ number, createdOn, period, revision }: InvoiceSnapshot): Content {
  const dates = [
    `Date of invoice: ${createdOn}`,
    ...(period ? [`Period: ${period.start} to ${period.end}`] : []),
    ...(revision ? [`Revised: ${revision.revisedOn}`] : []),
  ];
  return {
    columns: [
      {
        width: '*',
        stack: [{ text: `Invoice ${number}`, fontSize: 18, bold: true }, ...(revision ? [revisionMark(revision)] : [])],
      },
      { width: DATES_WIDTH, stack: dates.map((text) => ({ text, alignment: 'right' as const })), margin: [0, 5, 0, 0] },
    ],
    margin: [0, 0, 0, 20],
  };
}

/** Says at once that this document is not the one that was issued. */
function revisionMark({ number, reason, comment }: NonNullable<InvoiceSnapshot['revision']>): Content {
  return [
    { text: `Revision ${number}`, fontSize: 12, bold: true, color: MARK, margin: [0, 2, 0, 2] },
    { text: `Takes the place of every earlier document of this number. Reason: ${REASONS[reason]}.`, color: GREY },
    ...(comment === null ? [] : [{ text: comment, margin: [0, 3, 0, 0] as [number, number, number, number] }]),
  ];
}

function parties({ supplier, buyer }: InvoiceSnapshot): Content {
  return { columns: [party('Supplier', supplier), party('Buyer', buyer)], columnGap: 24, margin: [0, 0, 0, 20] };
}

function party(title: string, { name, taxId, ...rest }: PartySnapshot): Content {
  const texts = [addressOf({ name, taxId, ...rest }), labelled('Tax number', taxId)];
  const bank = [labelled('Bank', rest.bankName), labelled('Account', rest.bankAccount)];
  const details = [...texts, ...bank].filter((text) => text !== '').map((text) => ({ text }));
  return { stack: [{ text: title, color: GREY, fontSize: 8 }, { text: name, bold: true, fontSize: 10 }, ...details] };
}

function labelled(label: string, value: string | null): string {
  return value === null ? '' : `${label}: ${value}`;
}

function lineTable({ lines, currency, taxRate }: InvoiceSnapshot): Content {
  const head = ['Description', 'Unit', 'Quantity', 'Unit price', `Net, ${currency}`, `Tax ${percent(taxRate)}`];
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: ['*', 'auto', 'auto', 'auto', 'auto', 'auto'],
      body: [
        head.map((text, index): TableCell => ({ text, bold: true, alignment: index < 2 ? 'left' : 'right' })),
        ...lines.map((line) => lineCells(line, currency)),
      ],
    },
    layout: 'lightHorizontalLines',
    margin: [0, 0, 0, 12],
  };
}

function lineCells(line: LineSnapshot, currency: string): TableCell[] {
  const figures = [
    line.quantity,
    line.unitPrice,
    formatAmount(line.netMicros, currency),
    formatAmount(line.taxMicros, currency),
  ].map(grouped);
  return [line.description, line.unit, ...figures.map((text): TableCell => ({ text, alignment: 'right' }))];
}

/** Totals and how to pay, on one page together. */
function closing(snapshot: InvoiceSnapshot): Content {
  return { stack: [totals(snapshot), payment(snapshot)], unbreakable: true };
}

function totals(snapshot: InvoiceSnapshot): Content {
  const { currency } = snapshot;
  const rows = totalRows(snapshot);
  const body = rows.map(([label, micros], index): TableCell[] => {
    const bold = index === rows.length - 1;
    return [
      { text: label, bold },
      { text: `${grouped(formatAmount(micros, currency))} ${currency}`, bold, alignment: 'right' },
    ];
  });
  return {
    columns: [
      { text: '', width: '*' },
      { width: 'auto', table: { body }, layout: 'noBorders' },
    ],
  };
}

/** What is to be paid stands last. */
function totalRows(snapshot: InvoiceSnapshot): [label: string, micros: bigint | string][] {
  const { netMicros, taxMicros, roundingMicros, amountMicros, taxRate, revision } = snapshot;
  const rounding: [string, string][] = roundingMicros === '0' ? [] : [['Rounding', roundingMicros]];
  const parts: [string, string][] = [['Net', netMicros], [`Tax ${percent(taxRate)}`, taxMicros], ...rounding];
  if (!revision || revision.statedMicros === '0') return [...parts, ['Amount to pay', amountMicros]];
  return [
    ...parts,
    ['Amount', amountMicros],
    ['Paid already', `-${revision.statedMicros}`],
    ['Amount to pay', BigInt(amountMicros) - BigInt(revision.statedMicros)],
  ];
}

function payment({ supplier, number, amountMicros, revision }: InvoiceSnapshot): Content {
  const margin: [number, number, number, number] = [0, 24, 0, 0];
  const isSettled = BigInt(amountMicros) <= BigInt(revision?.statedMicros ?? 0);
  if (isSettled) return { text: 'Nothing is to be paid.', margin };
  const account = [supplier.bankName, supplier.bankAccount].filter((text) => text !== null).join(', ');
  return { text: `Please pay to ${account}, naming ${number}.`, margin };
}

/** A decimal with its digits in groups of three: 12 345.67, the blanks not to be broken at. */
function grouped(decimal: string): string {
  const [whole = '', ...decimals] = decimal.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0'), ...decimals].join('.');
}

/** '20 %' of '0.2'. */
function percent(rate: string): string {
  return `${formatMicros(parseRate(rate) * 100n)} %`;
}
