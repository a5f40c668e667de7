import type { PeriodInput } from './period.ts';
import { PERIOD_PRESETS } from './preset.ts';
import { resolvePeriod } from './resolve-period.ts';
import { at, refusal } from './time.test-support.ts';

const MOSCOW = { timeZone: 'Europe/Moscow', moment: at('2026-11-25T14:31:20+03:00') };

const range = { from: '2026-11-22T10:00:00Z', to: '2026-11-23T10:00:00Z' };
const dates = { startDate: '2026-11-22', endDate: '2026-11-23' };
const rfc3339 = 'send an RFC 3339 time with an offset, such as 2026-11-22T10:00:00+03:00.';
const oneForm = 'send exactly one of them, for example {preset: THIS_MONTH}.';
const iana = 'send an IANA name such as Europe/Moscow.';
const isOffset = `is an offset and not a time zone: offsets do not know daylight saving; ${iana}`;
const [LAST_MOMENTS, TOO_LATE] = ['9999-12-31T20:59:59Z', '9999-12-31T21:00:00Z'];

test.each<[string, PeriodInput, string, string]>([
  ['no form', {}, '', `none of range, dates and preset is given; ${oneForm}`],
  [
    'only nulls',
    { range: null, dates: null, preset: null },
    '',
    `none of range, dates and preset is given; ${oneForm}`,
  ],
  ['two forms', { range, preset: 'TODAY' }, '', `range and preset are given together; ${oneForm}`],
  ['all forms', { range, dates, preset: 'TODAY' }, '', `range and dates and preset are given together; ${oneForm}`],
  [
    'an unknown zone',
    { range, timeZone: 'Europe/Moskau' },
    'timeZone',
    `"Europe/Moskau" is not a known time zone; ${iana}`,
  ],
  ['an empty zone', { range, timeZone: '' }, 'timeZone', `"" is not a known time zone; ${iana}`],
  ['a bare offset', { range, timeZone: '+03:00' }, 'timeZone', `"+03:00" ${isOffset}`],
  ['an offset from UTC', { range, timeZone: 'UTC+3' }, 'timeZone', `"UTC+3" ${isOffset}`],
  [
    'text for an instant',
    { range: { ...range, from: 'today' } },
    'range.from',
    `"today" is not an instant; ${rfc3339}`,
  ],
  [
    'an instant without offset',
    { range: { ...range, to: '2026-11-22T10:00:00' } },
    'range.to',
    `"2026-11-22T10:00:00" is not an instant; ${rfc3339}`,
  ],
  [
    'no number for an instant',
    { range: { ...range, to: Number.NaN } },
    'range.to',
    `NaN is not an instant; ${rfc3339}`,
  ],
  ['an instant beyond time', { range: { ...range, to: 1e300 } }, 'range.to', `1e+300 is not an instant; ${rfc3339}`],
  [
    'a range backwards',
    { range: { from: range.to, to: range.from } },
    'range.from',
    '"2026-11-23T10:00:00Z" lies after the end, "2026-11-22T10:00:00Z"; send an earlier instant.',
  ],
  [
    'a range of instants backwards',
    { range: { from: at(range.to), to: at(range.from) } },
    'range.from',
    '2026-11-23T13:00:00.000+03:00 lies after the end, 2026-11-22T13:00:00.000+03:00; send an earlier instant.',
  ],
  [
    'an empty range',
    { range: { from: range.to, to: range.to } },
    'range.to',
    '"2026-11-23T10:00:00Z" is also the beginning, and the end does not belong to the period, so that it is empty; send a later instant.',
  ],
  [
    'a range before 2000',
    { range: { ...range, from: '1999-12-31T20:59:59.999Z' } },
    'range.from',
    'the period begins at 1999-12-31T23:59:59.999+03:00, before the year 2000; ask for a later one.',
  ],
  [
    'a range after 9999',
    { range: { from: LAST_MOMENTS, to: TOO_LATE } },
    'range.to',
    'the end, which does not belong to the period, lies after the year 9999; send an earlier one.',
  ],
  [
    'a date that is none',
    { dates: { ...dates, startDate: '2026-02-29' } },
    'dates.startDate',
    '"2026-02-29" is not a date of the calendar; send one such as 2026-11-22.',
  ],
  [
    'an endless text for a date',
    { dates: { ...dates, endDate: '2'.repeat(99) } },
    'dates.endDate',
    `"${'2'.repeat(64)}..." is not a date of the calendar; send one such as 2026-11-22.`,
  ],
  [
    'dates backwards',
    { dates: { startDate: '2026-11-23', endDate: '2026-11-22' } },
    'dates.endDate',
    '2026-11-22 lies before startDate, 2026-11-23; send the same date for a single day, or a later one.',
  ],
  [
    'a time that is none',
    { dates: { ...dates, startTime: '24:00' } },
    'dates.startTime',
    '"24:00" is not a time of day; send one from 00:00 to 23:59:59, such as 09:30.',
  ],
  [
    'dates before 2000',
    { dates: { ...dates, startDate: '1999-12-31' } },
    'dates.startDate',
    'the period begins at 1999-12-31T00:00:00.000+03:00, before the year 2000; ask for a later one.',
  ],
  [
    'dates after 9999',
    { dates: { ...dates, endDate: '9999-12-31' } },
    'dates.endDate',
    'the end, which does not belong to the period, lies after the year 9999; send an earlier one.',
  ],
  [
    'a day that was skipped',
    { dates: { startDate: '2011-12-30', endDate: '2011-12-30' }, timeZone: 'Pacific/Apia' },
    'dates.startDate',
    'clocks of Pacific/Apia skipped 2011-12-30, so that the period is empty; send a day that exists.',
  ],
  [
    'an evening that was skipped',
    { dates: { startDate: '2026-03-28', endDate: '2026-03-28', startTime: '23:30' }, timeZone: 'America/Nuuk' },
    'dates.startTime',
    'clocks of America/Nuuk skipped 23:30 on 2026-03-28 and the rest of that day, so that the period is empty; send an earlier time.',
  ],
  [
    'an unknown preset',
    { preset: 'YEAR' as 'TODAY' },
    'preset',
    `"YEAR" is not a preset; send one of ${PERIOD_PRESETS.join(', ')}.`,
  ],
])('refuses %s and says what to send instead', (_, input, field, message) => {
  const path = ['filter', 'addedAt', ...field.split('.').filter(Boolean)];
  expect(refusal(() => resolvePeriod(input, { ...MOSCOW, path: ['filter', 'addedAt'] }))).toEqual({
    code: 'BAD_USER_INPUT',
    field: path,
    message: `${path.join('.')}: ${message}`,
  });
});

test('a preset that would begin before 2000 is refused, and the argument is called period unless told otherwise', () => {
  const options = { ...MOSCOW, moment: at('2000-01-01T12:00:00+03:00') };
  expect(refusal(() => resolvePeriod({ preset: 'THIS_WEEK' }, options))).toEqual({
    code: 'BAD_USER_INPUT',
    field: ['period', 'preset'],
    message:
      'period.preset: the period begins at 1999-12-27T00:00:00.000+03:00, before the year 2000; ask for a later one.',
  });
});
