import type { Cells } from './cell.ts';
import { packageParts } from './package-parts.ts';
import { type Pages, RowSource } from './row-source.ts';
import { type Column, coverXml, sheetXml, type WrittenSheet } from './sheet-xml.ts';
import type { ValueFormats } from './styles.ts';
import { type ZipEntry, zip } from './zip.ts';

export interface Sheet {
  /** At most 25 characters, none of []:*?/\ ; further sheets get a number after it. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** What stands below the header. */
  readonly pages: Pages;
  /** What stands below the rows; asked for once they are written. */
  totals?(): readonly Cells[];
}

export interface Workbook {
  readonly sheets: readonly Sheet[];
  /** The first sheet, of labels and what they stand for; its rows are asked for once all others are written. */
  readonly cover?: {
    readonly name: string;
    readonly columns: readonly Column[];
    rows(written: readonly WrittenSheet[]): readonly Cells[];
  };
  readonly formats: ValueFormats;
  /** Most rows of one sheet without header and totals; default 1,000,000, below the 1,048,576 that spreadsheets take. */
  readonly rowsPerSheet?: number;
}

const ROWS_PER_SHEET = 1_000_000;

/**
 * A workbook in Office Open XML (ECMA-376) as a stream of bytes: equal content gives equal bytes, and memory does not grow
 * with the rows. Rows beyond what a sheet takes go on in a further one.
 */
export function writeWorkbook(workbook: Workbook): AsyncGenerator<Buffer> {
  return zip(parts(workbook));
}

async function* parts(workbook: Workbook): AsyncGenerator<ZipEntry> {
  const written: WrittenSheet[] = [];
  for (const sheet of workbook.sheets) yield* sheetParts(sheet, workbook.rowsPerSheet ?? ROWS_PER_SHEET, written);
  const { cover } = workbook;
  if (cover) {
    yield { name: part(written.length + 1), text: [coverXml(cover.columns, cover.rows(written))] };
  }
  const names = written.map(({ name }) => name);
  yield* packageParts(names, cover?.name, workbook.formats);
}

/** The rows of one sheet in as many as they need; one at least. */
async function* sheetParts(sheet: Sheet, limit: number, written: WrittenSheet[]): AsyncGenerator<ZipEntry> {
  const source = new RowSource(sheet.pages);
  try {
    for (let number = 1; number === 1 || (await source.hasMore()); number++) {
      const next: WrittenSheet = { name: number === 1 ? sheet.name : `${sheet.name} ${number}`, rows: 0 };
      written.push(next);
      const totals = () => sheet.totals?.() ?? [];
      yield { name: part(written.length), text: sheetXml(sheet.columns, source, limit, next, totals) };
    }
  } finally {
    await source.close();
  }
}

const part = (number: number) => `xl/worksheets/sheet${number}.xml`;
