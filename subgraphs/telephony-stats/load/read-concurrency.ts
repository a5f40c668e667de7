import { join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { roundHalfUp } from '#platform/numbers';
import { type Buckets, type Instant, localUnit } from '#platform/time';
import { type LegPopulation, legConditions } from './leg-population.ts';
import { legSegments } from './leg-segments.ts';
import { type RunningLegs, readRunningLegs } from './running-legs.ts';
import { stretchRows } from './stretch-rows.ts';
import { joinStretches, type Levels, planStretches, quarterOf, RAW_ONLY, type Stretch } from './stretches.ts';

/** Legs at once by bucket. */
export interface Concurrency {
  readonly peak: number[];
  /** Three decimals. */
  readonly average: number[];
}

/** How the number of legs at once changes within an interval, relative to just before it. */
interface Segment {
  readonly from: Instant;
  readonly to: Instant;
  readonly net: number;
  readonly most: number;
  /** Excess times milliseconds. */
  readonly area: number;
}

export interface ConcurrencyOptions {
  readonly buckets: Buckets;
  readonly levels: Levels;
  /** Up to when running legs count, epoch milliseconds; null where nothing was ever sent. */
  readonly asOf: Instant | null;
  /** How long a leg may run at most. */
  readonly longestMs: number;
}

/** The exact greatest and average number of legs at once, by bucket. */
export async function readConcurrency(
  transaction: Transaction,
  population: LegPopulation,
  { buckets, levels, asOf, longestMs }: ConcurrencyOptions,
): Promise<Concurrency> {
  const isFiltered = population.trunkIds !== null || population.conditions.length > 0;
  const usable = isFiltered ? RAW_ONLY : levels;
  const running = await readRunningLegs(transaction, population, asOf, longestMs);
  const edges = [...new Set([...buckets.boundaries, ...running.changes.keys()])].sort((a, b) => a - b);
  const before = await readLevelBefore(transaction, population, usable);
  const segments = await readSegments(transaction, population, edges, usable);
  return sweep(buckets, edges, segments, before + running.atStart, running);
}

/** Goes through the segments in order; what lies between them changes nothing. */
function sweep(
  { boundaries, partial }: Buckets,
  edges: readonly Instant[],
  segments: readonly Segment[],
  levelBefore: number,
  { changes }: RunningLegs,
): Concurrency {
  let [level, bucket, next] = [levelBefore, 0, 0];
  const peak = partial.map(() => 0);
  const areas = partial.map(() => 0);
  const pass = (length: number, most: number, area: number) => {
    peak[bucket] = Math.max(peak[bucket] as number, level + most);
    areas[bucket] = (areas[bucket] as number) + level * length + area;
  };
  edges.slice(1).forEach((end, index) => {
    let at = edges[index] as Instant;
    if (at >= (boundaries[bucket + 1] as Instant)) bucket += 1;
    level += changes.get(at) ?? 0;
    for (let segment = segments[next]; segment && segment.from < end; segment = segments[++next]) {
      if (segment.from > at) pass(segment.from - at, 0, 0);
      pass(segment.to - segment.from, segment.most, segment.area);
      level += segment.net;
      at = segment.to;
    }
    if (at < end) pass(end - at, 0, 0);
  });
  const average = areas.map((area, one) => {
    return roundHalfUp(area, (boundaries[one + 1] as number) - (boundaries[one] as number), 3) ?? 0;
  });
  return { peak, average };
}

/** How many legs that are over by now were there just before the period. */
async function readLevelBefore(transaction: Transaction, population: LegPopulation, levels: Levels): Promise<number> {
  const { companyId, period } = population;
  const from = timestamp(period.from);
  if (!levels.quarters) {
    const [row] = await transaction.arrays<[string]>(
      'concurrency.before',
      sql`SELECT count(*) FROM call_legs
        WHERE company_id = ${companyId} AND started_at < ${from} AND over_at >= ${from}${legConditions(population)}`,
    );
    return Number(row?.[0] ?? 0);
  }
  const quarter = quarterOf(period.from);
  const day = levels.daysIn ? localUnit('DAY', quarter, levels.daysIn).from : null;
  const edge: Stretch = { level: 'raw', from: quarter, to: period.from };
  const parts = [
    sql`SELECT net FROM leg_quarters WHERE company_id = ${companyId} AND starts_at < ${timestamp(quarter)}${day === null ? sql`` : sql` AND starts_at >= ${timestamp(day)}`}`,
    ...(day === null
      ? []
      : [sql`SELECT net FROM leg_days WHERE company_id = ${companyId} AND starts_at < ${timestamp(day)}`]),
    sql`SELECT net FROM (${legSegments(companyId, stretchRows([edge], 'raw'), sql``)}) edge`,
  ];
  const [row] = await transaction.arrays<[string | null]>(
    'concurrency.before',
    sql`SELECT sum(net) FROM (${join(parts, sql` UNION ALL `)}) parts`,
  );
  return Number(row?.[0] ?? 0);
}

async function readSegments(
  transaction: Transaction,
  population: LegPopulation,
  edges: readonly Instant[],
  levels: Levels,
): Promise<Segment[]> {
  const { companyId } = population;
  const stretches = joinStretches(planStretches(edges, levels), ['quarters', 'days']);
  const kept = (level: Stretch['level'], table: Sql) =>
    stretches.some((stretch) => stretch.level === level)
      ? [
          sql`SELECT starts_at, ends_at, net, most, area
            FROM ${stretchRows(stretches, level)} JOIN ${table} ON starts_at >= since AND starts_at < until
            WHERE company_id = ${companyId}`,
        ]
      : [];
  const parts = [
    legSegments(companyId, stretchRows(stretches, 'raw'), legConditions(population)),
    ...kept('quarters', sql`leg_quarters`),
    ...kept('days', sql`leg_days`),
  ];
  const rows = await transaction.arrays<[number, number, string, string, string]>(
    'concurrency.read',
    sql`SELECT * FROM (${join(parts, sql` UNION ALL `)}) parts ORDER BY 1`,
  );
  return rows.map(([from, to, net, most, area]) => ({
    from,
    to,
    net: Number(net),
    most: Number(most),
    area: Number(area),
  }));
}
