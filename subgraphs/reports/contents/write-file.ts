import { minorUnits } from '#platform/money';
import { writeCsv } from '../csv/csv.ts';
import type { ReportFormat, ReportLocale } from '../reports/report-fields.ts';
import { writeWorkbook } from '../workbook/workbook.ts';
import { type Contents, type ContentsOptions, Words } from './contents.ts';
import { cover } from './cover.ts';

export const CONTENT_TYPES: Readonly<Record<ReportFormat, string>> = {
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  CSV: 'text/csv; charset=utf-8',
};

/** What parts the values and the decimals of a CSV file: as the spreadsheets of a language expect it. */
const CSV_SIGNS: Readonly<Record<ReportLocale, { delimiter: string; decimalPoint: string }>> = {
  EN: { delimiter: ',', decimalPoint: '.' },
  RU: { delimiter: ';', decimalPoint: ',' },
};
/** A date in the order of a language. */
const DATES: Readonly<Record<ReportLocale, string>> = { EN: 'yyyy-mm-dd', RU: 'dd.mm.yyyy' };
/** Decimals of prices of events. */
const DECIMALS = 6;

/** The bytes of a report's file, written while its contents are read. */
export function writeFile(contents: Contents, options: ContentsOptions, now: () => number): AsyncGenerator<Buffer> {
  const { report, company } = options;
  const words = new Words(options);
  if (report.format === 'CSV') {
    const format = { ...CSV_SIGNS[report.locale], dateOrder: DATES[report.locale] };
    return writeCsv(contents.tables, { ...format, tableHeader: words.of('table') });
  }
  const date = DATES[report.locale];
  return writeWorkbook({
    sheets: contents.tables,
    cover: cover(contents, options, now),
    formats: { money: moneyFormat(company.currency), date, moment: `${date} hh:mm:ss` },
  });
}

/** At least the currency's own decimals, and as many as a price has. */
function moneyFormat(currency: string): string {
  const least = minorUnits(currency);
  return least === 0 ? 'General' : `#,##0.${'0'.repeat(least)}${'#'.repeat(DECIMALS - least)}`;
}
