import { Client } from 'pg';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { answered, at, line, stats } from './call-questions.test-support.ts';
import { normaliseNumber } from './normalise-number.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test.each([
  ['+7 (495) 123-45-67', undefined, '+74951234567'],
  ['007 495 1234567', undefined, '+74951234567'],
  [' +7495 1234567 ext', undefined, '+74951234567'],
  ['tel:+74951234567;ext=12', undefined, '+74951234567'],
  ['sip:+74951234567@10.0.0.1:5060', undefined, '+74951234567'],
  ['+７４９５１２３４５６７', undefined, '+74951234567'],
  // Only a country tells what a national spelling means.
  ['8 495 123-45-67', undefined, '84951234567'],
  ['8 495 123-45-67', 'RU', '+74951234567'],
  ['(495) 123 45 67', 'RU', '+74951234567'],
  ['7 495 123-45-67', 'RU', '+74951234567'],
  ['8~10 44 20 7946 0958', 'RU', '+442079460958'],
  ['0044 20 7946 0958', 'RU', '+442079460958'],
  ['020 7946 0958', 'GB', '+442079460958'],
  ['+7 495 123-45-67', 'GB', '+74951234567'],
  // No numbers of the world: emergency calls, extensions, what is too long.
  ['112', 'RU', '112'],
  ['1003', undefined, '1003'],
  ['0', undefined, '0'],
  ['+1', 'RU', '+1'],
  ['+7495123456789012345', 'RU', '+7495123456789012345'],
  ['anonymous', 'RU', undefined],
  ['+', undefined, undefined],
] as const)('[TEL-07] the number %j, written in %s, is %j in one spelling', (number, country, expected) => {
  expect(normaliseNumber(number, country)).toBe(expected);
});

test('[TEL-07] where the country is known, national and international spellings of a number are one contact', async () => {
  const home = await startTestService({ PHONE_COUNTRY: 'RU' });
  try {
    const spellings = ['+7 495 123-45-67', '8 (495) 123-45-67', '4951234567', '007-495-1234567'];
    const lines = [...spellings, '8 495 123-45-68'].map((number, index) => line(`${index}`, { number }));
    const [abroad, known] = [await service.company(), await home.company()];
    await abroad.ingest('calls', lines);
    await known.ingest('calls', lines);
    const asked = 'counters { contacts }';
    expect([await stats(abroad, asked), await stats(known, asked)].map(({ counters }) => counters.contacts)).toEqual([
      4, 2,
    ]);
  } finally {
    await home.stop();
  }
});

test('[TEL-07] contacts are different numbers, by bucket and by line too, and do not add up', async () => {
  const company = await service.company({ timeZone: 'UTC' });
  await company.ingest('calls', [
    answered('a', 5, { number: '+1', trunkId: 'x' }),
    line('b', { number: '+1', startedAt: at('10:30'), trunkId: 'y' }),
    line('c', { number: '+2', startedAt: at('10:31'), trunkId: 'y' }),
    line('d', { number: 'unknown', startedAt: at('10:32'), trunkId: 'y' }),
  ]);
  const period = { range: { from: at('09:00'), to: at('11:00') } };
  const selection = `counters { contacts contactsReached }
    breakdown(by: [TRUNK]) { keys counters { contacts contactsReached } }
    series(granularity: HOUR) { lines { contacts contactsReached } }`;
  expect(await stats(company, selection, { period })).toEqual({
    counters: { contacts: 2, contactsReached: 1 },
    breakdown: [
      { keys: ['y'], counters: { contacts: 2, contactsReached: 0 } },
      { keys: ['x'], counters: { contacts: 1, contactsReached: 1 } },
    ],
    series: { lines: [{ contacts: [1, 2], contactsReached: [1, 0] }] },
  });
});

test('[TEL-07] [GEN-09] numbers are kept nowhere, and one number has another hash in another company', async () => {
  const [one, other] = [await service.company(), await service.company()];
  const number = '+74951239876';
  await one.ingest('calls', [line('a', { number }), line('b', { number: '+7 495 1239876' })]);
  await other.ingest('calls', [line('a', { number })]);
  const client = new Client({ connectionString: service.ownerUrl });
  await client.connect();
  const ask = async (statement: string) => (await client.query({ text: statement, rowMode: 'array' })).rows.flat();
  const companies = `company_id IN (${one.id}, ${other.id})`;
  const legs = await ask(
    `SELECT number_hash FROM telephony_stats.call_legs WHERE ${companies} ORDER BY company_id, id`,
  );
  const rows = await ask(`SELECT to_jsonb(l)::text FROM telephony_stats.call_legs l WHERE ${companies}
    UNION ALL SELECT to_jsonb(c)::text FROM telephony_stats.calls c WHERE ${companies}`);
  await client.end();
  expect(legs).toHaveLength(3);
  expect(legs[0]).toBe(legs[1]);
  expect(legs[2]).not.toBe(legs[0]);
  expect(legs.every((hash) => /^[\w-]{43}$/.test(hash))).toBe(true);
  expect(rows.filter((row) => row.includes('4951239876'))).toEqual([]);
});
