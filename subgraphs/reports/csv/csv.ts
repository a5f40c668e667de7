import type { Cell, Cells } from '../workbook/cell.ts';
import type { Pages } from '../workbook/row-source.ts';

export interface CsvTable {
  readonly name: string;
  readonly columns: readonly { readonly header: string }[];
  readonly pages: Pages;
}

export interface CsvFormat {
  readonly delimiter: string;
  readonly decimalPoint: string;
  /** 'yyyy-mm-dd' or 'dd.mm.yyyy'. */
  readonly dateOrder: string;
  /** Header of the first column where there are several tables: it says of which one a row is. */
  readonly tableHeader: string;
}

const BYTE_ORDER_MARK = '\ufeff';
const END_OF_LINE = '\r\n';
/** What spreadsheets take for the beginning of a formula, wide forms included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * Tables as one CSV file (RFC 4180, UTF-8 with a byte order mark): a header and the rows, no totals, so that columns can be
 * added up. Several tables share the columns of equal headers. Text that looks like a formula gets an apostrophe before it.
 */
export async function* writeCsv(tables: readonly CsvTable[], format: CsvFormat): AsyncGenerator<Buffer> {
  const own = tables.map(({ columns }) => columns.map(({ header }) => header));
  const headers = [...new Set(own.flat())];
  const isJoined = tables.length > 1;
  const line = (cells: Cells) =>
    cells.map((cell) => (cell ? fieldOf(cell, format) : '')).join(format.delimiter) + END_OF_LINE;
  const texts = (isJoined ? [format.tableHeader, ...headers] : headers).map((text): Cell => ({ kind: 'text', text }));
  yield Buffer.from(BYTE_ORDER_MARK + line(texts));
  for (const [index, { name, pages }] of tables.entries()) {
    const places = headers.map((header) => own[index]?.indexOf(header) ?? -1);
    const first: Cell = { kind: 'text', text: name };
    const placed = (cells: Cells): Cells => [first, ...places.map((place) => cells[place] ?? null)];
    for await (const page of pages) {
      if (page.length > 0) yield Buffer.from(page.map((cells) => line(isJoined ? placed(cells) : cells)).join(''));
    }
  }
}

function fieldOf(cell: Cell, { delimiter, decimalPoint, dateOrder }: CsvFormat): string {
  switch (cell.kind) {
    case 'count':
      return String(cell.value);
    case 'money':
      return quoted(cell.amount.replace('.', decimalPoint), delimiter);
    case 'date':
      return dateOf(cell.day, dateOrder);
    case 'moment':
      return `${dateOf(cell.at.slice(0, 10), dateOrder)} ${cell.at.slice(11, 19)}`;
    default:
      return quoted(FORMULA.test(cell.text) ? `'${cell.text}` : cell.text, delimiter);
  }
}

function dateOf(day: string, order: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return order.replace('yyyy', year).replace('mm', month).replace('dd', date);
}

function quoted(text: string, delimiter: string): string {
  if (!text.includes(delimiter) && !/["\r\n]/.test(text) && text === text.trim()) return text;
  return `"${text.replaceAll('"', '""')}"`;
}
