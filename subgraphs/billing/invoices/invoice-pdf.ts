import { dirname, join } from 'node:path';
import type { Content, TableCell } from 'pdfmake';
import { formatAmount, formatMicros, parseRate } from '#platform/money';
import { addressOf, type InvoiceSnapshot, type LineSnapshot, type PartySnapshot } from './invoice-snapshot.ts';

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

/** The invoice's document as bytes of a PDF: the same bytes for the same snapshot. */
export function renderInvoicePdf(snapshot: InvoiceSnapshot): Promise<Buffer> {
  const title = `Invoice ${snapshot.number}`;
  return pdfMake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [45, 50, 45, 55],
      defaultStyle: { font: 'DejaVu', fontSize: 9, lineHeight: 1.25 },
      language: 'en',
      tagged: true,
      displayTitle: true,
      version: '1.7',
      info: { title, author: snapshot.supplier.name, creationDate: new Date(snapshot.createdAt) },
      content: [heading(snapshot), parties(snapshot), lineTable(snapshot), totals(snapshot), payment(snapshot)],
      footer: (page: number, pages: number) => ({
        columns: [title, { text: `Page ${page} of ${pages}`, alignment: 'right' }],
        margin: [45, 20],
        fontSize: 8,
        color: GREY,
      }),
    })
    .getBuffer();
}

function heading({ number, createdOn }: InvoiceSnapshot): Content {
  return {
    columns: [
      { text: `Invoice ${number}`, fontSize: 18, bold: true },
      { text: `Date: ${createdOn}`, alignment: 'right', margin: [0, 8, 0, 0] },
    ],
    margin: [0, 0, 0, 20],
  };
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
  const head = ['Description', 'Unit', 'Quantity', 'Unit price', `Tax ${percent(taxRate)}`, `Net, ${currency}`];
  return {
    table: {
      headerRows: 1,
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
    formatAmount(line.taxMicros, currency),
    formatAmount(line.netMicros, currency),
  ];
  return [line.description, line.unit, ...figures.map((text): TableCell => ({ text, alignment: 'right' }))];
}

function totals(snapshot: InvoiceSnapshot): Content {
  const { currency, netMicros, taxMicros, roundingMicros, amountMicros, taxRate } = snapshot;
  const rows: [label: string, micros: string][] = [
    ['Net', netMicros],
    [`Tax ${percent(taxRate)}`, taxMicros],
    ...(roundingMicros === '0' ? [] : [['Rounding', roundingMicros] as [string, string]]),
    ['Amount to pay', amountMicros],
  ];
  const body = rows.map(([label, micros], index): TableCell[] => {
    const bold = index === rows.length - 1;
    return [
      { text: label, bold },
      { text: `${formatAmount(micros, currency)} ${currency}`, bold, alignment: 'right' },
    ];
  });
  return {
    columns: [
      { text: '', width: '*' },
      { width: 'auto', table: { body }, layout: 'noBorders' },
    ],
  };
}

function payment({ supplier, number }: InvoiceSnapshot): Content {
  const account = [supplier.bankName, supplier.bankAccount].filter((text) => text !== null).join(', ');
  return { text: `Please pay to ${account}, naming ${number}.`, margin: [0, 24, 0, 0] };
}

/** '20 %' of '0.2'. */
function percent(rate: string): string {
  return `${formatMicros(parseRate(rate) * 100n)} %`;
}
