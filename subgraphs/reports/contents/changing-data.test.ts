import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { message } from '../reports/report.test-support.ts';
import type { StoredReport } from '../reports/report-fields.ts';
import type { ContentsOptions } from './contents.ts';
import { readContents } from './read-contents.ts';
import { Reading } from './reading.ts';
import { writeFile } from './write-file.ts';

const ROWS = 2_100;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(() => {
  service.clock.set(TEST_NOW);
});

const REPORT: StoredReport = {
  ...{ id: 'id', name: 'Report', service: 'SMS', type: 'DETAILS', format: 'XLSX', locale: 'EN', origin: 'USER' },
  period: {
    from: Date.parse('2026-03-01T00:00:00+03:00'),
    to: Date.parse('2026-03-11T00:00:00+03:00'),
    timeZone: 'Europe/Moscow',
  },
  ...{ addedAt: TEST_NOW, status: 'GENERATING', attempt: 1, jobId: 'job', progress: 0, error: null, formedAt: null },
  ...{ asOf: null, rowCount: null, file: null, expiresAt: null },
};

/** Reads a report through the gateway and writes its file; after each page something else may happen. */
async function write(company: TestCompany, between: (page: number) => Promise<unknown> = async () => undefined) {
  const shares: number[] = [];
  const options: ContentsOptions = {
    report: REPORT,
    company: { id: company.id, name: 'Acme', timeZone: 'Europe/Moscow', currency: 'EUR', version: 1 },
    reading: new Reading(),
    async ask(question, variables) {
      const { data, errors } = await company.graph(question, variables);
      expect(errors).toBeUndefined();
      return data;
    },
    async onProgress(share) {
      await between(shares.push(share));
    },
  };
  const contents = await readContents(options);
  const bytes = await buffer(writeFile(contents, options, () => TEST_NOW));
  const [cover, rows] = await Promise.all([1, 2].map((sheet) => readSheet(bytes, sheet) as Promise<unknown[][]>));
  return {
    cover: Object.fromEntries(cover as [string, unknown][]),
    rows: rows ?? [],
    shares,
    reading: options.reading,
  };
}

const id = (row: unknown[]) => row[0] as string;

test('[REP-16] a report of several pages has every row once, and its totals are those of the graph', async () => {
  const company = await service.company();
  const random = fc.record({
    day: fc.integer({ min: 1, max: 10 }),
    status: fc.constantFrom('CREATED', 'PENDING', 'DELIVERED', 'ERROR'),
    smsParts: fc.integer({ min: 1, max: 4 }),
    price: fc.option(
      fc.integer({ min: 0, max: 5_000_000 }).map((micros) => (micros / 1e6).toFixed(6)),
      { nil: undefined },
    ),
  });
  const lines = fc.sample(random, { numRuns: ROWS, seed: 7 }).map(({ day, status, ...more }, index) => {
    const isSent = status === 'PENDING' || status === 'DELIVERED';
    return message(`m${index}`, day, { status, ...more, ...(!isSent && { sentAt: undefined }) });
  });
  expect(await company.ingest('messages', lines)).toMatchObject({ inserted: ROWS });
  const { cover, rows, shares } = await write(company);
  const ids = rows.slice(1, -1).map(id);
  expect(ids.toSorted()).toEqual(Array.from({ length: ROWS }, (_, index) => `m${index}`).toSorted());
  expect(shares).toEqual([1000 / ROWS, 2000 / ROWS, 1]);
  const { data } = await company.graph(
    `{ messagingStats(period: { dates: { startDate: "2026-03-01", endDate: "2026-03-10" } }, filter: { channels: [SMS] }) {
      counters { total smsParts price { amount } } } }`,
  );
  const { total, smsParts, price } = data.messagingStats.counters;
  expect([cover['Rows: Messages'], rows.at(-1)?.[6], rows.at(-1)?.[7]]).toEqual([
    total,
    smsParts,
    Number(price.amount),
  ]);
  expect(cover).toMatchObject({ Consistency: expect.stringContaining('All rows are of one moment') });
  expect(cover['Read until']).toBeUndefined();
});

test('[REP-16] where events come in while pages are read, no row is lost or doubled, and the file says up to when it holds', async () => {
  const company = await service.company();
  const lines = Array.from({ length: ROWS }, (_, index) =>
    message(`m${index}`, 1 + (index % 10), { price: '0.5', status: 'PENDING' }),
  );
  await company.ingest('messages', lines);
  const { cover, rows, reading } = await write(company, async (page) => {
    if (page !== 1) return;
    service.clock.set(TEST_NOW + 60_000);
    const later = { statusAt: '2026-03-12T10:00:00+03:00', status: 'UNDELIVERED' };
    await company.ingest('messages', [
      message('newer', 10),
      message('older', 1, { createdAt: '2026-03-01T00:00:00+03:00', price: '1' }),
      message('m0', 1, later),
    ]);
  });
  const ids = rows.slice(1, -1).map(id);
  const known = lines.map((line) => (line as { id: string }).id);
  // What is newer than the page that was read is not in it; what is older is.
  expect(ids.toSorted()).toEqual([...known, 'older'].toSorted());
  expect(rows.find((row) => row[0] === 'm0')?.[2]).toBe('Undelivered');
  expect(rows.at(-1)?.[7]).toBe(ROWS / 2 + 1);
  expect(reading.asOf()).toBe(TEST_NOW);
  expect(cover).toMatchObject({
    'Data as of': new Date('2026-03-15T15:00:00Z'),
    'Read until': new Date('2026-03-15T15:01:00Z'),
    Consistency: expect.stringContaining('New data came in while the rows were read'),
    'Rows: Messages': ROWS + 1,
  });
});
