import fc from 'fast-check';
import { TEST_NOW } from '../../../tests/support/test-service.ts';
import { type DeletionLine, type EventLine, NUMBERS } from './call.reference.ts';
import type { DimensionName, Question } from './call-figures.reference.ts';

export type AnyLine = EventLine | DeletionLine;

const MINUTE = 60_000;
const ZONES = ['Europe/Moscow', 'Europe/London', 'America/New_York', 'UTC'];
/** Changes of clocks, the end of a year, a leap day, and a quiet day. */
const ANCHORS = [
  '2025-11-02T06:00:00Z',
  '2025-03-30T01:00:00Z',
  '2025-12-31T21:00:00Z',
  '2024-02-29T12:00:00Z',
  '2026-03-10T09:00:00Z',
].map((text) => Date.parse(text));
const STATUSES = ['IN_PROGRESS', 'ANSWERED', 'NO_ANSWER', 'BUSY', 'FAILED', 'CANCELED', 'REJECTED', 'CONGESTION'];
const TRUNKS = ['t1', 't2', 'T', '\uffee', '😀'];
const BOTS = ['b1', 'b2'];
const OPERATORS = ['o1', 'o2'];
const EVALUATIONS = ['GOOD', 'bad', '5', '😀'];
const DIMENSIONS: DimensionName[] = ['STATUS', 'DURATION', 'TRUNK', 'DIRECTION', 'BOT', 'OPERATOR', 'BOT_EVALUATION'];
const SPELLINGS = Object.keys(NUMBERS);

const iso = (instant: number) => new Date(Math.min(instant, TEST_NOW)).toISOString();
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** What one event of a leg says beside its identity. Times are few, so that stamps tie. */
const anyEvent = (startedAt: number) => {
  const anyTime = fc.constantFrom(0, 3000, 5000, 14_999, 60_000, 200_000).map((ms) => iso(startedAt + ms));
  return fc
    .record({
      status: fc.constantFrom('ANSWERED', 'ANSWERED', 'ANSWERED', ...STATUSES),
      stamp: fc.constantFrom(0, 1, 2, 1440),
      answeredAt: sometimes(anyTime),
      endedAt: sometimes(anyTime),
      holdSeconds: sometimes(fc.nat({ max: 30 })),
      wrapUpSeconds: sometimes(fc.nat({ max: 30 })),
      trunkId: sometimes(fc.constantFrom(...TRUNKS)),
      botId: sometimes(fc.constantFrom(...BOTS)),
      operatorId: sometimes(fc.constantFrom(...OPERATORS)),
      numbered: fc.boolean(),
      evaluation: sometimes(fc.constantFrom(...EVALUATIONS)),
      cause: sometimes(fc.constantFrom('normal', 'Busy here')),
      price: sometimes(fc.constantFrom('0', '0.01', '0.0345', '9', '123456789012.999999')),
      priceAt: sometimes(anyTime),
      namesRoot: fc.boolean(),
      copies: fc.constantFrom(1, 1, 2),
    })
    .map(({ stamp, ...event }) => ({ stamp, statusAt: iso(startedAt + stamp * MINUTE), ...event }));
};

/** All lines of one leg, in no order that means anything. */
const anyLeg = (anchor: number, spanMinutes: number) =>
  fc
    .record({
      initial: fc.constantFrom('a', 'Z', '\uffee', '😀'),
      direction: fc.constantFrom('INBOUND', 'OUTBOUND'),
      minutes: fc.integer({ min: -spanMinutes, max: spanMinutes }),
      extra: fc.constantFrom(0, 0, 1, 59_999),
      root: fc.option(fc.constantFrom('call 1', 'call 2', 'a1', '😀2'), { freq: 3 }),
      firstNumber: fc.nat({ max: 10 }),
      deleted: fc.constantFrom(false, false, false, false, true),
    })
    .chain((leg) => {
      const startedAt = Math.min(anchor + leg.minutes * MINUTE + leg.extra, TEST_NOW);
      return fc.tuple(
        fc.constant({ ...leg, startedAt }),
        fc.array(anyEvent(startedAt), { minLength: 1, maxLength: 4, size: 'max' }),
      );
    });

/** Lines of up to 40 legs that do not contradict each other, shuffled. */
export const anyLines = (anchor: number, spanMinutes: number): fc.Arbitrary<AnyLine[]> =>
  fc
    .array(anyLeg(anchor, spanMinutes), { maxLength: 40, size: 'max' })
    .map((legs) =>
      legs.flatMap(([{ initial, direction, startedAt, root, firstNumber, deleted }, events], index) => {
        const id = `${initial}${index}`;
        const lines = events.flatMap(({ namesRoot, copies, numbered, stamp, ...event }) => {
          const rootId = namesRoot && root !== null ? root : undefined;
          // One number a stamp: which of two numbers of one moment stands is decided by their hashes.
          const number = numbered ? SPELLINGS[(firstNumber + stamp) % SPELLINGS.length] : undefined;
          const line = { id, direction, startedAt: iso(startedAt), rootId, number, ...event };
          return new Array<AnyLine>(copies).fill(line as EventLine);
        });
        return deleted ? [...lines, { id, deleted: true as const }] : lines;
      }),
    )
    .chain((lines) => fc.shuffledSubarray(lines, { minLength: lines.length }));

/** Cuts things into consecutive parts, which together are all of them. */
export const anyCut = <T>(things: readonly T[]): fc.Arbitrary<T[][]> =>
  fc.array(fc.nat({ max: things.length }), { maxLength: 5, size: 'max' }).map((cuts) => {
    const edges = [0, ...cuts.toSorted((a, b) => a - b), things.length];
    return edges
      .slice(1)
      .map((edge, index) => things.slice(edges[index], edge))
      .filter((part) => part.length > 0);
  });

const anyFilterList = (values: readonly string[]): fc.Arbitrary<string[] | null | undefined> =>
  fc.oneof<fc.MaybeWeightedArbitrary<string[] | null | undefined>[]>(
    { weight: 5, arbitrary: fc.constantFrom<string[] | null | undefined>(undefined, null, []) },
    { weight: 1, arbitrary: fc.subarray([...values], { minLength: 1 }) },
  );

export const anyFilter = fc.record({
  directions: anyFilterList(['INBOUND', 'OUTBOUND']),
  statuses: anyFilterList(STATUSES),
  trunkIds: anyFilterList(TRUNKS),
  botIds: anyFilterList(BOTS),
  operatorIds: anyFilterList(OPERATORS),
  evaluations: anyFilterList(['', ...EVALUATIONS]),
  talkSecondsFrom: fc.constantFrom(undefined, undefined, null, 0, 5),
  talkSecondsTo: fc.constantFrom(undefined, undefined, null, 5, 60),
});

const anyDimensions = (least: number) => fc.shuffledSubarray(DIMENSIONS, { minLength: least, maxLength: 3 });

const anyQuestion = (anchor: number, spanMinutes: number): fc.Arbitrary<Question> =>
  fc
    .record({
      granularity: fc.constantFrom('HOUR' as const, 'DAY' as const, 'MONTH' as const),
      leadMinutes: fc.integer({ min: 0, max: spanMinutes }),
      lengthMinutes: fc.integer({ min: 1, max: 2 * spanMinutes }),
      raggedMs: fc.constantFrom(0, 0, 1, 59_999),
      timeZone: fc.constantFrom(...ZONES),
      filter: anyFilter,
      by: anyDimensions(1),
      seriesBy: anyDimensions(0),
      durationBounds: fc.constantFrom<(number[] | null)[]>(null, null, [1], [3, 5, 14, 15], [60]),
      first: fc.constantFrom(null, null, 1, 2, 1000),
      page: fc.constantFrom(1, 3, 50),
    })
    .map(({ leadMinutes, lengthMinutes, raggedMs, ...question }) => {
      const from = anchor - leadMinutes * MINUTE;
      return { ...question, from, to: from + lengthMinutes * MINUTE + raggedMs };
    });

/** What may happen to the levels of a company. */
export type Step = 'nothing' | 'fold' | 'rebuild' | 'drop';
const anyStep = fc.constantFrom<Step[]>('nothing', 'nothing', 'fold', 'fold', 'fold', 'rebuild', 'drop');

/** A company's stream, how it is sent, what becomes of its levels in between, and what is asked afterwards. */
export const anyStory = fc
  .record({ anchor: fc.constantFrom(...ANCHORS), spanMinutes: fc.constantFrom(3, 200, 2000) })
  .chain(({ anchor, spanMinutes }) =>
    anyLines(anchor, spanMinutes).chain((lines) =>
      fc.record({
        batches: anyCut(lines),
        atomic: fc.boolean(),
        steps: fc.array(anyStep, { minLength: 6, maxLength: 6 }),
        zone: fc.constantFrom(...ZONES, 'Asia/Kathmandu'),
        questions: fc.array(anyQuestion(anchor, spanMinutes), { minLength: 3, maxLength: 3 }),
      }),
    ),
  );
