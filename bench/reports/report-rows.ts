import type { Cells } from '../../subgraphs/reports/workbook/cell.ts';

const PAGE = 1000;
const FIRST = Date.UTC(2026, 0, 1);
const STATUSES = ['Доставлено', 'Не доставлено', 'Ошибка', 'Ожидает'];

/** A column of the measured sheet. */
export const REPORT_COLUMNS = ['ID', 'Уведомление', 'Статус', 'Создано', 'Отправлено', 'Частей', 'Цена', 'Код'].map(
  (header) => ({
    header,
    width: 20,
  }),
);

export const REPORT_FORMATS = { money: '#,##0.00####', date: 'yyyy-mm-dd', moment: 'yyyy-mm-dd hh:mm:ss' };

/** Pages of rows as a report of details has them: ids, words, moments, a count and an amount in 8 columns. */
export function* reportPages(rows: number): Generator<Cells[]> {
  for (let from = 0; from < rows; from += PAGE) {
    yield Array.from({ length: Math.min(PAGE, rows - from) }, (_, index) => rowOf(from + index));
  }
}

function rowOf(index: number): Cells {
  const at = `${new Date(FIRST + index * 31_000).toISOString().slice(0, 23)}+00:00`;
  // Ids are spread as hashes are, so that they do not pack better than real ones.
  const id = Math.imul(index + 1, 0x9e37_79b1) >>> 0;
  return [
    { kind: 'text', text: `m-${id.toString(16).padStart(8, '0')}-${index}` },
    { kind: 'text', text: `n-${(id ^ 0x5bd1_e995).toString(16)}` },
    { kind: 'text', text: STATUSES[index % STATUSES.length] ?? '' },
    { kind: 'moment', at },
    { kind: 'moment', at },
    { kind: 'count', value: 1 + (index % 4) },
    { kind: 'money', amount: `0.0${10 + (index % 90)}` },
    index % 7 === 0 ? { kind: 'text', text: `E${index % 100}` } : null,
  ];
}
