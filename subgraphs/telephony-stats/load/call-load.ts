import type { Transaction } from '#platform/database';
import { ServiceError } from '#platform/errors';
import { toBuckets } from '#platform/graphql';
import { readAsOf } from '#platform/ingest';
import { cutBuckets, formatInstant, GRANULARITIES, type Granularity, MAX_BUCKETS as MAX_POINTS } from '#platform/time';
import type { Trunk } from '../trunks/trunk.type.ts';
import { CallConcurrency } from './call-concurrency.type.ts';
import { CallsPerSecond, CallsPerSecondLine } from './calls-per-second.type.ts';
import type { LegPopulation } from './leg-population.ts';
import { readLevels } from './load-levels.ts';
import { readTrunkLoads } from './read-calls-per-second.ts';
import { readConcurrency } from './read-concurrency.ts';

const HOUR_MS = 3_600_000;

/** What figures of load are asked about. */
export interface LoadScope {
  readonly transaction: Transaction;
  readonly legs: LegPopulation;
  readonly readTrunk: (id: string) => Promise<Trunk>;
  readonly maxCallHours: number;
}

/** Throws LIMIT_EXCEEDED where there would be more than 20,000 points. */
export async function callsPerSecond(
  { transaction, legs, readTrunk }: LoadScope,
  granularity: Granularity,
): Promise<CallsPerSecond> {
  const { period } = legs;
  const buckets = cutBuckets(period, granularity);
  const loads = await readTrunkLoads(transaction, legs, await readLevels(transaction), buckets);
  refuseTooManyPoints(legs, granularity, buckets.partial.length, loads.length);
  return Object.assign(new CallsPerSecond(), {
    buckets: toBuckets(buckets, period.timeZone),
    lines: loads.map((load) => {
      return new CallsPerSecondLine({
        load,
        peakAt: formatInstant(load.peakAt, period.timeZone),
        buckets,
        readTrunk: () => readTrunk(load.trunkId),
      });
    }),
  });
}

export async function callConcurrency(
  { transaction, legs, maxCallHours }: LoadScope,
  granularity: Granularity,
): Promise<CallConcurrency> {
  const buckets = cutBuckets(legs.period, granularity);
  const { peak, average } = await readConcurrency(transaction, legs, {
    buckets,
    levels: await readLevels(transaction),
    asOf: await readAsOf(transaction),
    longestMs: maxCallHours * HOUR_MS,
  });
  return Object.assign(new CallConcurrency(), { buckets: toBuckets(buckets, legs.period.timeZone), peak, average });
}

function refuseTooManyPoints(
  { period }: LegPopulation,
  granularity: Granularity,
  buckets: number,
  lines: number,
): void {
  if (buckets * lines <= MAX_POINTS) return;
  const coarser = GRANULARITIES.slice(GRANULARITIES.indexOf(granularity) + 1);
  const fitting = coarser.find((candidate) => cutBuckets(period, candidate).partial.length * lines <= MAX_POINTS);
  const remedies = [fitting && `granularity ${fitting}`, 'fewer trunks (filter.trunkIds)'].filter(Boolean);
  throw new ServiceError(
    'LIMIT_EXCEEDED',
    `callsPerSecond: ${buckets} buckets of ${granularity} by ${lines} trunks are ${buckets * lines} points, more than ` +
      `${MAX_POINTS}; ask for ${remedies.join(' or ')}.`,
    { field: ['granularity'] },
  );
}
