import fc from 'fast-check';
import { sql, timestamp } from '#platform/database';
import { type Page, type Place, pageClauses, readPage, toConnection } from './index.ts';

const LIST = 'things by created';

/** What a list of these places answers to the arguments, newest first, as the database would. */
function pageOf(places: readonly Place[], page: Page) {
  const newestFirst = (a: Place, b: Place) => b.at - a.at || Number(a.id < b.id) - Number(a.id > b.id);
  const isAfter = (place: Place, mark: Place | undefined) => !mark || newestFirst(mark, place) < 0;
  const isBefore = (place: Place, mark: Place | undefined) => !mark || newestFirst(place, mark) < 0;
  const within = places.filter((place) => isAfter(place, page.after) && isBefore(place, page.before)).sort(newestFirst);
  const rows = (page.backwards ? within.toReversed() : within).slice(0, page.size + 1);
  return toConnection(
    page,
    LIST,
    rows,
    (place) => place,
    async () => places.length,
  );
}

const cursorOf = (place: Place) => pageOf([place], readPage({}, LIST)).edges[0]?.cursor ?? '';
const encode = (text: string) => Buffer.from(text).toString('base64url');

/** A moment that lists have entries of. */
const AT = Date.UTC(2026, 0, 1);

test('without arguments a page has 50 entries from the start', () => {
  expect(readPage({}, LIST)).toEqual({ backwards: false, size: 50, after: undefined, before: undefined });
  expect(readPage({ first: null, last: null, after: null, before: null }, LIST)).toEqual(readPage({}, LIST));
});

test.each([
  [{ first: 1 }, { backwards: false, size: 1 }],
  [{ first: 1000 }, { backwards: false, size: 1000 }],
  [{ last: 1000 }, { backwards: true, size: 1000 }],
])('%j is a page', (args, expected) => {
  expect(readPage(args, LIST)).toMatchObject(expected);
});

const refusal = (message: string, field: string) =>
  expect.objectContaining({ code: 'BAD_USER_INPUT', message, field: [field] });

test.each([
  [{ first: 0 }, 'first: 0 is outside 1 to 1000; ask for further pages with a cursor.', 'first'],
  [{ first: -5 }, 'first: -5 is outside 1 to 1000; ask for further pages with a cursor.', 'first'],
  [{ last: 1001 }, 'last: 1001 is outside 1 to 1000; ask for further pages with a cursor.', 'last'],
  [{ first: 1, last: 1 }, 'last: goes without first; give one of the two.', 'last'],
])('%j is refused, and says what to send', (args, message, field) => {
  expect(() => readPage(args, LIST)).toThrow(refusal(message, field));
});

test('a cursor reads back as the place that it was made of', () => {
  const place = fc.record({
    at: fc.integer({ min: AT, max: Date.UTC(9999, 11, 31) }),
    id: fc.string({ unit: 'grapheme' }),
  });
  fc.assert(
    fc.property(place, (one) => {
      fc.pre(!one.id.includes('\0'));
      expect(readPage({ after: cursorOf(one) }, LIST).after).toEqual(one);
      expect(readPage({ before: cursorOf(one) }, LIST).before).toEqual(one);
    }),
  );
});

const NOT_A_CURSOR = (argument: string) =>
  refusal(`${argument}: is not a cursor of this list; use one that an earlier page of the same list gave.`, argument);

test.each([
  ['nothing', ''],
  ['no base64', '!!!'],
  ['no JSON', encode('hello')],
  ['an object', encode('{"0":"things by created","1":1,"2":"a"}')],
  ['a text', encode('"things by created"')],
  ['null', encode('null')],
  ['an empty list', encode('[]')],
  ['the name alone', encode(JSON.stringify([LIST]))],
  ['another list', encode(JSON.stringify(['things by sent', AT, 'a']))],
  ['a list whose name begins alike', encode(JSON.stringify([`${LIST} `, AT, 'a']))],
  ['a time that is a text', encode(JSON.stringify([LIST, String(AT), 'a']))],
  ['a time that is not whole', encode(JSON.stringify([LIST, AT + 0.5, 'a']))],
  ['a time beyond all calendars', encode(JSON.stringify([LIST, 8.64e15 + 1, 'a']))],
  ['a time of five-digit years', encode(JSON.stringify([LIST, Date.UTC(10_000, 0, 1), 'a']))],
  ['a time before all events', encode(JSON.stringify([LIST, Date.UTC(1999, 0, 1), 'a']))],
  ['a huge time', encode(`["${LIST}",1e308,"a"]`)],
  ['an infinite time', encode(`["${LIST}",1e999,"a"]`)],
  ['a time below all calendars', encode(JSON.stringify([LIST, -8.64e15 - 1, 'a']))],
  ['no time', encode(JSON.stringify([LIST, null, 'a']))],
  ['an id that is a number', encode(JSON.stringify([LIST, AT, 1]))],
  ['an id that is a list', encode(JSON.stringify([LIST, AT, ['a']]))],
  ['an id that no text of the database holds', encode(JSON.stringify([LIST, AT, 'a\0']))],
  ['a cursor that was cut', cursorOf({ at: AT, id: 'a' }).slice(0, -4)],
])('a cursor of %s is refused', (_, cursor) => {
  expect(() => readPage({ after: cursor }, LIST)).toThrow(NOT_A_CURSOR('after'));
  expect(() => readPage({ before: cursor }, LIST)).toThrow(NOT_A_CURSOR('before'));
});

test('any text in place of a cursor is refused or read, and never fails otherwise', () => {
  const anything = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.jsonValue().map((value) => encode(JSON.stringify(value))),
  );
  fc.assert(
    fc.property(anything, (after) => {
      expect(() => readPage({ after }, LIST)).toThrow(NOT_A_CURSOR('after'));
    }),
    { numRuns: 1000 },
  );
});

test('what a cursor holds travels to the database beside the statement', () => {
  const after = encode(JSON.stringify([LIST, AT, `'); DROP TABLE messages; --`]));
  const { where, orderAndLimit } = pageClauses(readPage({ after }, LIST), sql`created_at`, sql`id`, timestamp);
  expect(sql`${where}${orderAndLimit}`.toStatement()).toEqual({
    text: ' AND (created_at, id) < ($1::timestamptz, $2::text) ORDER BY created_at DESC, id DESC LIMIT $3',
    values: ['2026-01-01T00:00:00.000Z', `'); DROP TABLE messages; --`, 51],
  });
});

test('pages in either direction, put together, are the whole list once and in order, also where many times are equal', () => {
  const places = fc.uniqueArray(
    fc.record({
      at: fc.integer({ min: AT, max: AT + 3 }),
      id: fc.string({ unit: fc.constantFrom('a', 'b', '0', '😀'), minLength: 1, maxLength: 3 }),
    }),
    {
      selector: ({ id }) => id,
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 7 }), (list, size) => {
      const whole = pageOf(list, readPage({ first: 1000 }, LIST)).edges.map(({ node }) => node);
      const forwards: Place[] = [];
      for (let page = pageOf(list, readPage({ first: size }, LIST)); ; ) {
        forwards.push(...page.edges.map(({ node }) => node));
        if (!page.pageInfo.hasNextPage) break;
        page = pageOf(list, readPage({ first: size, after: page.pageInfo.endCursor }, LIST));
        expect(page.pageInfo.hasPreviousPage).toBe(true);
      }
      const backwards: Place[] = [];
      for (let page = pageOf(list, readPage({ last: size }, LIST)); ; ) {
        backwards.unshift(...page.edges.map(({ node }) => node));
        if (!page.pageInfo.hasPreviousPage) break;
        page = pageOf(list, readPage({ last: size, before: page.pageInfo.startCursor }, LIST));
        expect(page.pageInfo.hasNextPage).toBe(true);
      }
      expect([forwards, backwards]).toEqual([whole, whole]);
    }),
  );
});
