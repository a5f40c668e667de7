import { createRandom, type Random } from '../../demo/random.ts';
import type { OperatorStateRow } from '../../subgraphs/chat-stats/operators/operator-state.row.ts';
import { CHAT_OPERATORS } from './chat-year.ts';
import { BENCH_YEAR } from './message-events.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHIFT_MS = 8 * HOUR_MS;
const DAYS = Math.floor((BENCH_YEAR.to - BENCH_YEAR.from) / DAY_MS);
/** Five of seven. */
const WORKING_DAYS = Math.floor((DAYS * 5) / 7);

/**
 * About `count` states of operators over the year, in the order of time, each until the operator's next one: in every shift they come
 * online, pause and go on again and again, and go.
 */
export function operatorYear(seed: number, count: number): OperatorStateRow[] {
  const random = createRandom(seed, 1);
  const aShift = Math.max(2, Math.round(count / CHAT_OPERATORS.length / WORKING_DAYS));
  return CHAT_OPERATORS.flatMap((operatorId) => statesOf(random, operatorId, aShift)).sort((a, b) => a.at - b.at);
}

function statesOf(random: Random, operatorId: string, aShift: number): OperatorStateRow[] {
  const begin = random.between(4, 14) * HOUR_MS;
  const rest = random.between(0, 7);
  const rows: OperatorStateRow[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    if ((day + rest) % 7 >= 5) continue;
    const step = SHIFT_MS / (aShift - 1);
    for (let index = 0; index < aShift; index += 1) {
      const at = Math.round(BENCH_YEAR.from + day * DAY_MS + begin + (index + random.next() / 2) * step);
      const state = index === aShift - 1 ? 'OFFLINE' : index % 2 === 0 ? 'ONLINE' : 'PAUSED';
      rows.push({ id: `${at}:${operatorId}`, operatorId, state, at, until: null });
    }
  }
  rows.forEach((row, index) => {
    row.until = rows[index + 1]?.at ?? null;
  });
  return rows;
}
