import { identifier, join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import type { Buckets } from '#platform/time';
import { hasRows, periodTooOld, requireRows } from './dropped-rows.ts';
import type { Fact } from './fact.ts';
import { axisBit, axisNumber, cuboidFor, type Level, levelColumn, levelKey, levelTable } from './level.ts';
import { readableOf } from './level-state.ts';
import type { Population } from './population.ts';
import { levelGrids, planSources, type Span } from './source-plan.ts';

/** Names of the columns of a source's rows: `at`, then the keys asked for as k1, k2, ..., then the values as v1, v2, ... */
export interface SourceColumns {
  /** Dimensions. */
  readonly by: readonly string[];
  /** Expressions over a row. */
  readonly values: readonly Sql[];
}

/** A statement for rows that have these sums of the fact as values. */
export type SumRows = (sums: readonly string[]) => Sql;

/**
 * Rows whose sums by `at` and keys are those of the population: rows of levels and what is not in them yet where the company has
 * such and the question allows it, else and at the ragged ends of the period raw rows.
 * Throws PERIOD_TOO_OLD where it needs raw rows that are gone.
 */
export async function sumRows(
  transaction: Transaction,
  population: Population,
  { by, buckets }: { by: readonly string[]; buckets?: Buckets },
): Promise<SumRows> {
  const { fact, period, restrictions, conditions: further = [] } = population;
  const { leveled, timeZone, rowsFrom } = await readableOf(transaction, fact);
  const dimensions = [...by, ...restrictions.map(({ dimension }) => dimension)];
  const cuboid = leveled && further.length === 0 ? cuboidFor(leveled, dimensions) : undefined;
  const raw = (spans: readonly Span[], sums: readonly string[]) =>
    rowsWithin(population, spans, { by, values: sums.map((name) => sumOf(fact, name).value) });
  if (!cuboid) {
    await requireRows(transaction, fact, period);
    return (sums) => raw([period], sums);
  }
  const grids = levelGrids(timeZone);
  const sources = planSources(buckets?.boundaries ?? [period.from, period.to], grids);
  if (!hasRows(sources, rowsFrom)) throw periodTooOld(fact, period, rowsFrom, buckets && grids);
  const levels = [...Map.groupBy(sources, ({ level }) => level)];
  const leveledSpans = joinedSpans(sources.filter(({ level }) => level !== 'raw'));
  return (sums) => {
    const kept = levels.map(([level, spans]) =>
      level === 'raw' ? raw(spans, sums) : levelRows(population, level, spans, { by, sums, cuboid }),
    );
    const added = leveledSpans.length > 0 ? [levelRows(population, 'delta', leveledSpans, { by, sums })] : [];
    return join([...kept, ...added], sql` UNION ALL `);
  };
}

/** The raw rows of a population. Throws PERIOD_TOO_OLD where some of its period are gone. */
export async function rawRows(transaction: Transaction, population: Population, columns: SourceColumns): Promise<Sql> {
  await requireRows(transaction, population.fact, population.period);
  return rowsWithin(population, [population.period], columns);
}

function rowsWithin(population: Population, spans: readonly Span[], { by, values }: SourceColumns): Sql {
  const { fact, axis, companyId } = population;
  const at = axisColumn(fact, axis);
  const keys = by.map((name) => dimensionOf(fact, name).key);
  const { tables, within } = rowsOfSpans(fact.table, at, spans);
  return sql`SELECT ${at} AS at${named(keys, values)} FROM ${tables}
    WHERE company_id = ${companyId}${within}${conditions(population)}`;
}

/** The rows of a level within spans of time; of what has not been moved there yet where no cuboid is given. */
function levelRows(
  { fact, axis, companyId, restrictions }: Population,
  level: Level | 'delta',
  spans: readonly Span[],
  { by, sums, cuboid }: { by: readonly string[]; sums: readonly string[]; cuboid?: number },
): Sql {
  const keys = by.map((name) => levelKey(dimensionOf(fact, name), name));
  const values = sums.map(levelColumn);
  const restricted = restrictions.map(({ dimension, keys: wanted }) => {
    return sql` AND ${levelKey(dimensionOf(fact, dimension), dimension)} = ANY(${wanted}::text[])`;
  });
  const place =
    level === 'delta'
      ? sql`axis & ${axisBit(fact, axis)}::smallint <> 0`
      : sql`cuboid = ${cuboid} AND axis = ${axisNumber(fact, axis)}`;
  const { tables, within } = rowsOfSpans(levelTable(fact, level), sql`bucket`, spans);
  return sql`SELECT bucket AS at${named(keys, values)} FROM ${tables}
    WHERE company_id = ${companyId} AND ${place}${within}${join(restricted, sql``)}`;
}

/** The tables to read from, and the conditions, beginning with AND, for rows of a table that lie within any of some spans. */
function rowsOfSpans(table: Sql, at: Sql, spans: readonly Span[]): { tables: Sql; within: Sql } {
  const [span, ...others] = spans;
  if (span && others.length === 0) {
    return { tables: table, within: sql` AND ${at} >= ${timestamp(span.from)} AND ${at} < ${timestamp(span.to)}` };
  }
  const ends = sql`${spans.map((span) => timestamp(span.from))}::timestamptz[], ${spans.map((span) => timestamp(span.to))}::timestamptz[]`;
  return {
    tables: sql`unnest(${ends}) AS span(span_from, span_to), ${table}`,
    within: sql` AND ${at} >= span_from AND ${at} < span_to`,
  };
}

/** Spans that follow one another without a gap as one. */
function joinedSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const { from, to } of spans) {
    const last = joined.at(-1);
    if (last?.to === from) joined[joined.length - 1] = { from: last.from, to };
    else joined.push({ from, to });
  }
  return joined;
}

/** Columns k1, k2, ..., v1, v2, ... of a source, each beginning with a comma. Keys of all sources are compared alike. */
function named(keys: readonly Sql[], values: readonly Sql[]): Sql {
  const named = keys.map((key, index) => sql`, (${key}) COLLATE "C" AS ${identifier(`k${index + 1}`)}`);
  const measures = values.map((value, index) => sql`, ${value} AS ${identifier(`v${index + 1}`)}`);
  return join([...named, ...measures], sql``);
}

/** The restrictions of a population and its further conditions, each beginning with AND. */
export function conditions({ fact, restrictions, conditions: further = [] }: Population): Sql {
  const each = restrictions.map(
    ({ dimension, keys }) => sql` AND ${dimensionOf(fact, dimension).key} = ANY(${keys}::text[])`,
  );
  return join([...each, ...further.map((condition) => sql` AND (${condition})`)], sql``);
}

export function axisColumn(fact: Fact, axis: string): Sql {
  const column = fact.axes[axis];
  if (!column) throw new Error(`${fact.name} has no axis ${axis}`);
  return column;
}

function sumOf(fact: Fact, name: string) {
  const sum = fact.sums[name];
  if (!sum) throw new Error(`${fact.name} has no sum ${name}`);
  return sum;
}

function dimensionOf(fact: Fact, name: string) {
  const dimension = fact.dimensions[name];
  if (!dimension) throw new Error(`${fact.name} has no dimension ${name}`);
  return dimension;
}
