import { sql, type Transaction } from '#platform/database';
import { type Instant, TIME_ZONE_RULES } from '#platform/time';
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
  /** Of rows before this moment only the sums are kept; null where all rows are there. */
  readonly rowsFrom: Instant | null;
}

const NONE: RollupState = {
  status: 'raw',
  rowCount: 0,
  timeZone: null,
  timeZoneRules: null,
  shape: null,
  rowsFrom: null,
};

/** The state of one fact of the transaction's company. */
export async function readRollupState(transaction: Transaction, fact: Fact): Promise<RollupState> {
  const [row] = await transaction.arrays<
    [RollupStatus, string, string | null, string | null, string | null, Instant | null]
  >(
    'rollup_state.read',
    sql`SELECT status, row_count, time_zone, time_zone_rules, shape, rows_from FROM rollup_state
      WHERE company_id = ${transaction.companyId} AND fact = ${fact.name}`,
  );
  if (!row) return NONE;
  const [status, rowCount, timeZone, timeZoneRules, shape, rowsFrom] = row;
  return { status, rowCount: Number(rowCount), timeZone, timeZoneRules, shape, rowsFrom };
}

/** What answers of a snapshot may be read from. */
export interface Readable {
  /** The fact with its levels; undefined where only raw rows may be read. */
  readonly leveled?: LeveledFact;
  /** The zone of the local days; undefined where they must not be used. */
  readonly timeZone?: string;
  /** Raw rows before this moment are gone; null where all are there. */
  readonly rowsFrom: Instant | null;
}

const known = new WeakMap<Transaction, Map<string, Promise<Readable>>>();

/** What a fact may be read from in a snapshot, looked up once. */
export function readableOf(transaction: Transaction, fact: Fact): Promise<Readable> {
  if (!hasLevels(fact)) return Promise.resolve({ rowsFrom: null });
  const ofTransaction = known.get(transaction) ?? new Map<string, Promise<Readable>>();
  known.set(transaction, ofTransaction);
  const reading =
    ofTransaction.get(fact.name) ?? readRollupState(transaction, fact).then((state) => readable(fact, state));
  ofTransaction.set(fact.name, reading);
  return reading;
}

function readable(fact: LeveledFact, { status, shape, timeZone, timeZoneRules, rowsFrom }: RollupState): Readable {
  if (status !== 'rolled' || shape !== levelShape(fact)) return { rowsFrom };
  // Days that were made by other rules may begin at other instants than this process believes.
  return { leveled: fact, timeZone: (timeZoneRules === TIME_ZONE_RULES && timeZone) || undefined, rowsFrom };
}
