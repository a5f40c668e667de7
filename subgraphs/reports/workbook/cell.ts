import { escapeText } from './escape-text.ts';

/** What stands in a cell: text stays text whatever it begins with, numbers are exact decimals as digits. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  /** Text that may run over several lines. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'money'; readonly amount: string }
  /** A date of the calendar, 2026-11-22. */
  | { readonly kind: 'date'; readonly day: string }
  /** A moment as the clocks of a zone show it: 2026-11-22T10:00:00.000+03:00. */
  | { readonly kind: 'moment'; readonly at: string };

/** The cells of a row; null is an empty one. */
export type Cells = readonly (Cell | null)[];

/** How cells look; labels and what they stand for are those of a cover. The order is that of the styles in styles.ts. */
export const EMPHASES = ['plain', 'header', 'total', 'label', 'value'] as const;
export type Emphasis = (typeof EMPHASES)[number];

/** Kinds of cells, in the order of the formats in styles.ts. */
export const FORMATS = ['text', 'note', 'count', 'money', 'date', 'moment'] as const;

/** Letters of a column, counted from 0: A, B, ..., Z, AA. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (column % 26));
}

const NAMES = Array.from({ length: 100 }, (_, column) => columnName(column));

/** Heights are in points; the reader chooses one where there is none. */
export interface RowLook {
  readonly emphasis: Emphasis;
  /** Of the first cell, where it looks otherwise. */
  readonly first?: Emphasis;
  readonly height?: number;
}

/** A row of a sheet; `row` counts from 1. Cells that are null are left out where they would be plain. */
export function rowXml(cells: Cells, row: number, { emphasis, first = emphasis, height }: RowLook): string {
  let inside = '';
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column];
    if (!cell && emphasis === 'plain') continue;
    const reference = `${NAMES[column] ?? columnName(column)}${row}`;
    inside += cellXml(cell ?? null, reference, column === 0 ? first : emphasis);
  }
  return `<row r="${row}"${height ? ` ht="${height}" customHeight="1"` : ''}>${inside}</row>`;
}

function cellXml(cell: Cell | null, reference: string, emphasis: Emphasis): string {
  const style = (cell ? FORMATS.indexOf(cell.kind) : 0) + EMPHASES.indexOf(emphasis) * FORMATS.length;
  const start = `<c r="${reference}" s="${style}"`;
  if (!cell) return `${start}/>`;
  if (cell.kind === 'text' || cell.kind === 'note') {
    return `${start} t="inlineStr"><is><t xml:space="preserve">${escapeText(cell.text)}</t></is></c>`;
  }
  return `${start}><v>${numberOf(cell)}</v></c>`;
}

function numberOf(cell: Exclude<Cell, { kind: 'text' | 'note' }>): string {
  switch (cell.kind) {
    case 'count':
      return String(cell.value);
    case 'money':
      return cell.amount;
    case 'date':
      return serial(`${cell.day}T00:00:00Z`);
    case 'moment':
      // The offset is cut off: the cell shows the clocks of the zone.
      return serial(`${cell.at.slice(0, 23)}Z`);
  }
}

const DAY_MS = 86_400_000;
/** Days from 30 December 1899 to 1 January 1970: spreadsheets count days from there. */
const EPOCH_DAYS = 25_569;

/**
 * Days since the beginning of spreadsheets with 10 decimals, all that Excel keeps, rounded up by 9 to 18 microseconds, more than
 * a float of this size can be off: who cuts off what is below a millisecond sees the same millisecond as who rounds.
 */
function serial(localTime: string): string {
  const instant = Date.parse(localTime);
  const day = Math.floor(instant / DAY_MS);
  const ofDay = instant - day * DAY_MS;
  const days = String(day + EPOCH_DAYS);
  if (ofDay === 0) return days;
  const fraction = Math.ceil((ofDay / DAY_MS) * 1e10) + 1;
  return `${days}.${String(fraction).padStart(10, '0')}`;
}
