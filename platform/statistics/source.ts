import { identifier, join, type Sql, sql, timestamp } from '#platform/database';
import type { Instant } from '#platform/time';
import type { Fact } from './fact.ts';
import type { Population } from './population.ts';

/** A stretch of the period and where its figures are read from. `raw` is the table of current rows itself. */
export interface Source {
  readonly level: 'raw';
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Chooses where an answer is read from. Sources follow one another without a gap and cover the period; every bucket boundary
 * is also a boundary of the sources' own rows. Pure.
 */
export function planSources({ period }: Population): readonly Source[] {
  return [{ level: 'raw', from: period.from, to: period.to }];
}

/** Names of the columns of a source's rows: `at`, then the keys asked for, then the values. */
export interface SourceColumns {
  /** Dimensions, as k1, k2, ... */
  readonly by: readonly string[];
  /** Expressions over a row, as v1, v2, ... */
  readonly values: readonly Sql[];
}

/** The rows of a population between the ends of its sources, with the columns `at`, `k1`..., `v1`... */
export function sourceRows(population: Population, columns: SourceColumns): Sql {
  const parts = planSources(population).map((source) => rawRows(population, source, columns));
  return join(parts, sql` UNION ALL `);
}

function rawRows(population: Population, source: Source, { by, values }: SourceColumns): Sql {
  const { fact, axis, companyId } = population;
  const at = axisColumn(fact, axis);
  const keys = by.map((name, index) => sql`, ${dimensionKey(fact, name)} AS ${identifier(`k${index + 1}`)}`);
  const measures = values.map((value, index) => sql`, ${value} AS ${identifier(`v${index + 1}`)}`);
  return sql`SELECT ${at} AS at${join(keys, sql``)}${join(measures, sql``)} FROM ${fact.table}
    WHERE company_id = ${companyId} AND ${at} >= ${timestamp(source.from)} AND ${at} < ${timestamp(source.to)}${conditions(population)}`;
}

/** The restrictions of a population and its further conditions, each beginning with AND. */
export function conditions({ fact, restrictions, conditions: further = [] }: Population): Sql {
  const each = restrictions.map(
    ({ dimension, keys }) => sql` AND ${dimensionKey(fact, dimension)} = ANY(${keys}::text[])`,
  );
  return join([...each, ...further.map((condition) => sql` AND (${condition})`)], sql``);
}

export function axisColumn(fact: Fact, axis: string): Sql {
  const column = fact.axes[axis];
  if (!column) throw new Error(`${fact.name} has no axis ${axis}`);
  return column;
}

function dimensionKey(fact: Fact, name: string): Sql {
  const dimension = fact.dimensions[name];
  if (!dimension) throw new Error(`${fact.name} has no dimension ${name}`);
  return dimension.key;
}
