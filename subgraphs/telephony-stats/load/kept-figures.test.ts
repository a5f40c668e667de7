import { Client } from 'pg';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { at, line, stats } from '../calls/call-questions.test-support.ts';

let service: TestService;
let owner: Client;
beforeAll(async () => {
  service = await startTestService();
  owner = new Client({ connectionString: service.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await service.stop();
});

const TABLES = ['trunk_quarters', 'trunk_days', 'leg_quarters', 'leg_days'];
const run = (statement: string) => owner.query({ text: statement, rowMode: 'array' });

/** A company with two legs at once over one trunk on 10 March. */
async function companyWithLegs(): Promise<TestCompany> {
  const company = await service.company();
  const leg = { trunkId: 't', status: 'ANSWERED', endedAt: at('09:20') };
  await company.ingest('calls', [line('a', leg), line('b', leg)]);
  return company;
}

/** Rows kept of a company, table by table. */
async function rowsOf({ id }: TestCompany): Promise<number[]> {
  const counts = TABLES.map((table) => `(SELECT count(*)::int FROM telephony_stats.${table} WHERE company_id = ${id})`);
  const { rows } = await run(`SELECT ${counts}`);
  return rows[0] as number[];
}

/** Peaks of the day: calls per second, and calls at once. */
async function peaks(company: TestCompany): Promise<number[]> {
  const asked = 'callsPerSecond(granularity: DAY) { lines { peak } } concurrency(granularity: DAY) { peak }';
  const { callsPerSecond, concurrency } = await stats(company, asked);
  return [callsPerSecond.lines[0]?.peak, concurrency.peak[0]];
}

test('[TEL-16] whole days of the company are read from what is kept of them', async () => {
  const company = await companyWithLegs();
  expect([await rowsOf(company), await peaks(company)]).toEqual([
    [1, 1, 2, 1],
    [2, 2],
  ]);
  await run(`UPDATE telephony_stats.trunk_days SET peak = 77 WHERE company_id = ${company.id}`);
  await run(`UPDATE telephony_stats.leg_days SET most = 88 WHERE company_id = ${company.id}`);
  expect(await peaks(company)).toEqual([77, 88]);
  // Whatever touches the day makes it anew; what no figure of load depends on does not.
  await company.ingest('calls', [line('a', { status: 'ANSWERED', statusAt: at('09:01'), evaluation: 'GOOD' })]);
  expect(await peaks(company)).toEqual([77, 88]);
  await company.ingest('calls', [line('c', { trunkId: 't', status: 'ANSWERED', endedAt: at('09:20') })]);
  expect(await peaks(company)).toEqual([3, 3]);
});

test('[TEL-16] legs of which nothing is kept yet are read themselves, and the next one makes everything anew', async () => {
  const company = await companyWithLegs();
  for (const table of [...TABLES, 'load_levels']) {
    await run(`DELETE FROM telephony_stats.${table} WHERE company_id = ${company.id}`);
  }
  expect([await rowsOf(company), await peaks(company)]).toEqual([
    [0, 0, 0, 0],
    [2, 2],
  ]);
  await company.ingest('calls', [
    line('later', { startedAt: '2026-03-12T09:00:00Z', statusAt: '2026-03-12T09:00:01Z' }),
  ]);
  expect([await rowsOf(company), await peaks(company)]).toEqual([
    [1, 1, 3, 2],
    [2, 2],
  ]);
});

test('[TEL-16] days that other rules of zones have cut are passed over, and cut anew by the next leg', async () => {
  const company = await companyWithLegs();
  await run(`UPDATE telephony_stats.load_levels SET zone_rules = '1999a' WHERE company_id = ${company.id}`);
  await run(`UPDATE telephony_stats.trunk_days SET peak = 77 WHERE company_id = ${company.id}`);
  expect(await peaks(company)).toEqual([2, 2]);
  await company.ingest('calls', [line('c', { startedAt: at('12:00'), statusAt: at('12:01') })]);
  const { rows } = await run(`SELECT peak FROM telephony_stats.trunk_days WHERE company_id = ${company.id}`);
  expect([rows, await peaks(company)]).toEqual([[[2]], [2, 2]]);
});

test('[TEL-16] [GEN-09] legs that are taken back leave nothing behind', async () => {
  const company = await companyWithLegs();
  await company.ingest('calls', [
    { id: 'a', deleted: true },
    { id: 'b', deleted: true },
  ]);
  expect([await rowsOf(company), await peaks(company)]).toEqual([
    [0, 0, 0, 0],
    [undefined, 0],
  ]);
});
