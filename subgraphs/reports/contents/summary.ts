import { formatMicros } from '#platform/money';
import { REPORT_SERVICES, type ReportService } from '../reports/report-fields.ts';
import { type Contents, type ContentsOptions, Words } from './contents.ts';
import { microsOf } from './detail-table.ts';
import type { Label } from './labels.ts';
import { COUNTS, type CountName, readSummary, type ServiceSummary, type SummaryFigures } from './summary-figures.ts';
import type { Cell, Cells, Table } from './table.ts';

/** A row for each local day and service, and a total for each service. */
export async function summary(options: ContentsOptions): Promise<Contents> {
  const { service } = options.report;
  const words = new Words(options);
  const summaries = await readSummary(service ? [service] : REPORT_SERVICES, options);
  options.reading.rows = summaries.reduce((rows, { days }) => rows + days.length, 0);
  await options.onProgress(1);
  const axes = ['byCreation', 'byStart', 'bySending'] as const;
  return { tables: [tableOf(summaries, words)], filters: [words.service, ...axes.map((axis) => words.of(axis))] };
}

function tableOf(summaries: readonly ServiceSummary[], words: Words): Table {
  const names = COUNTS.filter((name) => summaries.some(({ whole }) => name in whole.counts));
  const isSplit = summaries.length > 1;
  const name = (service: ReportService): Cell => ({ kind: 'text', text: words.value(service) });
  const rows = daysOf(summaries).map(({ day, service, figures }): Cells => {
    return [{ kind: 'date', day }, ...(isSplit ? [name(service)] : []), ...cellsOf(figures, names)];
  });
  return {
    name: words.of('summary'),
    columns: [
      { header: words.time('date'), width: 26 },
      ...(isSplit ? [{ header: words.of('service'), width: 14 }] : []),
      ...names.map((count) => ({ header: words.of(headerOf(count, isSplit)), width: 14 })),
      { header: words.money('price'), width: 18 },
    ],
    pages: [rows],
    totals: () => totalsOf(summaries, names, words),
  };
}

/** The total of a channel is one of messages where other services stand beside it. */
function headerOf(count: CountName, isSplit: boolean): Label {
  if (count !== 'total') return count;
  return isSplit ? 'messages' : 'all';
}

/** Day by day, and each day service by service. */
function daysOf(summaries: readonly ServiceSummary[]) {
  const [first] = summaries;
  return (first?.days ?? []).flatMap(({ day }, index) =>
    summaries.flatMap(({ service, days }) => {
      const figures = days[index];
      return figures ? [{ day, service, figures }] : [];
    }),
  );
}

/** One line a service; what is spent on all of them is the only sum over services that means anything. */
function totalsOf(summaries: readonly ServiceSummary[], names: readonly CountName[], words: Words): Cells[] {
  const label: Cell = { kind: 'text', text: words.of('total') };
  if (summaries.length === 1) return summaries.map(({ whole }) => [label, ...cellsOf(whole, names)]);
  const price = formatMicros(summaries.reduce((sum, { whole }) => sum + microsOf(whole.price), 0n));
  return [
    ...summaries.map(({ service, whole }): Cells => {
      return [label, { kind: 'text', text: words.value(service) }, ...cellsOf(whole, names)];
    }),
    [
      label,
      { kind: 'text', text: words.of('allServices') },
      ...names.map(() => null),
      { kind: 'money', amount: price },
    ],
  ];
}

/** What a service does not count stays empty. */
function cellsOf({ counts, price }: SummaryFigures, names: readonly CountName[]): Cells {
  const cells = names.map((name): Cell | null => {
    const value = counts[name];
    return value === undefined ? null : { kind: 'count', value };
  });
  return [...cells, { kind: 'money', amount: price }];
}
