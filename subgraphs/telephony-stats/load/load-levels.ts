import { sql, type Transaction } from '#platform/database';
import { type Levels, RAW_ONLY } from './stretches.ts';

/** The zone that a company's kept days are cut in, and by which version of the world's zones. */
export interface LevelZone {
  readonly timeZone: string;
  readonly zoneRules: string;
}

/** The zone as this process would cut it. */
export function levelZone(timeZone: string): LevelZone {
  return { timeZone, zoneRules: process.versions['tz'] ?? '' };
}

/** What a company's kept figures were made with; undefined where nothing is kept yet. */
export async function readLevelZone(transaction: Transaction): Promise<LevelZone | undefined> {
  const [row] = await transaction.arrays<[string, string]>(
    'load_levels.read',
    sql`SELECT time_zone, zone_rules FROM load_levels WHERE company_id = ${transaction.companyId}`,
  );
  return row && { timeZone: row[0], zoneRules: row[1] };
}

/** Notes that everything is kept, and in which zone. */
export async function writeLevelZone(transaction: Transaction, { timeZone, zoneRules }: LevelZone): Promise<void> {
  await transaction.execute(
    'load_levels.write',
    sql`INSERT INTO load_levels (company_id, time_zone, zone_rules)
      VALUES (${transaction.companyId}, ${timeZone}, ${zoneRules})
      ON CONFLICT (company_id) DO UPDATE SET time_zone = excluded.time_zone, zone_rules = excluded.zone_rules`,
  );
}

/**
 * What an answer may be read from. Days that another version of the zones has cut are passed over: their beginnings could be
 * others than those of today.
 */
export async function readLevels(transaction: Transaction): Promise<Levels> {
  const zone = await readLevelZone(transaction);
  if (!zone) return RAW_ONLY;
  const isCurrent = zone.zoneRules === levelZone(zone.timeZone).zoneRules;
  return { quarters: true, daysIn: isCurrent ? zone.timeZone : null };
}
