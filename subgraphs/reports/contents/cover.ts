import { formatInstant } from '#platform/time';
import type { WrittenSheet } from '../workbook/sheet-xml.ts';
import type { Workbook } from '../workbook/workbook.ts';
import { type Contents, type ContentsOptions, Words } from './contents.ts';
import type { Label } from './labels.ts';
import type { Cell, Cells } from './table.ts';

/** The first sheet: what the file is of, up to when, and how many rows it has. */
export function cover(contents: Contents, options: ContentsOptions, now: () => number): NonNullable<Workbook['cover']> {
  const words = new Words(options);
  return {
    name: words.of('report'),
    columns: [
      { header: '', width: 28 },
      { header: '', width: 90 },
    ],
    rows: (written) => rows(written, contents, options, now()),
  };
}

function rows(written: readonly WrittenSheet[], contents: Contents, options: ContentsOptions, now: number): Cells[] {
  const { report, company, reading } = options;
  const words = new Words(options);
  const { from, to, timeZone } = report.period;
  const at = (instant: number): Cell => ({ kind: 'moment', at: formatInstant(instant, timeZone) });
  const note = (text: string): Cell => ({ kind: 'note', text });
  const lines: [string, Cell][] = [
    [words.of('name'), note(report.name)],
    [words.of('company'), note(company.name)],
    [words.of('kind'), note(words.of(report.type))],
    [words.of('from'), at(from)],
    [words.of('to'), at(to)],
    [words.of('timeZone'), note(timeZone)],
    [words.of('filters'), note(contents.filters.join('; '))],
    [words.of('currency'), note(company.currency)],
    ...moments(options, words, at, note),
    [words.of('consistency'), note(words.of(reading.isOfOneMoment() ? 'oneMoment' : 'severalMoments'))],
    [words.of('formedAt'), at(now)],
    ...written.map(({ name, rows: value }): [string, Cell] => [
      `${words.of('rows')}: ${name}`,
      { kind: 'count', value },
    ]),
    ...(written.length > contents.tables.length ? [['', note(words.of('split'))] as [string, Cell]] : []),
  ];
  return lines.map(([label, cell]) => [{ kind: 'text', text: label }, cell]);
}

/** Up to when each source was read; each by its name where there are several. */
function moments(
  { reading }: ContentsOptions,
  words: Words,
  at: (instant: number) => Cell,
  note: (text: string) => Cell,
): [string, Cell][] {
  const sources = reading.sources();
  const named = (label: Label, source: Label) =>
    sources.length > 1 ? `${words.of(label)}: ${words.of(source)}` : words.of(label);
  return sources.flatMap(({ label, first, last, unchanged }) => [
    [named('asOf', label), first === null ? note(words.of('nothingYet')) : at(first)] as [string, Cell],
    ...(unchanged || last === null ? [] : [[named('readUntil', label), at(last)] as [string, Cell]]),
  ]);
}
