import fc from 'fast-check';
import { TEST_NOW } from '../../../tests/support/test-service.ts';
import { type DeletionLine, type EventLine, TEXT_PARTS } from './message.reference.ts';
import { type GranularityName } from './message-buckets.reference.ts';
import { type DimensionName, type Question } from './message-figures.reference.ts';

export type AnyLine = EventLine | DeletionLine;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const ZONES = [
  'Europe/Moscow',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'UTC',
];

/** Changes of clocks in these zones, ends of months and years, a leap day, and the moment of the tests. */
const ANCHORS = [
  '2025-03-09T07:00:00Z',
  '2025-11-02T06:00:00Z',
  '2025-03-30T01:00:00Z',
  '2025-10-26T01:00:00Z',
  '2025-04-05T15:00:00Z',
  '2025-10-04T15:30:00Z',
  '2025-04-05T14:00:00Z',
  '2025-09-27T14:00:00Z',
  '2025-12-31T21:00:00Z',
  '2024-02-29T12:00:00Z',
  new Date(TEST_NOW).toISOString(),
].map((text) => Date.parse(text));

const CHANNELS = ['SMS', 'VIBER', 'EMAIL', 'WHATSAPP', 'PUSH'];
const STATUSES = [
  'CREATED',
  'PENDING',
  'DELIVERED',
  'UNDELIVERED',
  'CANCELED',
  'ERROR',
  'DELAYED',
  'CREATED_OPTIONAL',
  'OMITTED_OPTIONAL',
];
const SHORT_STATUSES = ['IN_PROGRESS', 'DELIVERED', 'NOT_DELIVERED', 'NOT_SENT'];
/** In another order by UTF-16 units, by case and by most collations than by code points. */
const ERROR_CODES = ['B', 'a', 'é', '\uffee', '😀', 'ERROR'];
const PRICES = ['0', '0.01', '0.0345', '0.000001', '1.1', '9', '123456789012.999999'];

/** Few values, so that many are equal; mostly whole minutes, else at their very edges. */
const anyMoment = (anchor: number, spanMinutes: number) =>
  fc
    .tuple(fc.integer({ min: -spanMinutes, max: spanMinutes }), fc.constantFrom(0, 0, 0, 1, 30_000, 59_999))
    .map(([minutes, extra]) => Math.min(anchor + minutes * MINUTE + extra, TEST_NOW + 23 * HOUR));

const iso = (instant: number) => new Date(instant).toISOString();
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** What one event of a message says beside its identity. Times are a few minutes after creation, so that stamps tie. */
const anyEvent = (createdAt: number) => {
  const anyTime = fc
    .constantFrom(0, 1, 2, 3, 1440)
    .map((minutes) => iso(Math.min(createdAt + minutes * MINUTE, TEST_NOW + 23 * HOUR)));
  return fc.record({
    status: fc.constantFrom(...STATUSES),
    statusAt: anyTime,
    sentAt: fc.option(anyTime, { nil: undefined, freq: 2 }),
    text: sometimes(fc.constantFrom(...Object.keys(TEXT_PARTS))),
    smsParts: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined, freq: 2 }),
    price: sometimes(fc.constantFrom(...PRICES)),
    priceAt: sometimes(anyTime),
    errorCode: sometimes(fc.constantFrom(...ERROR_CODES)),
    namesNotification: fc.boolean(),
    copies: fc.constantFrom(1, 1, 2),
  });
};

/** All lines of one message, in no order that means anything. */
const anyMessage = (anchor: number, spanMinutes: number) =>
  fc
    .record({
      // Equal creation times make ids decide, which differ first in a character of a very different code point.
      initial: fc.constantFrom('a', 'Z', 'é', '\uffee', '😀'),
      channel: fc.constantFrom(...CHANNELS),
      createdAt: anyMoment(anchor, spanMinutes),
      notification: fc.option(fc.constantFrom('cascade 1', 'cascade 2', 'cascade 3', 'a1', 'Z2'), { freq: 2 }),
      deleted: fc.constantFrom(false, false, false, false, false, true),
    })
    .chain((message) =>
      fc.tuple(
        fc.constant(message),
        fc.array(anyEvent(message.createdAt), { minLength: 1, maxLength: 5, size: 'max' }),
      ),
    );

/** Lines of up to `most` messages that do not contradict each other, shuffled. */
export const anyLines = (anchor: number, spanMinutes: number, most: number): fc.Arbitrary<AnyLine[]> =>
  fc
    .array(anyMessage(anchor, spanMinutes), { maxLength: most, size: 'max' })
    .map((messages) =>
      messages.flatMap(([{ initial, channel, createdAt, notification, deleted }, events], index) => {
        const id = `${initial}${index}`;
        const lines = events.flatMap(({ namesNotification, copies, ...event }) => {
          const notificationId = namesNotification && notification !== null ? notification : undefined;
          return new Array<AnyLine>(copies).fill({ id, channel, createdAt: iso(createdAt), notificationId, ...event });
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

/** How long periods may be, so that the reference stays quick and no series is too long. */
const LONGEST_MINUTES: Readonly<Record<GranularityName, number>> = {
  MINUTE: 200,
  FIVE_MINUTES: 1000,
  QUARTER_HOUR: 3000,
  HOUR: 6000,
  DAY: 30_000,
  WEEK: 60_000,
  MONTH: 60_000,
  QUARTER: 60_000,
  YEAR: 60_000,
};

const anyFilterList = (values: readonly string[]): fc.Arbitrary<string[] | null | undefined> =>
  fc.oneof<fc.MaybeWeightedArbitrary<string[] | null | undefined>[]>(
    { weight: 4, arbitrary: fc.constantFrom<string[] | null | undefined>(undefined, null, []) },
    { weight: 1, arbitrary: fc.subarray([...values], { minLength: 1 }) },
  );

const DIMENSIONS: DimensionName[] = ['CHANNEL', 'STATUS', 'SHORT_STATUS', 'ERROR_CODE'];
const anyDimensions = (least: number) => fc.shuffledSubarray(DIMENSIONS, { minLength: least, maxLength: 3 });

/** A question whose period begins near the anchor, at an instant to the minute or to the millisecond. */
const anyQuestion = (anchor: number, spanMinutes: number): fc.Arbitrary<Question> =>
  fc
    .constantFrom(...(Object.keys(LONGEST_MINUTES) as GranularityName[]))
    .chain((granularity) => {
      const longest = LONGEST_MINUTES[granularity];
      return fc.record({
        granularity: fc.constant(granularity),
        leadMinutes: fc.integer({ min: 0, max: Math.min(longest, spanMinutes) }),
        lengthMinutes: fc.oneof(fc.integer({ min: 1, max: longest }), fc.constant(longest)),
        raggedMs: fc.constantFrom(0, 0, 1, 59_999),
        timeZone: fc.constantFrom(...ZONES),
        filter: fc.record({
          timeAxis: fc.constantFrom(undefined, null, 'CREATED_AT' as const, 'SENT_AT' as const, 'SENT_AT' as const),
          channels: anyFilterList(CHANNELS),
          statuses: anyFilterList(STATUSES),
          shortStatuses: anyFilterList(SHORT_STATUSES),
          errorCodes: anyFilterList(['', ...ERROR_CODES]),
        }),
        by: anyDimensions(1),
        seriesBy: anyDimensions(0),
        first: fc.constantFrom(null, null, 1, 2, 5, 1000),
        page: fc.constantFrom(1, 3, 50),
      });
    })
    .map(({ leadMinutes, lengthMinutes, raggedMs, ...question }) => {
      const from = anchor - leadMinutes * MINUTE;
      return { ...question, from, to: from + lengthMinutes * MINUTE + raggedMs };
    });

/** A company's stream, how it is sent, and what is asked afterwards. */
export const anyStory = fc
  .record({
    anchor: fc.constantFrom(...ANCHORS),
    spanMinutes: fc.constantFrom(3, 200, 3000),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  })
  .chain(({ anchor, spanMinutes, currency }) =>
    anyLines(anchor, spanMinutes, 40).chain((lines) =>
      fc.record({
        currency: fc.constant(currency),
        batches: anyCut(lines),
        atomic: fc.boolean(),
        questions: fc.array(anyQuestion(anchor, spanMinutes), { minLength: 3, maxLength: 3 }),
      }),
    ),
  );
