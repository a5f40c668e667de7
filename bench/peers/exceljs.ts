import { setImmediate } from 'node:timers/promises';
import { stream } from 'exceljs';
import type { Cell } from '../../subgraphs/reports/workbook/cell.ts';
import { REPORT_COLUMNS, REPORT_FORMATS, reportPages } from '../reports/report-rows.ts';

/** Formats of the columns of moments and of the price. */
const FORMATS: Readonly<Record<number, string>> = {
  3: REPORT_FORMATS.moment,
  4: REPORT_FORMATS.moment,
  6: REPORT_FORMATS.money,
};

/**
 * The same sheet by exceljs's streaming writer, with inline strings and rows committed as they come. It has no way to feel
 * back-pressure; between pages it is given time to write.
 */
export async function writeWithExceljs(filename: string, rows: number): Promise<void> {
  const workbook = new stream.xlsx.WorkbookWriter({ filename, useStyles: true, useSharedStrings: false });
  const sheet = workbook.addWorksheet('Sheet');
  sheet.columns = REPORT_COLUMNS.map(({ header, width }, index) => {
    const numFmt = FORMATS[index];
    return { header, width, ...(numFmt && { style: { numFmt } }) };
  });
  for (const page of reportPages(rows)) {
    for (const cells of page) sheet.addRow(cells.map(plainOf)).commit();
    await setImmediate();
  }
  await workbook.commit();
}

function plainOf(cell: Cell | null): string | number | Date | null {
  if (!cell) return null;
  switch (cell.kind) {
    case 'count':
      return cell.value;
    case 'money':
      return Number(cell.amount);
    case 'date':
      return new Date(cell.day);
    case 'moment':
      return new Date(cell.at);
    default:
      return cell.text;
  }
}
