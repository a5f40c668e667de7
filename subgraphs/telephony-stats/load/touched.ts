import { type Sql, sql, type Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import type { Instant } from '#platform/time';
import type { CallLegRow } from '../calls/call-leg.row.ts';
import { endOfLeg } from '../calls/call-of-legs.ts';
import { quarterOf } from './stretches.ts';

/** Quarters of an hour whose kept figures have to be made anew, each once. */
export interface Touched {
  /** In which trunks started other legs than before. */
  readonly trunkQuarters: readonly Instant[];
  /** In which the number of legs at once changes otherwise than before. */
  readonly legQuarters: readonly Instant[];
}

/** What changed legs touch: where they started over which trunk, and when they began and ended. */
export function touchedBy(changes: readonly RowChange<CallLegRow>[]): Touched {
  const trunkQuarters = new Set<Instant>();
  const legQuarters = new Set<Instant>();
  for (const { before, after } of changes) {
    const leg = after ?? before;
    // A leg never starts at another time than before.
    if (leg && (before?.trunkId ?? null) !== (after?.trunkId ?? null)) trunkQuarters.add(quarterOf(leg.startedAt));
    const [was, is] = [spanOf(before), spanOf(after)];
    if (was?.[0] === is?.[0] && was?.[1] === is?.[1]) continue;
    for (const instant of [...(was ?? []), ...(is ?? [])]) legQuarters.add(quarterOf(instant));
  }
  return { trunkQuarters: [...trunkQuarters], legQuarters: [...legQuarters] };
}

/** From when to when a leg that is over was there; undefined where it runs, or ended as it began. */
function spanOf(leg: CallLegRow | undefined): readonly [Instant, Instant] | undefined {
  const end = leg && endOfLeg(leg);
  return leg && end != null && end > leg.startedAt ? [leg.startedAt, end] : undefined;
}

/** Everything that the company's legs touch. */
export async function touchedByAll(transaction: Transaction): Promise<Touched> {
  const { companyId } = transaction;
  const quarters = (at: Sql, condition: Sql) =>
    sql`SELECT date_bin('15 minutes', ${at}, '1970-01-01 00:00:00+00'::timestamptz) FROM call_legs
      WHERE company_id = ${companyId} AND ${condition}`;
  const read = async (name: string, statement: Sql) =>
    (await transaction.arrays<[Instant]>(name, statement)).map(([quarter]) => quarter);
  const started = quarters(sql`started_at`, sql`over_at > started_at`);
  const ended = quarters(sql`over_at`, sql`over_at > started_at`);
  return {
    trunkQuarters: await read(
      'call_legs.trunk_quarters',
      sql`SELECT DISTINCT * FROM (${quarters(sql`started_at`, sql`trunk_id IS NOT NULL`)}) quarters`,
    ),
    legQuarters: await read('call_legs.quarters', sql`${started} UNION ${ended}`),
  };
}
