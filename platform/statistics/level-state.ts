import { sql, type Transaction } from '#platform/database';
import { TIME_ZONE_RULES } from '#platform/time';
import type { Fact } from './fact.ts';
import { hasLevels, type LeveledFact, levelShape } from './level.ts';

/** How a company's rows of a fact are kept beside themselves. `building`: deltas are written already, nothing is read yet. */
export type RollupStatus = 'raw' | 'building' | 'rolled';

export interface RollupState {
  readonly status: RollupStatus;
  /** How many rows the company has. */
  readonly rowCount: number;
  /** The zone whose local days the levels have; null before there are any. */
  readonly timeZone: string | null;
  /** The rules of time zones that these days were made by. */
  readonly timeZoneRules: string | null;
  /** What the levels were made by: see levelShape. */
  readonly shape: string | null;
}

const NONE: RollupState = { status: 'raw', rowCount: 0, timeZone: null, timeZoneRules: null, shape: null };

/** The state of one fact of the transaction's company. */
export async function readRollupState(transaction: Transaction, fact: Fact): Promise<RollupState> {
  const [row] = await transaction.arrays<[RollupStatus, string, string | null, string | null, string | null]>(
    'rollup_state.read',
    sql`SELECT status, row_count, time_zone, time_zone_rules, shape FROM rollup_state
      WHERE company_id = ${transaction.companyId} AND fact = ${fact.name}`,
  );
  if (!row) return NONE;
  const [status, rowCount, timeZone, timeZoneRules, shape] = row;
  return { status, rowCount: Number(rowCount), timeZone, timeZoneRules, shape };
}

/** Levels that answers of a snapshot may be read from. */
export interface ReadableLevels {
  readonly fact: LeveledFact;
  /** The zone of the local days; undefined where they must not be used. */
  readonly timeZone: string | undefined;
}

const known = new WeakMap<Transaction, Map<string, Promise<ReadableLevels | undefined>>>();

/** The levels of a fact in a snapshot, looked up once; undefined where the company is answered from raw rows. */
export function readableLevels(transaction: Transaction, fact: Fact): Promise<ReadableLevels | undefined> {
  if (!hasLevels(fact)) return Promise.resolve(undefined);
  const ofTransaction = known.get(transaction) ?? new Map<string, Promise<ReadableLevels | undefined>>();
  known.set(transaction, ofTransaction);
  const reading =
    ofTransaction.get(fact.name) ?? readRollupState(transaction, fact).then((state) => readable(fact, state));
  ofTransaction.set(fact.name, reading);
  return reading;
}

function readable(fact: LeveledFact, state: RollupState): ReadableLevels | undefined {
  if (state.status !== 'rolled' || state.shape !== levelShape(fact)) return undefined;
  // Days that were made by other rules may begin at other instants than this process believes.
  return { fact, timeZone: (state.timeZoneRules === TIME_ZONE_RULES && state.timeZone) || undefined };
}
