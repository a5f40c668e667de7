import type { Cell, Cells } from '../workbook/cell.ts';
import type { Pages } from '../workbook/row-source.ts';
import type { Column } from '../workbook/sheet-xml.ts';

export type { Cell, Cells, Column, Pages };

/** One table of a report: a sheet of a workbook, or rows of a CSV file. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Read from the graph while they are taken. */
  readonly pages: Pages;
  /** Lines below the rows; they are there once the last row was taken. */
  totals(): readonly Cells[];
}

export const text = (value: string | null | undefined): Cell | null => (value ? { kind: 'text', text: value } : null);
export const count = (value: number | null | undefined): Cell | null =>
  value == null ? null : { kind: 'count', value };
export const money = (value: { amount: string } | null | undefined): Cell | null => {
  return value ? { kind: 'money', amount: value.amount } : null;
};
export const moment = (at: string | null | undefined): Cell | null => (at ? { kind: 'moment', at } : null);
