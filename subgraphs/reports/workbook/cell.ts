import { escapeText } from './escape-text.ts';

/** What stands in a cell: text stays text whatever it begins with, numbers are exact decimals as digits. */
export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'money'; readonly amount: string }
  /** A date of the calendar, 2026-11-22. */
  | { readonly kind: 'date'; readonly day: string }
  /** A moment as the clocks of a zone show it: 2026-11-22T10:00:00.000+03:00. */
  | { readonly kind: 'moment'; readonly at: string };

/** How rows look: `strong` is for headers and totals. */
export type Emphasis = 'plain' | 'strong';

/** Number of a cell's format in the list of formats that styles.ts writes. */
export const FORMATS = ['text', 'count', 'money', 'date', 'moment'] as const;

/** Letters of a column, counted from 0: A, B, ..., Z, AA. */
export function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (column % 26));
}

/** A row of a sheet; `row` counts from 1. Cells that are null are left out. */
export function rowXml(cells: readonly (Cell | null)[], row: number, emphasis: Emphasis): string {
  const inside = cells.map((cell, column) => (cell ? cellXml(cell, `${columnName(column)}${row}`, emphasis) : ''));
  return `<row r="${row}">${inside.join('')}</row>`;
}

function cellXml(cell: Cell, reference: string, emphasis: Emphasis): string {
  const style = FORMATS.indexOf(cell.kind) + (emphasis === 'strong' ? FORMATS.length : 0);
  const start = `<c r="${reference}" s="${style}"`;
  if (cell.kind === 'text') {
    return `${start} t="inlineStr"><is><t xml:space="preserve">${escapeText(cell.text)}</t></is></c>`;
  }
  return `${start}><v>${numberOf(cell)}</v></c>`;
}

function numberOf(cell: Exclude<Cell, { kind: 'text' }>): string {
  switch (cell.kind) {
    case 'count':
      return String(cell.value);
    case 'money':
      return cell.amount;
    case 'date':
      return String(serial(`${cell.day}T00:00:00Z`));
    case 'moment':
      // The offset is cut off: the cell shows the clocks of the zone.
      return String(serial(`${cell.at.slice(0, 23)}Z`));
  }
}

const DAY_MS = 86_400_000;
/** Days from 30 December 1899 to 1 January 1970: spreadsheets count days from there. */
const EPOCH_DAYS = 25_569;

function serial(localTime: string): number {
  return Date.parse(localTime) / DAY_MS + EPOCH_DAYS;
}
