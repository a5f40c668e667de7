import { type Cell, type Cells, columnName, type RowLook, rowXml } from './cell.ts';
import type { RowSource } from './row-source.ts';

export interface Column {
  readonly header: string;
  /** In characters. */
  readonly width: number;
}

const CHUNK_CHARACTERS = 16_384;
const LINE_POINTS = 15;
const PLAIN: RowLook = { emphasis: 'plain' };
const TOTAL: RowLook = { emphasis: 'total' };
/** Headers have two lines: they name units and zones. */
const HEADER: RowLook = { emphasis: 'header', height: 2 * LINE_POINTS };
export const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** What became of a sheet. */
export interface WrittenSheet {
  readonly name: string;
  /** Without the header and the totals. */
  rows: number;
}

/**
 * One sheet with the next rows of a source, at most `limit`: the header stays in sight and filters, the totals stand below,
 * outside of the filter. `written.rows` becomes how many it holds.
 */
export async function* sheetXml(
  columns: readonly Column[],
  source: RowSource,
  limit: number,
  written: WrittenSheet,
  totals: () => readonly Cells[],
): AsyncGenerator<string> {
  const header = columns.map(({ header: text }): Cell => ({ kind: 'text', text }));
  let text = `${frozenHead(columns)}${rowXml(header, 1, HEADER)}`;
  for (;;) {
    const rows = await source.take(limit - written.rows);
    if (rows.length === 0) break;
    for (const cells of rows) {
      written.rows++;
      text += rowXml(cells, written.rows + 1, PLAIN);
      if (text.length > CHUNK_CHARACTERS) {
        yield text;
        text = '';
      }
    }
  }
  const last = written.rows + 1;
  const below = (await source.hasMore()) ? [] : totals();
  text += below.map((cells, index) => rowXml(cells, last + 1 + index, TOTAL)).join('');
  const filter = `<autoFilter ref="A1:${columnName(columns.length - 1)}${last}"/>`;
  yield `${text}</sheetData>${filter}${PRINTED}</worksheet>`;
}

/** A sheet of labels and what they stand for. */
export function coverXml(columns: readonly Column[], rows: readonly Cells[]): string {
  const lines = rows.map((cells, index) => {
    const height = LINE_POINTS * Math.max(...cells.map((cell, column) => linesOf(cell, columns[column]?.width ?? 1)));
    return rowXml(cells, index + 1, { emphasis: 'value', first: 'label', height });
  });
  return `${sheetHead('', columns)}${lines.join('')}</sheetData>${PRINTED}</worksheet>`;
}

/** Lines that a note takes in a column of so many characters: readers do not make room for it by themselves. */
function linesOf(cell: Cell | null, width: number): number {
  return cell?.kind === 'note' ? Math.ceil((cell.text.length + 1) / (width * 0.9)) : 1;
}

/** Printed as wide as the paper, however long. */
const PRINTED =
  '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.2" footer="0.2"/>' +
  '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';

function frozenHead(columns: readonly Column[]): string {
  return sheetHead('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>', columns);
}

function sheetHead(pane: string, columns: readonly Column[]): string {
  const widths = columns.map(({ width }, index) => {
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<cols>${widths.join('')}</cols><sheetData>`
  );
}
