import { DateTime } from 'luxon';
import { type DemoOperator, OPERATORS } from './chat-people.ts';
import { createRandom, type Random } from './random.ts';

/** A change of an operator's state; `at` in epoch milliseconds. */
export interface StateChange {
  operatorId: string;
  state: 'ONLINE' | 'PAUSED' | 'OFFLINE';
  at: number;
}

/** One local day of shifts; `end` is the first instant of the next. */
export interface ShiftDay {
  end: number;
  changes: StateChange[];
}

/** Keeps shifts apart from whatever else is made from the same seed. */
const SHIFT_SALT = 0x5f17;
const MINUTE = 60_000;

/** The shifts of the whole local days that meet [from, to), by day. A day depends on the seed and its date alone. */
export function* shiftDays(seed: number, from: number, to: number, timeZone: string): Generator<ShiftDay> {
  let day = DateTime.fromMillis(from, { zone: timeZone }).startOf('day');
  while (day.toMillis() < to) {
    const next = day.plus({ days: 1 });
    const random = createRandom(seed, Number(day.toFormat('yyyyMMdd')), SHIFT_SALT);
    const start = day.toMillis();
    const changes = OPERATORS.flatMap((operator) => {
      const shift = planShift(operator, start, random);
      return operator.days.includes(day.weekday) ? shift : [];
    });
    yield { end: next.toMillis(), changes: changes.filter(({ at }) => at >= from) };
    day = next;
  }
}

/** Comes a little early or late, eats in the middle, has a few short breaks, and goes. */
function planShift(
  { id: operatorId, hours: [begin, end] }: DemoOperator,
  dayStart: number,
  random: Random,
): StateChange[] {
  const at = (minutes: number) => dayStart + Math.round(minutes * MINUTE);
  const change = (state: StateChange['state'], minutes: number): StateChange => ({
    operatorId,
    state,
    at: at(minutes),
  });
  const comes = Math.max(0, begin * 60 + random.between(-6, 9) + random.next());
  const goes = Math.min(24 * 60 - 1, end * 60 + random.between(-4, 12) + random.next());
  const middle = (comes + goes) / 2 + random.between(-30, 30);
  const breaks = [
    { from: (comes + middle) / 2 + random.between(-25, 25), minutes: random.between(5, 16) },
    { from: middle, minutes: random.between(28, 50) },
    { from: (middle + goes) / 2 + random.between(10, 40), minutes: random.between(5, 16) },
  ];
  return [
    change('ONLINE', comes),
    ...breaks.flatMap(({ from, minutes }) => [
      change('PAUSED', from),
      change('ONLINE', from + minutes + random.next()),
    ]),
    change('OFFLINE', goes),
  ];
}
