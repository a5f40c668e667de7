import { parseTimeZone } from './zone-name.ts';

test.each([
  ['europe/moscow', 'Europe/Moscow'],
  ['AMERICA/NEW_YORK', 'America/New_York'],
  ['america/port-au-prince', 'America/Port-au-Prince'],
  ['america/port_of_spain', 'America/Port_of_Spain'],
  ['africa/dar_es_salaam', 'Africa/Dar_es_Salaam'],
  ['america/argentina/comodrivadavia', 'America/Argentina/ComodRivadavia'],
  ['antarctica/mcmurdo', 'Antarctica/McMurdo'],
  ['antarctica/dumontdurville', 'Antarctica/DumontDUrville'],
  ['america/knox_in', 'America/Knox_IN'],
  ['australia/lhi', 'Australia/LHI'],
  ['us/eastern', 'US/Eastern'],
  ['etc/gmt+3', 'Etc/GMT+3'],
  ['etc/utc', 'Etc/UTC'],
  ['utc', 'UTC'],
  ['gmt', 'GMT'],
  ['gmt0', 'GMT0'],
  ['gb-eire', 'GB-Eire'],
  ['est5edt', 'EST5EDT'],
])('[GEN-10] reads %s as %s', (name, canonical) => {
  expect(parseTimeZone(name)).toBe(canonical);
});

test('keeps the name that the client knows, also where Intl has another one for the same zone', () => {
  const names = ['Asia/Kolkata', 'Asia/Calcutta', 'Europe/Kyiv', 'Europe/Kiev', 'Asia/Kathmandu', 'Asia/Katmandu'];
  expect(names.map(parseTimeZone)).toEqual(names);
});

test('knows every name that Intl lists, in any case', () => {
  const names = Intl.supportedValuesOf('timeZone');
  expect(names.map((name) => parseTimeZone(name.toUpperCase()))).toEqual(names);
});

test.each([
  ...['+03:00', '-03:00', '+3', '+0300', '\u221203:00', 'UTC+3', 'utc+03:00', 'GMT-5', 'GMT+0', 'Gmt-0', '+', 'UTC+'],
  ...['', 'Z', 'MSK', 'Europe/Moskau', ' Europe/Moscow', 'Europe/Moscow ', 'Europe', 'Europe/', '/', '03:00', 'Local'],
  ...['IST', 'ACT', 'PST', 'SystemV/AST4', 'Factory', 'Etc/Unknown', 'Eurоpe/Moscow', 'Etc/GMT+15', 'constructor'],
])('[GEN-10] refuses %j, which is an offset or no name of IANA', (name) => {
  expect(parseTimeZone(name)).toBeUndefined();
});
