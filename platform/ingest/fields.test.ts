import {
  isDeleted,
  optionalBoolean,
  optionalContent,
  optionalEnum,
  optionalId,
  optionalIds,
  optionalInteger,
  optionalLatitude,
  optionalLongitude,
  optionalPrice,
  optionalText,
  optionalTime,
  requiredEnum,
  requiredId,
  requiredText,
  requiredTime,
} from '#platform/ingest';
import { faultOf } from './ingest.test-support.ts';

const receipt = { now: Date.UTC(2026, 2, 1, 12) };
const CHANNELS = ['SMS', 'VIBER', 'EMAIL'] as const;

test('an absent optional field and null mean the same, unknown fields are not looked at', () => {
  for (const json of [{ other: 1 }, { f: null }]) {
    expect([
      optionalId(json, 'f'),
      optionalIds(json, 'f'),
      optionalEnum(json, 'f', CHANNELS),
      optionalText(json, 'f', 10),
      optionalContent(json, 'f'),
      optionalBoolean(json, 'f'),
      optionalInteger(json, 'f', 10),
      optionalLatitude(json, 'f'),
      optionalLongitude(json, 'f'),
      optionalPrice(json, 'f'),
      optionalTime(json, 'f', receipt),
    ]).toEqual(Array(11).fill(undefined));
  }
});

test('a required field that is absent or null is named with what to send', () => {
  for (const json of [{}, { f: null }]) {
    expect(faultOf(() => requiredId(json, 'f'))).toEqual([
      'MISSING_FIELD',
      'f',
      'f is missing; send a string of 1 to 64 characters.',
    ]);
    expect(faultOf(() => requiredEnum(json, 'f', CHANNELS))[2]).toBe('f is missing; send SMS, VIBER or EMAIL.');
    expect(faultOf(() => requiredText(json, 'f', 9))[2]).toBe('f is missing; send a string of 1 to 9 characters.');
    expect(faultOf(() => requiredTime(json, 'f', receipt))[2]).toBe(
      'f is missing; send an RFC 3339 time with an offset, such as 2026-03-01T12:00:00Z.',
    );
  }
});

test.each(['1', 'a'.repeat(64), '😀'.repeat(64), ' ', '\n'])('%j is an id', (id) => {
  expect(requiredId({ id }, 'id')).toBe(id);
  expect(optionalIds({ ids: [id, id] }, 'ids')).toEqual([id, id]);
});

test.each([
  ['', 'id is empty; send a string of 1 to 64 characters.'],
  [17, 'id 17 is not a string; send a string of 1 to 64 characters.'],
  [['a'], 'id a list is not a string; send a string of 1 to 64 characters.'],
  [{ text: 'secret' }, 'id an object is not a string; send a string of 1 to 64 characters.'],
  ['a'.repeat(65), `id "${'a'.repeat(60)}…" has 65 characters; send a string of 1 to 64 characters.`],
  ['😀'.repeat(65), `id "${'😀'.repeat(60)}…" has 65 characters; send a string of 1 to 64 characters.`],
  ['a\0', 'id "a\\u0000" holds a NUL character; leave it out.'],
  ['a\ud83d', 'id "a\\ud83d" holds half of a surrogate pair; leave it out.'],
])('%j is no id', (id, message) => {
  expect(faultOf(() => requiredId({ id }, 'id'))).toEqual(['INVALID_FIELD', 'id', message]);
  expect(faultOf(() => optionalIds({ id: ['1', id] }, 'id'))).toEqual(['INVALID_FIELD', 'id', message]);
});

test('ids that are not a list are refused', () => {
  expect(faultOf(() => optionalIds({ ids: '1' }, 'ids'))[2]).toBe('ids "1" is not a list; send a list of ids.');
});

test('a name of an enumeration is taken letter by letter', () => {
  expect(requiredEnum({ channel: 'SMS' }, 'channel', CHANNELS)).toBe('SMS');
  const message = 'channel "sms" is not known; send SMS, VIBER or EMAIL.';
  expect(faultOf(() => optionalEnum({ channel: 'sms' }, 'channel', CHANNELS))).toEqual([
    'INVALID_FIELD',
    'channel',
    message,
  ]);
  expect(faultOf(() => optionalEnum({ channel: 1 }, 'channel', ['SMS']))[2]).toBe('channel 1 is not known; send SMS.');
});

test('a text has a limit in characters, and the empty one counts as absent', () => {
  expect(optionalText({ cause: '😀😀' }, 'cause', 2)).toBe('😀😀');
  expect(optionalText({ cause: '' }, 'cause', 2)).toBeUndefined();
  expect(faultOf(() => requiredText({ name: '' }, 'name', 2))[0]).toBe('MISSING_FIELD');
  expect(faultOf(() => optionalText({ cause: 'abc' }, 'cause', 2))[2]).toBe(
    'cause "abc" has 3 characters; send a string of at most 2 characters.',
  );
  expect(faultOf(() => optionalText({ cause: 'a\0' }, 'cause', 2))[2]).toBe(
    'cause "a\\u0000" holds a NUL character; leave it out.',
  );
});

test('what people wrote is never repeated, and is mended where it cannot be stored', () => {
  expect(optionalContent({ text: '' }, 'text')).toBe('');
  expect(optionalContent({ text: 'a😀\ud83d\0b' }, 'text')).toBe('a😀\ufffd\ufffdb');
  expect(faultOf(() => optionalContent({ text: 12345 }, 'text'))).toEqual([
    'INVALID_FIELD',
    'text',
    'text is not a string; send a string.',
  ]);
});

test('only true takes an event back', () => {
  expect([{ deleted: true }, { deleted: false }, { deleted: null }, {}].map(isDeleted)).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(faultOf(() => isDeleted({ deleted: 'true' }))).toEqual([
    'INVALID_FIELD',
    'deleted',
    'deleted "true" is not a boolean; send true or false, without quotes.',
  ]);
  expect(faultOf(() => isDeleted({ deleted: 1 }))[0]).toBe('INVALID_FIELD');
});
