import { sql, type Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import type { Instant } from '#platform/time';
import type { CallLegRow } from '../calls/call-leg.row.ts';
import { endOfLeg } from '../calls/call-of-legs.ts';
import { quarterOf } from './stretches.ts';

/** A trunk in a quarter of an hour. */
export interface TrunkQuarter {
  readonly trunkId: string;
  readonly quarter: Instant;
}

/** Kept figures that have to be made anew. */
export interface Touched {
  readonly trunkQuarters: readonly TrunkQuarter[];
  /** Quarters in which the number of legs at once changes otherwise than before. */
  readonly legQuarters: readonly Instant[];
}

/** What changed legs touch: where they started over which trunk, and when they began and ended. */
export function touchedBy(changes: readonly RowChange<CallLegRow>[]): Touched {
  const trunkQuarters = new Map<string, TrunkQuarter>();
  const legQuarters = new Set<Instant>();
  for (const { before, after } of changes) {
    if (before?.trunkId !== after?.trunkId) {
      for (const { trunkId, startedAt } of [before, after].filter((leg) => leg !== undefined)) {
        if (trunkId === null) continue;
        const quarter = quarterOf(startedAt);
        trunkQuarters.set(`${quarter} ${trunkId}`, { trunkId, quarter });
      }
    }
    const [was, is] = [spanOf(before), spanOf(after)];
    if (was?.[0] === is?.[0] && was?.[1] === is?.[1]) continue;
    for (const instant of [...(was ?? []), ...(is ?? [])]) legQuarters.add(quarterOf(instant));
  }
  return { trunkQuarters: [...trunkQuarters.values()], legQuarters: [...legQuarters] };
}

/** From when to when a leg that is over was there; undefined where it runs, or ended as it began. */
function spanOf(leg: CallLegRow | undefined): readonly [Instant, Instant] | undefined {
  const end = leg && endOfLeg(leg);
  return leg && end != null && end > leg.startedAt ? [leg.startedAt, end] : undefined;
}

/** Everything that the company's legs touch. */
export async function touchedByAll(transaction: Transaction): Promise<Touched> {
  const { companyId } = transaction;
  const trunks = await transaction.arrays<[string, number]>(
    'call_legs.trunk_quarters',
    sql`SELECT DISTINCT trunk_id, ${quarterIn(sql`started_at`)} FROM call_legs
      WHERE company_id = ${companyId} AND trunk_id IS NOT NULL`,
  );
  const legs = await transaction.arrays<[number]>(
    'call_legs.quarters',
    sql`SELECT ${quarterIn(sql`started_at`)} FROM call_legs WHERE company_id = ${companyId} AND over_at > started_at
      UNION SELECT ${quarterIn(sql`over_at`)} FROM call_legs WHERE company_id = ${companyId} AND over_at > started_at`,
  );
  return {
    trunkQuarters: trunks.map(([trunkId, quarter]) => ({ trunkId, quarter })),
    legQuarters: legs.map(([quarter]) => quarter),
  };
}

function quarterIn(instant: ReturnType<typeof sql>) {
  return sql`date_bin('15 minutes', ${instant}, '1970-01-01 00:00:00+00'::timestamptz)`;
}
