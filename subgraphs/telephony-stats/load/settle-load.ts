import { readCompany } from '#platform/companies';
import { sql, type Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import { type Instant, localUnit } from '#platform/time';
import type { CallLegRow } from '../calls/call-leg.row.ts';
import { type LevelZone, levelZone, readLevelZone, writeLevelZone } from './load-levels.ts';
import {
  type Day,
  refreshLegDays,
  refreshLegQuarters,
  refreshTrunkDays,
  refreshTrunkQuarters,
} from './refresh-levels.ts';
import { touchedBy, touchedByAll } from './touched.ts';

/**
 * Brings the kept figures of load in line with legs that have changed, which are written already: whatever they touch is made
 * anew from the legs. Runs under the company's lock, so that nobody else changes legs meanwhile. Where the company's zone or
 * the rules of zones are others than before, its days are cut anew.
 */
export async function settleLoad(transaction: Transaction, changes: readonly RowChange<CallLegRow>[]): Promise<void> {
  const touched = touchedBy(changes);
  if (touched.trunkQuarters.length + touched.legQuarters.length === 0) return;
  const zone = levelZone((await readCompany(transaction)).timeZone);
  const known = await readLevelZone(transaction);
  const { trunkQuarters, legQuarters } = known ? touched : await touchedByAll(transaction);
  await refreshTrunkQuarters(transaction, trunkQuarters);
  await refreshLegQuarters(transaction, legQuarters);
  if (known && isSame(known, zone)) {
    await refreshTrunkDays(transaction, daysOf(trunkQuarters, zone.timeZone));
    await refreshLegDays(transaction, daysOf(legQuarters, zone.timeZone));
  } else await cutDays(transaction, zone);
}

function isSame(one: LevelZone, other: LevelZone): boolean {
  return one.timeZone === other.timeZone && one.zoneRules === other.zoneRules;
}

/** Makes all days anew. */
async function cutDays(transaction: Transaction, zone: LevelZone): Promise<void> {
  const { companyId } = transaction;
  for (const [table, quarters, refresh] of [
    [sql`trunk_days`, sql`trunk_quarters`, refreshTrunkDays],
    [sql`leg_days`, sql`leg_quarters`, refreshLegDays],
  ] as const) {
    await transaction.execute('load_days.clear', sql`DELETE FROM ${table} WHERE company_id = ${companyId}`);
    const rows = await transaction.arrays<[Instant]>(
      'load_quarters.read',
      sql`SELECT DISTINCT starts_at FROM ${quarters} WHERE company_id = ${companyId}`,
    );
    const starts = rows.map(([start]) => start);
    await refresh(transaction, daysOf(starts, zone.timeZone));
  }
  await writeLevelZone(transaction, zone);
}

/** The local days that quarters of an hour lie in, each once. */
function daysOf(quarters: readonly Instant[], timeZone: string): Day[] {
  const days: Day[] = [];
  for (const quarter of quarters.toSorted((a, b) => a - b)) {
    const last = days.at(-1);
    if (!last || quarter >= last.to) days.push(localUnit('DAY', quarter, timeZone));
  }
  return days;
}
