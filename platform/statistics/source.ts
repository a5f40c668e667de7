import { identifier, join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import type { Buckets, Instant } from '#platform/time';
import { hasRows, periodTooOld, requireRows } from './dropped-rows.ts';
import type { Fact } from './fact.ts';
import { axisBit, axisNumber, cuboidFor, type Level, levelColumn, levelKey, levelTable } from './level.ts';
import { readableOf } from './level-state.ts';
import type { Population } from './population.ts';
import { levelGrids, planSources, type Source, type Stretch } from './source-plan.ts';

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
  const raw = ({ from, to }: Pick<Stretch<string>, 'from' | 'to'>, sums: readonly string[]) =>
    rowsWithin(population, { from, to }, { by, values: sums.map((name) => sumOf(fact, name).value) });
  if (!cuboid) {
    await requireRows(transaction, fact, period);
    return (sums) => raw(period, sums);
  }
  const grids = levelGrids(timeZone);
  const sources = planSources(buckets?.boundaries ?? [period.from, period.to], grids);
  if (!hasRows(sources, rowsFrom)) throw periodTooOld(fact, period, rowsFrom, buckets && grids);
  return (sums) => {
    const kept = sources.map((source) =>
      source.level === 'raw' ? raw(source, sums) : levelRows(population, source, { by, sums, cuboid }),
    );
    const added = levelStretches(sources).map((stretch) => levelRows(population, stretch, { by, sums }));
    return join([...kept, ...added], sql` UNION ALL `);
  };
}

/** The raw rows of a population. Throws PERIOD_TOO_OLD where some of its period are gone. */
export async function rawRows(transaction: Transaction, population: Population, columns: SourceColumns): Promise<Sql> {
  await requireRows(transaction, population.fact, population.period);
  return rowsWithin(population, population.period, columns);
}

function rowsWithin(
  population: Population,
  { from, to }: { from: Instant; to: Instant },
  { by, values }: SourceColumns,
): Sql {
  const { fact, axis, companyId } = population;
  const at = axisColumn(fact, axis);
  const keys = by.map((name) => dimensionOf(fact, name).key);
  return sql`SELECT ${at} AS at${named(keys, values)} FROM ${fact.table}
    WHERE company_id = ${companyId} AND ${at} >= ${timestamp(from)} AND ${at} < ${timestamp(to)}${conditions(population)}`;
}

/** The rows of a level within a stretch of time; of what has not been moved there yet where no cuboid is given. */
function levelRows(
  { fact, axis, companyId, restrictions }: Population,
  { level, from, to }: Stretch<Level | 'delta'>,
  { by, sums, cuboid }: { by: readonly string[]; sums: readonly string[]; cuboid?: number },
): Sql {
  const keys = by.map((name) => levelKey(dimensionOf(fact, name), name));
  const values = sums.map(levelColumn);
  const within = restrictions.map(({ dimension, keys: wanted }) => {
    return sql` AND ${levelKey(dimensionOf(fact, dimension), dimension)} = ANY(${wanted}::text[])`;
  });
  const place =
    level === 'delta'
      ? sql`axis & ${axisBit(fact, axis)}::smallint <> 0`
      : sql`cuboid = ${cuboid} AND axis = ${axisNumber(fact, axis)}`;
  return sql`SELECT bucket AS at${named(keys, values)} FROM ${levelTable(fact, level)}
    WHERE company_id = ${companyId} AND ${place}
      AND bucket >= ${timestamp(from)} AND bucket < ${timestamp(to)}${join(within, sql``)}`;
}

/** The stretches that levels cover, each as long as it can be: what is not in the levels yet is read once for each. */
function levelStretches(sources: readonly Source[]): Stretch<'delta'>[] {
  const stretches: Stretch<'delta'>[] = [];
  for (const { level, from, to } of sources) {
    if (level === 'raw') continue;
    const last = stretches.at(-1);
    if (last?.to === from) stretches[stretches.length - 1] = { ...last, to };
    else stretches.push({ level: 'delta', from, to });
  }
  return stretches;
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
