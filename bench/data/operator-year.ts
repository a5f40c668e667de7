import { createRandom, type Random } from '../../demo/random.ts';
import type { OperatorStateRow } from '../../subgraphs/chat-stats/operators/operator-state.row.ts';
import { CHAT_OPERATORS } from './chat-year.ts';
import { BENCH_YEAR } from './message-events.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHIFT_MS = 8 * HOUR_MS;
const DAYS = Math.floor((BENCH_YEAR.to - BENCH_YEAR.from) / DAY_MS);
/** Of seven. */
const WORKING_DAYS = 5;
const FEWEST_OF_SHIFT = 4;

/**
 * About `count` states of operators over the year, in the order of time, each until the operator's next one: in every shift they come
 * online, pause and go on again and again, and go. With few states, only the first shifts of the year are there.
 */
export function operatorYear(seed: number, count: number): OperatorStateRow[] {
  const random = createRandom(seed, 1);
  const ofOperator = count / CHAT_OPERATORS.length;
  const ofShift = Math.max(FEWEST_OF_SHIFT, Math.round((ofOperator * 7) / WORKING_DAYS / DAYS));
  return CHAT_OPERATORS.flatMap((operatorId) => {
    const days = workingDays(random).slice(0, Math.round(ofOperator / ofShift));
    return settled(days.flatMap((dayStart) => shift(random, operatorId, dayStart, ofShift)));
  }).sort((a, b) => a.at - b.at);
}

/** Where an operator's shifts begin: at the same time of the day, on five days of each week. */
function workingDays(random: Random): number[] {
  const begin = BENCH_YEAR.from + random.between(4, 14) * HOUR_MS;
  const firstDay = random.between(0, 7);
  return Array.from({ length: DAYS }, (_, day) => day)
    .filter((day) => (day + firstDay) % 7 < WORKING_DAYS)
    .map((day) => begin + day * DAY_MS);
}

function shift(random: Random, operatorId: string, start: number, states: number): OperatorStateRow[] {
  const stepMs = SHIFT_MS / (states - 1);
  return Array.from({ length: states }, (_, index) => {
    const at = Math.round(start + (index + random.next() / 2) * stepMs);
    const state = index === states - 1 ? 'OFFLINE' : index % 2 === 0 ? 'ONLINE' : 'PAUSED';
    return { id: `${at}:${operatorId}`, operatorId, state, at, until: null };
  });
}

/** Each state until the next. */
function settled(rows: readonly OperatorStateRow[]): OperatorStateRow[] {
  return rows.map((row, index) => ({ ...row, until: rows[index + 1]?.at ?? null }));
}
