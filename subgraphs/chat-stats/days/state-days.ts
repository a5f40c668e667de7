import type { Transaction } from '#platform/database';
import type { OperatorStateName } from '../operators/operator-state-name.ts';
import type { DayChange } from './day-table.ts';
import { OPERATOR_STATE_DAYS } from './day-tables.ts';
import type { LocalDays } from './local-days.ts';

/** Longest state whose time is kept by day, in milliseconds: 7 days, as in the indexes of what lasts longer. */
const LONGEST_MS = 7 * 86_400_000;

/** A state of an operator; `until` is null while it lasts. Epoch milliseconds. */
export interface StateStretch {
  readonly operatorId: string;
  readonly state: OperatorStateName;
  readonly at: number;
  readonly until: number | null;
}

/** Brings time by day in line with states that came, went, or end at another moment. */
export async function changeStateDays(
  transaction: Transaction,
  days: LocalDays,
  { before, after }: { before: readonly StateStretch[]; after: readonly StateStretch[] },
): Promise<void> {
  await OPERATOR_STATE_DAYS.add(transaction, [
    ...before.flatMap((stretch) => stateDays(stretch, -1, days)),
    ...after.flatMap((stretch) => stateDays(stretch, 1, days)),
  ]);
}

function stateDays({ operatorId, state, at, until }: StateStretch, sign: -1 | 1, days: LocalDays): DayChange[] {
  if (state === 'OFFLINE' || until === null || until - at > LONGEST_MS) return [];
  return days.split(at, until).map(({ day, ms }) => ({ keys: [day, operatorId, state], sums: [sign * ms] }));
}
