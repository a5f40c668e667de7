import fc from 'fast-check';
import {
  compareNumbers,
  compareText,
  greaterStatus,
  greatestOf,
  identityField,
  laterOf,
  leastOf,
  type Stamped,
  type StatusAt,
  showInstant,
} from '#platform/ingest';

type Status = 'CREATED' | 'DELAYED' | 'PENDING' | 'DELIVERED';
const RANK = { CREATED: 0, DELAYED: 0, PENDING: 1, DELIVERED: 3 } as const;
const greater = greaterStatus<Status>(RANK);

interface Event {
  status: Status;
  at: number;
  label?: string;
  price?: bigint;
  sentAt?: number;
  closedAt?: number;
  group?: string;
}

interface State {
  status: StatusAt<Status>;
  label: Stamped<string> | undefined;
  price: Stamped<bigint> | undefined;
  sentAt: number | null;
  closedAt: number | null;
  group: string | null;
}

function merged(events: readonly Event[]): State | undefined {
  let state: State | undefined;
  for (const { status, at, label, price, sentAt, closedAt, group } of events) {
    state = {
      status: greater(state?.status, { status, at }),
      label: laterOf(state?.label, label === undefined ? undefined : { value: label, at }, compareText),
      price: laterOf(state?.price, price === undefined ? undefined : { value: price, at }, compareNumbers),
      sentAt: leastOf(state?.sentAt, sentAt),
      closedAt: greatestOf(state?.closedAt, closedAt),
      group: identityField('group', state?.group, group),
    };
  }
  return state;
}

const event: fc.Arbitrary<Event> = fc.record(
  {
    status: fc.constantFrom<Status>('CREATED', 'DELAYED', 'PENDING', 'DELIVERED'),
    at: fc.nat({ max: 3 }),
    label: fc.constantFrom('a', 'b', '\uffee', '😀'),
    price: fc.bigInt({ min: 0n, max: 12n }),
    sentAt: fc.nat({ max: 9 }),
    closedAt: fc.nat({ max: 9 }),
    group: fc.constant('g'),
  },
  { requiredKeys: ['status', 'at'] },
);

test('events merge to the same state in any order and any repetition', () => {
  const shuffled = fc.array(event, { minLength: 1, maxLength: 6 }).chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc
        .array(fc.constantFrom(...events), { maxLength: 6 })
        .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length })),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([events, other]) => {
      expect(merged(other)).toEqual(merged(events));
    }),
    { numRuns: 1000 },
  );
});

test('the later stamp wins, at equal stamps the greater value, and the known object stands where nothing changes', () => {
  const known = { value: '\uffee', at: 5 };
  expect(laterOf(known, { value: 'a', at: 6 }, compareText)).toEqual({ value: 'a', at: 6 });
  expect(laterOf(known, { value: '😀', at: 5 }, compareText)).toEqual({ value: '😀', at: 5 });
  expect(laterOf(known, { value: 'z', at: 5 }, compareText)).toBe(known);
  expect(laterOf(known, { value: '😀', at: 4 }, compareText)).toBe(known);
  expect(laterOf(known, { ...known }, compareText)).toBe(known);
  expect(laterOf(known, undefined, compareText)).toBe(known);
  expect(laterOf(null, known, compareText)).toBe(known);
  expect(laterOf<string>(null, undefined, compareText)).toBeUndefined();
  expect(laterOf({ value: 9n, at: 1 }, { value: 10n, at: 1 }, compareNumbers)).toEqual({ value: 10n, at: 1 });
});

test('a status is replaced only by one of greater rank, then time, then name', () => {
  const pending: StatusAt<Status> = { status: 'PENDING', at: 5 };
  expect(greater(undefined, pending)).toBe(pending);
  expect(greater(pending, { status: 'CREATED', at: 9 })).toBe(pending);
  expect(greater(pending, { status: 'DELIVERED', at: 1 })).toEqual({ status: 'DELIVERED', at: 1 });
  expect(greater(pending, { status: 'PENDING', at: 6 })).toEqual({ status: 'PENDING', at: 6 });
  expect(greater(pending, { status: 'PENDING', at: 5 })).toBe(pending);
  expect(greater({ status: 'CREATED', at: 5 }, { status: 'DELAYED', at: 5 })).toEqual({ status: 'DELAYED', at: 5 });
});

test('of two numbers that may be missing the least and the greatest are found', () => {
  expect([leastOf(1, 2), leastOf(null, 2), leastOf(0, undefined), leastOf(null, undefined)]).toEqual([1, 2, 0, null]);
  expect([greatestOf(1, 2), greatestOf(null, -2), greatestOf(0, undefined), greatestOf(null, null)]).toEqual([
    2,
    -2,
    0,
    null,
  ]);
});

test('a field that never changes may be supplied later and come again', () => {
  expect(identityField('channel', undefined, 'SMS')).toBe('SMS');
  expect(identityField('channel', 'SMS', null)).toBe('SMS');
  expect(identityField('channel', 'SMS', 'SMS')).toBe('SMS');
  expect(identityField('skipped', false, undefined)).toBe(false);
  expect(identityField('channel', null, undefined)).toBeNull();
});

test('a line that contradicts a known value is told both values and the remedy', () => {
  const remedy = 'send the known value, or use another id for another event.';
  expect(() => identityField('channel', 'SMS', 'VIBER')).toThrow(
    expect.objectContaining({
      code: 'IMMUTABLE_FIELD',
      field: 'channel',
      message: `channel is known to be "SMS" and never changes, but this line says "VIBER"; ${remedy}`,
    }),
  );
  expect(() => identityField('createdAt', 0, 1, showInstant)).toThrow(
    `createdAt is known to be 1970-01-01T00:00:00.000Z and never changes, but this line says 1970-01-01T00:00:00.001Z`,
  );
  expect(() => identityField('price', 34_500n, 0n)).toThrow('price is known to be "0.0345" and never changes');
  expect(() => identityField('text', 'secret', 'private', 'hidden')).toThrow(
    `text differs from the known one, and never changes; ${remedy}`,
  );
});
