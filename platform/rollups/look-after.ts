import { readCompany } from '#platform/companies';
import { type CompanyId, type Database, sql, type Transaction } from '#platform/database';
import { type LeveledFact, levelShape, readRollupState } from '#platform/statistics';
import { TIME_ZONE_RULES } from '#platform/time';
import { buildLevels, dropLevels, rebuildDays } from './build.ts';
import { dropOldRows, type Retention } from './drop-rows.ts';
import { fold } from './fold.ts';
import type { AnyRollup } from './rollup.ts';
import { makeRollupLock, takeRollupLock } from './rollup-lock.ts';

/** From how many rows of a fact on a company has levels. It loses them below half as many, so that it does not go to and fro. */
export interface RollupSettings {
  readonly minRows: number;
  /** How long the rows of companies with levels are kept, of facts whose rows may be dropped; default: for ever. */
  readonly retention?: Retention;
}

/**
 * Brings the levels of one company up to date: builds them where it has grown large, takes them away where it has grown small,
 * makes local days anew after a change of zone, and moves deltas into them. Gives false where somebody else is at it.
 */
export async function lookAfter(
  database: Database,
  companyId: CompanyId,
  rollups: readonly AnyRollup[],
  settings: RollupSettings,
): Promise<boolean> {
  return withRollupLock(database, companyId, async () => {
    for (const { fact, rowKey } of rollups) {
      const hasLevels = await lookAfterFact(database, companyId, fact, settings);
      if (hasLevels && rowKey && settings.retention) {
        await dropOldRows(database, companyId, fact, rowKey, settings.retention);
      }
    }
  });
}

/** Makes the levels of a company anew, of every fact that it has levels of. Gives false where somebody else is at it. */
export async function rebuildLevels(
  database: Database,
  companyId: CompanyId,
  rollups: readonly AnyRollup[],
): Promise<boolean> {
  return withRollupLock(database, companyId, async () => {
    for (const { fact } of rollups) {
      const { status } = await database.read(companyId, (transaction) => readRollupState(transaction, fact));
      if (status !== 'raw') await buildLevels(database, companyId, fact);
    }
  });
}

/** Holds the company's rollup lock while `work` goes on in transactions of its own. */
async function withRollupLock(database: Database, companyId: CompanyId, work: () => Promise<void>): Promise<boolean> {
  await database.write(companyId, makeRollupLock);
  return database.write(companyId, async (transaction) => {
    // The transaction that holds the lock waits for others: that is no sign of a client that has gone.
    await transaction.execute('rollup_lock.patience', sql`SET LOCAL idle_in_transaction_session_timeout = 0`);
    if (!(await takeRollupLock(transaction))) return false;
    await work();
    return true;
  });
}

/** Gives whether the company has levels of the fact afterwards. */
async function lookAfterFact(
  database: Database,
  companyId: CompanyId,
  fact: LeveledFact,
  { minRows }: RollupSettings,
): Promise<boolean> {
  const state = await database.read(companyId, (transaction) => readRollupState(transaction, fact));
  if (state.status === 'raw') {
    if (state.rowCount < minRows) return false;
    await buildLevels(database, companyId, fact);
  } else if (state.rowCount * 2 < minRows && state.rowsFrom === null) {
    await dropLevels(database, companyId, fact);
    return false;
  } else if (state.status === 'building' || state.shape !== levelShape(fact)) {
    // Somebody has died in the middle, or the fact is declared otherwise than it was.
    await buildLevels(database, companyId, fact);
  } else {
    while (await database.write(companyId, (transaction) => foldOnce(transaction, fact)));
  }
  return true;
}

async function foldOnce(transaction: Transaction, fact: LeveledFact): Promise<boolean> {
  await transaction.execute('rollup.patience', sql`SET LOCAL statement_timeout = '1h'`);
  const { timeZone } = await readCompany(transaction);
  const known = await readRollupState(transaction, fact);
  if (known.timeZone !== timeZone || known.timeZoneRules !== TIME_ZONE_RULES)
    await rebuildDays(transaction, fact, timeZone);
  return fold(transaction, fact, timeZone);
}
