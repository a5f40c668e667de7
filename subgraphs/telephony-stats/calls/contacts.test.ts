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
  ['+7 (495) 123-45-67', '+74951234567'],
  ['007 495 1234567', '+74951234567'],
  [' +7495 1234567 ext', '+74951234567'],
  ['tel:+74951234567', '+74951234567'],
  ['+７４９５１２３４５６７', '+74951234567'],
  ['8 495 123-45-67', '84951234567'],
  ['112', '112'],
  ['0', '0'],
  ['anonymous', undefined],
  ['+', undefined],
])('[TEL-07] the number %j is %j in one spelling', (number, expected) => {
  expect(normaliseNumber(number)).toBe(expected);
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
