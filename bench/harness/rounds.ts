/** Short things are repeated within a round until this time is over, so that one hiccup does not decide. */
const SHORT_MS = 100;
const MOST_REPEATS = 10;

/** Does something once. What it returns is not looked at: answers are checked before. */
export type Work = () => Promise<unknown>;

/** A work that needs something new each time; the making of it is not timed. */
export interface PreparedWork {
  prepare(): Work | Promise<Work>;
}

/** Milliseconds of each kind of work, one a round. */
export type Times<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Runs all works in every round, one after another and in turning order, so that what loads the machine loads them alike.
 * A short work is repeated within its round; its time is the median of the repetitions.
 */
export async function timeRounds<Name extends string>(
  rounds: number,
  works: Readonly<Record<Name, Work | PreparedWork>>,
): Promise<Times<Name>> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of turned(names, round)) times[name].push(await timeOf(works[name]));
  }
  return times;
}

/** The same order, beginning further on in every round. */
function turned<T>(items: readonly T[], round: number): T[] {
  const first = round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}

async function timeOf(task: Work | PreparedWork): Promise<number> {
  const times: number[] = [];
  let total = 0;
  do {
    const work = typeof task === 'function' ? task : await task.prepare();
    const start = performance.now();
    await work();
    const time = performance.now() - start;
    times.push(time);
    total += time;
  } while (total < SHORT_MS && times.length < MOST_REPEATS);
  return median(times);
}

/** The middle value, or the mean of the two middle ones. Throws for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('a median of nothing');
  return (lower + upper) / 2;
}
