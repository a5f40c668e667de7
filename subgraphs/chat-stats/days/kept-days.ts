import { sql, type Transaction } from '#platform/database';
import { LocalDays } from './local-days.ts';
import { rebuildDays } from './rebuild-days.ts';

/** By which rules days are told apart: with other rules the same instants may lie on other days. */
const RULES = process.versions['tz'] ?? 'unknown';

/** The local days whose sums are kept for the company; undefined where none are, or those of a zone that it has left. */
export async function readKeptDays(transaction: Transaction): Promise<LocalDays | undefined> {
  const { timeZone, isKept } = await readZone(transaction);
  return isKept ? new LocalDays(timeZone) : undefined;
}

/**
 * Brings the sums by day in line with a batch whose rows are written: by `change`, or by making all of them anew where they are those
 * of another zone, or there are none yet. The caller holds the company's lock.
 */
export async function keepDays(transaction: Transaction, change: (days: LocalDays) => Promise<void>): Promise<void> {
  const { timeZone, isKept } = await readZone(transaction);
  const days = new LocalDays(timeZone);
  if (isKept) return change(days);
  await rebuildDays(transaction, days);
  await transaction.execute(
    'day_zones.write',
    sql`INSERT INTO day_zones (company_id, time_zone, rules) VALUES (${transaction.companyId}, ${timeZone}, ${RULES})
      ON CONFLICT (company_id) DO UPDATE SET time_zone = excluded.time_zone, rules = excluded.rules`,
  );
}

async function readZone(transaction: Transaction): Promise<{ timeZone: string; isKept: boolean }> {
  const { companyId } = transaction;
  const [row] = await transaction.arrays<[timeZone: string, isKept: boolean]>(
    'day_zones.read',
    sql`SELECT company.time_zone, kept.company_id IS NOT NULL FROM billing.companies AS company
      LEFT JOIN day_zones AS kept
        ON kept.company_id = company.company_id AND kept.time_zone = company.time_zone AND kept.rules = ${RULES}
      WHERE company.company_id = ${companyId}`,
  );
  if (!row) throw new Error(`company ${companyId} is not registered`);
  return { timeZone: row[0], isKept: row[1] };
}
