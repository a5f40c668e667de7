import { sql } from '#platform/database';
import { compareText } from '#platform/ingest';
import { isCounted, type OperatorPopulation, ofOperators } from './operator-population.ts';
import { type OperatorMessages, readOperatorMessages } from './read-operator-messages.ts';
import { type OperatorTimes, readOperatorTimes, toSeconds } from './read-operator-seconds.ts';
import { readActiveDialogues, readSkippedDialogues } from './read-operator-sessions.ts';

/** Who did anything in a period, and what was read to find that out. */
export interface ActiveOperators {
  readonly operatorIds: readonly string[];
  readonly messages: OperatorMessages;
  readonly times: OperatorTimes;
}

/** Everybody of whom any measure is above 0 in the period: most messages first, then by id. */
export async function readActiveOperators(population: OperatorPopulation): Promise<ActiveOperators> {
  const whole = [population.period.from, population.period.to];
  const messages = await readOperatorMessages(population, whole);
  const times = await readOperatorTimes(population, whole);
  const worked = [times.online, times.paused].flatMap((grid) => {
    return [...grid.operatorIds()].filter((id) => toSeconds(grid.of(id)).some((seconds) => seconds > 0));
  });
  const active = new Set([...messages.messages.operatorIds(), ...worked]);
  // Assignments are the dearest to read, and hardly anybody has one who did nothing else.
  const others = (await readAssigned(population)).filter((id) => !active.has(id));
  if (others.length > 0) {
    const ofOthers = ofOperators(population, others);
    for (const read of [readActiveDialogues, readSkippedDialogues]) {
      for (const id of (await read(ofOthers, whole)).operatorIds()) active.add(id);
    }
  }
  const count = (id: string) => messages.messages.of(id)[0] ?? 0;
  const operatorIds = [...active].sort((one, other) => count(other) - count(one) || compareText(one, other));
  return { operatorIds, messages, times };
}

/** Everybody who was ever given a dialogue, from one entry of the index to the next other one. */
async function readAssigned(population: OperatorPopulation): Promise<string[]> {
  const { transaction } = population;
  const next = sql`SELECT min(operator_id) FROM operator_sessions WHERE company_id = ${transaction.companyId}`;
  const rows = await transaction.arrays<[string]>(
    'operators.assigned',
    sql`WITH RECURSIVE assigned(operator_id) AS (
        ${next}
        UNION ALL SELECT (${next} AND operator_sessions.operator_id > assigned.operator_id) FROM assigned WHERE operator_id IS NOT NULL
      )
      SELECT operator_id FROM assigned WHERE operator_id IS NOT NULL${isCounted(population)}`,
  );
  return rows.map(([id]) => id);
}
