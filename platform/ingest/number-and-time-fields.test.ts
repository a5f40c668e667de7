import {
  optionalInteger,
  optionalLatitude,
  optionalLongitude,
  optionalPrice,
  optionalTime,
  requiredTime,
} from '#platform/ingest';
import { faultOf } from './ingest.test-support.ts';

const NOW = Date.UTC(2026, 2, 1, 12);
const receipt = { now: NOW };

test.each([0, 7, 10, -0])('%p is a whole number from 0 to 10', (parts) => {
  expect(optionalInteger({ parts }, 'parts', 10)).toBe(Math.abs(parts));
});

test.each([
  [11, 'parts 11 is out of range; send a whole number from 0 to 10.'],
  [-1, 'parts -1 is out of range; send a whole number from 0 to 10.'],
  [1.5, 'parts 1.5 is not a whole number; send a whole number from 0 to 10.'],
  [Number.POSITIVE_INFINITY, 'parts Infinity is not a whole number; send a whole number from 0 to 10.'],
  ['7', 'parts "7" is not a number; send a whole number from 0 to 10.'],
])('%p is no whole number from 0 to 10', (parts, message) => {
  expect(faultOf(() => optionalInteger({ parts }, 'parts', 10))).toEqual(['INVALID_FIELD', 'parts', message]);
});

test('places lie on the globe', () => {
  expect([-90, -0, 55.75, 90].map((latitude) => optionalLatitude({ latitude }, 'latitude'))).toEqual([
    -90, 0, 55.75, 90,
  ]);
  expect([-180, 180].map((longitude) => optionalLongitude({ longitude }, 'longitude'))).toEqual([-180, 180]);
  expect(faultOf(() => optionalLatitude({ latitude: 90.1 }, 'latitude'))[2]).toBe(
    'latitude 90.1 is out of range; send degrees from -90 to 90.',
  );
  expect(faultOf(() => optionalLongitude({ longitude: -181 }, 'longitude'))[2]).toBe(
    'longitude -181 is out of range; send degrees from -180 to 180.',
  );
  expect(faultOf(() => optionalLatitude({ latitude: '1' }, 'latitude'))[2]).toBe(
    'latitude "1" is not a number; send degrees from -90 to 90.',
  );
});

test('a price is a decimal string and comes as millionths', () => {
  expect(optionalPrice({ price: '0.0345' }, 'price')).toBe(34_500n);
  expect(optionalPrice({ price: '0' }, 'price')).toBe(0n);
});

test.each([
  [0.1, 'price 0.1 is a number, and numbers lose digits; send a decimal string such as "0.0345".'],
  ['-1', 'price "-1" is not a decimal of 0 or more, below 10^12 and with at most 6 decimals; send a decimal string'],
  ['1000000000000', 'price "1000000000000" is not a decimal of 0 or more, below 10^12 and with at most 6 decimals;'],
  [true, 'price true is not a string; send a decimal string such as "0.0345".'],
])('%p is no price', (price, message) => {
  const fault = faultOf(() => optionalPrice({ price }, 'price'));
  expect(fault).toEqual(['INVALID_FIELD', 'price', expect.stringContaining(message)]);
});

test.each([
  ['2026-03-01T12:00:00Z', NOW],
  ['2026-03-01T15:00:00.1239+03:00', NOW + 123],
  ['2000-01-01T00:00:00Z', Date.UTC(2000, 0, 1)],
  ['2026-03-02T12:00:00.000Z', NOW + 86_400_000],
])('the time %j is taken in whole milliseconds', (at, instant) => {
  expect(requiredTime({ at }, 'at', receipt)).toBe(instant);
});

test.each([
  ['2026-03-01', 'at "2026-03-01" is not a time with an offset; send an RFC 3339 time with an offset,'],
  ['2026-03-01T12:00:00', 'at "2026-03-01T12:00:00" is not a time with an offset;'],
  [1772366400000, 'at 1772366400000 is not a time with an offset;'],
  ['1999-12-31T23:59:59.999Z', 'lies before 2000-01-01T00:00:00Z; send a time from then on.'],
  [
    '2026-03-02T12:00:00.001Z',
    "lies more than one day after its receipt at 2026-03-01T12:00:00.000Z; correct the sender's clock.",
  ],
])('the time %j is refused', (at, message) => {
  expect(faultOf(() => optionalTime({ at }, 'at', receipt))).toEqual([
    'INVALID_FIELD',
    'at',
    expect.stringContaining(message),
  ]);
});
