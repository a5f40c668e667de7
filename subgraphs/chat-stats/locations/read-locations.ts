import { join, sql, type Transaction, timestamp } from '#platform/database';
import { badInput } from '#platform/errors';
import { conditions, type Population } from '#platform/statistics';
import type { DialogueFact } from '../dialogues/dialogue.fact.ts';
import { LONGEST_GEOHASH } from './geohash.ts';

/** How many dialogues began in a cell. */
export interface CellCount {
  readonly geohash: string;
  readonly count: number;
}

/** Dialogues of a population that were held in the widget on a site, by where they began. */
export interface Locations {
  /** Most first, then by geohash. */
  readonly cells: readonly CellCount[];
  /** Dialogues without coordinates. */
  readonly unknown: number;
}

/** Checks how long the geohashes of cells are to be. Throws where that is outside 1 to 8. */
export function readPrecision(precision: number): number {
  if (precision >= 1 && precision <= LONGEST_GEOHASH) return precision;
  throw badInput(['precision'], `${precision} is outside 1 to ${LONGEST_GEOHASH}; ask for a number within.`);
}

/** @param precision length of the geohashes */
export async function readLocations(
  transaction: Transaction,
  population: Population<DialogueFact>,
  { precision, first }: { precision: number; first: number },
): Promise<Locations> {
  const { companyId, period, fact } = population;
  const dialogues = join(
    [
      sql`FROM ${fact.table} WHERE company_id = ${companyId} AND messenger = 'WEB'
        AND started_at >= ${timestamp(period.from)} AND started_at < ${timestamp(period.to)}`,
      conditions(population),
    ],
    sql``,
  );
  const rows = await transaction.arrays<[geohash: string, count: string]>(
    'dialogues.locations',
    sql`SELECT left(geohash, ${precision}) COLLATE "C", count(*) ${dialogues} AND geohash IS NOT NULL
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${first}`,
  );
  const [unknown] = await transaction.arrays<[string]>(
    'dialogues.without_location',
    sql`SELECT count(*) ${dialogues} AND geohash IS NULL`,
  );
  return { cells: rows.map(([geohash, count]) => ({ geohash, count: Number(count) })), unknown: Number(unknown?.[0]) };
}
