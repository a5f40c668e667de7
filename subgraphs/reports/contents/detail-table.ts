import { formatMicros, MICROS_PER_UNIT } from '#platform/money';
import { type ContentsOptions, periodVariable, Words } from './contents.ts';
import type { Label } from './labels.ts';
import type { Cell, Cells, Table } from './table.ts';

/** A page of a list of the graph, with what the source says of its data. */
export interface AnsweredPage<Node> {
  readonly list: {
    /** Asked for with the first page only. */
    readonly totalCount?: number;
    readonly nodes: readonly Node[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
  readonly asOf: string | null;
  /** Stays the same for as long as the source does not change; asOf itself where it is left out. */
  readonly stamp?: string;
}

/** A column of a list, and what its total is the sum of. */
export interface DetailColumn<Node> {
  readonly header: string;
  readonly width: number;
  cell(node: Node): Cell | null;
  /** The numbers that its total adds up: counts, or amounts as decimals. Left out where there is nothing to add up. */
  readonly sum?:
    | { readonly kind: 'count'; of(node: Node): number | null }
    | { readonly kind: 'money'; of(node: Node): string | null };
}

/** A list of the graph as a table. */
export interface DetailList<Answer, Node> {
  readonly name: Label;
  /** Of the data that the list is of. */
  readonly source: Label;
  /** Takes $period, $after and $isFirst, and further variables. */
  readonly question: string;
  readonly variables: Record<string, unknown>;
  page(answer: Answer): AnsweredPage<Node>;
  readonly columns: readonly DetailColumn<Node>[];
  /** Which part of the whole report this table is: from and to, 0 to 1. */
  readonly share: readonly [from: number, to: number];
}

/** Reads the list page by page while its rows are taken, newest first as in the graph; holds one page. */
export function detailTable<Answer, Node>(list: DetailList<Answer, Node>, options: ContentsOptions): Table {
  const words = new Words(options);
  const sums = list.columns.map(({ sum }) => sum && new Sum(sum));
  return {
    name: words.of(list.name),
    columns: list.columns,
    pages: pages(list, options, sums),
    totals: () => [totalLine(list.columns, sums, words.of('total'))],
  };
}

async function* pages<Answer, Node>(
  list: DetailList<Answer, Node>,
  { report, reading, ask, onProgress }: ContentsOptions,
  sums: readonly (Sum<Node> | undefined)[],
): AsyncGenerator<Cells[]> {
  const { columns, share, variables } = list;
  const period = periodVariable(report);
  let [after, taken, total]: [string | null, number, number] = [null, 0, 0];
  for (let more = true; more; ) {
    const isFirst = after === null;
    const answer: Answer = await ask<Answer>(list.question, { ...variables, period, after, isFirst });
    const page = list.page(answer);
    const { nodes, pageInfo, totalCount } = page.list;
    reading.note(list.source, page.asOf, page.stamp);
    reading.rows += nodes.length;
    taken += nodes.length;
    total = totalCount ?? total;
    yield nodes.map((node) => {
      for (const sum of sums) sum?.add(node);
      return columns.map(({ cell }) => cell(node));
    });
    await onProgress(share[0] + (share[1] - share[0]) * (total === 0 ? 1 : Math.min(1, taken / total)));
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
}

function totalLine<Node>(
  columns: readonly DetailColumn<Node>[],
  sums: readonly (Sum<Node> | undefined)[],
  label: string,
): Cells {
  return columns.map((_, index) => (index === 0 ? { kind: 'text', text: label } : (sums[index]?.cell() ?? null)));
}

/** The exact sum of a column. */
class Sum<Node> {
  private counted = 0;
  private micros = 0n;

  constructor(private readonly column: NonNullable<DetailColumn<Node>['sum']>) {}

  add(node: Node): void {
    if (this.column.kind === 'count') this.counted += this.column.of(node) ?? 0;
    else this.micros += microsOf(this.column.of(node) ?? '0');
  }

  cell(): Cell {
    if (this.column.kind === 'count') return { kind: 'count', value: this.counted };
    return { kind: 'money', amount: formatMicros(this.micros) };
  }
}

/** Millionths of an amount as the graph writes it, which may be below 0. */
export function microsOf(amount: string): bigint {
  const [, sign, units = '0', decimals = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(amount) ?? [];
  const micros = BigInt(units) * MICROS_PER_UNIT + BigInt(decimals.padEnd(6, '0'));
  return sign === '-' ? -micros : micros;
}
