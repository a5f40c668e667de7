import { ServiceError } from '#platform/errors';
import { readFirst } from '#platform/statistics';
import { type Buckets, cutBuckets, type Granularity, MAX_BUCKETS as MAX_POINTS } from '#platform/time';
import type { OperatorGrid } from './operator-grid.ts';
import { type OperatorPopulation, ofOperators } from './operator-population.ts';
import { type ActiveOperators, readActiveOperators } from './read-active-operators.ts';
import { type OperatorMessages, readOperatorMessages } from './read-operator-messages.ts';
import { type OperatorTimes, readOperatorTimes } from './read-operator-seconds.ts';
import { readActiveDialogues, readSkippedDialogues } from './read-operator-sessions.ts';

/** The work of some operators over time. Each kind of measure is read for all of them when it is first asked for. */
export class OperatorCourse {
  private messagesRead: Promise<OperatorMessages> | undefined;
  private activeRead: Promise<OperatorGrid> | undefined;
  private skippedRead: Promise<OperatorGrid> | undefined;
  private timesRead: Promise<OperatorTimes> | undefined;
  /** In the order of the breakdown. */
  readonly operatorIds: readonly string[];
  /** Operators left out by `first`. */
  readonly omitted: number;
  private readonly population: OperatorPopulation;

  constructor(
    population: OperatorPopulation,
    readonly buckets: Buckets,
    { operatorIds, messages, times }: ActiveOperators,
    first: number,
  ) {
    this.operatorIds = operatorIds.slice(0, first);
    this.omitted = operatorIds.length - this.operatorIds.length;
    this.population = ofOperators(population, this.operatorIds);
    // Of the whole period as a single bucket both are known already.
    if (buckets.partial.length > 1) return;
    this.messagesRead = Promise.resolve(messages);
    this.timesRead = Promise.resolve(times);
  }

  messages(): Promise<OperatorMessages> {
    this.messagesRead ??= readOperatorMessages(this.population, this.buckets.boundaries);
    return this.messagesRead;
  }

  active(): Promise<OperatorGrid> {
    this.activeRead ??= readActiveDialogues(this.population, this.buckets.boundaries);
    return this.activeRead;
  }

  skipped(): Promise<OperatorGrid> {
    this.skippedRead ??= readSkippedDialogues(this.population, this.buckets.boundaries);
    return this.skippedRead;
  }

  times(): Promise<OperatorTimes> {
    this.timesRead ??= readOperatorTimes(this.population, this.buckets.boundaries);
    return this.timesRead;
  }
}

/** The `first` most active operators over the whole period, as a single bucket. */
export async function readOperatorTotals(
  population: OperatorPopulation,
  first: number | null | undefined,
): Promise<OperatorCourse> {
  const { from, to } = population.period;
  const most = readFirst(first);
  const whole: Buckets = { boundaries: [from, to], partial: [false] };
  return new OperatorCourse(population, whole, await readActiveOperators(population), most);
}

/** The same operators over time. Throws LIMIT_EXCEEDED beyond 20,000 points. */
export async function readOperatorCourse(
  population: OperatorPopulation,
  granularity: Granularity,
  first: number | null | undefined,
): Promise<OperatorCourse> {
  const most = readFirst(first);
  const buckets = cutBuckets(population.period, granularity);
  const course = new OperatorCourse(population, buckets, await readActiveOperators(population), most);
  refuseTooManyPoints(course.buckets.partial.length, granularity, course.operatorIds.length);
  return course;
}

function refuseTooManyPoints(buckets: number, granularity: Granularity, lines: number): void {
  if (buckets * lines <= MAX_POINTS) return;
  throw new ServiceError(
    'LIMIT_EXCEEDED',
    `series: ${buckets} buckets of ${granularity} by ${lines} operators are ${buckets * lines} points, more than ${MAX_POINTS}; ` +
      `ask for a coarser granularity or first: ${Math.floor(MAX_POINTS / buckets)}.`,
    { field: ['granularity'] },
  );
}
