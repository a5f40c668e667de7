import { sql } from '#platform/database';
import { ServiceError } from '#platform/errors';
import { rowsMeeting } from './meeting.ts';
import { isCounted, type OperatorPopulation, openUntil } from './operator-population.ts';
import type { OperatorStateName } from './operator-state-name.ts';
import { STATES } from './read-operator-seconds.ts';

/** A stretch of the period in which an operator was in one state. Instants are epoch milliseconds. */
export interface OperatorStretch {
  readonly operatorId: string;
  readonly state: OperatorStateName;
  readonly from: number;
  /** Null while it lasts. */
  readonly to: number | null;
}

interface StateRow {
  operator_id: string;
  state: OperatorStateName;
  at: number;
  until: number | null;
}

const MOST_INTERVALS = 20_000;

/**
 * States within the period, by operator and time, without a gap from its start on: before the first state of all an operator is
 * offline. Operators without a state up to the end of the period have none. Throws LIMIT_EXCEEDED beyond 20,000.
 */
export async function readTimeline(population: OperatorPopulation): Promise<OperatorStretch[]> {
  const { transaction, period } = population;
  const to = openUntil(population);
  if (period.from >= to) return [];
  const states = rowsMeeting(STATES, transaction.companyId, [period.from, to], isCounted(population));
  const rows = await transaction.query<StateRow>(
    'operators.timeline',
    sql`SELECT operator_id, state, at, until FROM ${states} ORDER BY operator_id, at LIMIT ${MOST_INTERVALS + 1}`,
  );
  if (rows.length > MOST_INTERVALS) {
    throw new ServiceError(
      'LIMIT_EXCEEDED',
      `timeline: there are more than ${MOST_INTERVALS} intervals; ask for a shorter period or fewer operators.`,
      { field: ['operatorIds'] },
    );
  }
  const ofOperators = Map.groupBy(rows, ({ operator_id }) => operator_id);
  return [...ofOperators.values()].flatMap((ofOne) => toStretches(ofOne, population));
}

function toStretches(rows: readonly StateRow[], { period, asOf }: OperatorPopulation): OperatorStretch[] {
  const stretches: OperatorStretch[] = [];
  const isOver = (until: number | null): until is number => until !== null && asOf !== null && until <= asOf;
  for (const { operator_id: operatorId, state, at, until } of rows) {
    const from = Math.max(at, period.from);
    if (stretches.length === 0 && from > period.from) {
      stretches.push({ operatorId, state: 'OFFLINE', from: period.from, to: from });
    }
    const end = isOver(until) ? Math.min(until, period.to) : (asOf ?? 0) >= period.to ? period.to : null;
    const last = stretches.at(-1);
    // The same state once more is no change of it.
    if (last?.state === state) stretches[stretches.length - 1] = { ...last, to: end };
    else stretches.push({ operatorId, state, from, to: end });
  }
  return stretches;
}
