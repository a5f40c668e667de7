import { minorUnits } from '#platform/money';
import type { Cell } from '../workbook/cell.ts';
import type { Row, Workbook } from '../workbook/workbook.ts';
import type { ReportLocale, StoredReport } from './report-fields.ts';
import type { Summary, SummaryFigures } from './summary-figures.ts';

/** What the file says in a language. */
const LABELS: Readonly<Record<ReportLocale, Record<keyof SummaryFigures | 'day' | 'whole', string>>> = {
  EN: {
    day: 'Date',
    total: 'Total',
    sent: 'Sent',
    delivered: 'Delivered',
    smsParts: 'SMS parts',
    price: 'Price',
    whole: 'Total',
  },
  RU: {
    day: 'Дата',
    total: 'Всего',
    sent: 'Отправлено',
    delivered: 'Доставлено',
    smsParts: 'Частей SMS',
    price: 'Стоимость',
    whole: 'Итого',
  },
};

const DATES: Readonly<Record<ReportLocale, string>> = { EN: 'yyyy-mm-dd', RU: 'dd.mm.yyyy' };
/** Decimals of prices of events. */
const DECIMALS = 6;

/** A sheet with a row a day and a last row with the total. */
export function summaryWorkbook({ locale, service, period }: StoredReport, summary: Summary): Workbook {
  const labels = LABELS[locale];
  const date = DATES[locale];
  return {
    sheetName: service ?? labels.whole,
    columns: [
      { header: `${labels.day} (${period.timeZone})`, width: 26 },
      ...(['total', 'sent', 'delivered', 'smsParts'] as const).map((name) => ({ header: labels[name], width: 13 })),
      { header: `${labels.price}, ${summary.currency}`, width: 18 },
    ],
    rows: rows(summary, labels.whole),
    formats: { money: moneyFormat(summary.currency), date, moment: `${date} hh:mm:ss` },
  };
}

function* rows({ days, total }: Summary, whole: string): Generator<Row> {
  for (const day of days) yield { cells: [{ kind: 'date', day: day.day }, ...cellsOf(day)], emphasis: 'plain' };
  yield { cells: [{ kind: 'text', text: whole }, ...cellsOf(total)], emphasis: 'strong' };
}

function cellsOf({ total, sent, delivered, smsParts, price }: SummaryFigures): Cell[] {
  const counts = [total, sent, delivered, smsParts].map((value): Cell => ({ kind: 'count', value }));
  return [...counts, { kind: 'money', amount: price }];
}

/** At least the currency's own decimals, and as many as a price has. */
function moneyFormat(currency: string): string {
  const least = minorUnits(currency);
  return least === 0 ? 'General' : `#,##0.${'0'.repeat(least)}${'#'.repeat(DECIMALS - least)}`;
}
