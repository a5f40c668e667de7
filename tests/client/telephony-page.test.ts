import { startTestService, type TestCompany, type TestService } from '../support/test-service.ts';
import { runOperation } from './documents.ts';
import { BY_DAY, sendCalls } from './page-data.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await sendCalls(company);
});
afterAll(() => service.stop());

test('[TEL-01] [TEL-06] [TEL-07] [TEL-16] [TEL-17] [TEL-18] [TEL-19] Telephony graphs answer the page whole', async () => {
  const { data } = await runOperation(company, 'TelephonyGraphs', BY_DAY);
  const row = (key: string, total: number, share: number) => ({ keys: [key], share, counters: { total } });
  expect(data.telephonyStats).toMatchObject({
    counters: { total: 2, contacts: 1, averageHandlingSeconds: 40, price: { amount: '0.10', currency: 'EUR' } },
    byEvaluation: [row('', 1, 50), row('GOOD', 1, 50)],
    byBotAndEvaluation: [{ labels: ['Survey', '(none)'] }, { labels: ['Survey', 'GOOD'] }],
    byStatus: [row('ANSWERED', 1, 50), row('BUSY', 1, 50)],
    byTime: { lines: [{ total: [2, 0, 0], contacts: [1, 0, 0], averageHandlingSeconds: [40, null, null] }] },
    callsPerSecond: {
      lines: [
        {
          trunk: { id: 't', name: 'Main', callsPerSecondLimit: 3 },
          peak: 2,
          peakAt: '2026-03-10T12:00:00.000+03:00',
          peakSeries: [2, 0, 0],
        },
      ],
    },
    concurrency: { peak: [1, 0, 0] },
    previous: { counters: { total: 0, averageHandlingSeconds: null } },
  });
});

test('[TEL-08..15] the pies of fixed windows come in one answer, with bounds of the client and by month', async () => {
  const { data } = await runOperation(company, 'TelephonyWindows', { durationBounds: [10], timeZone: 'Europe/Moscow' });
  const row = (key: string, total: number) => ({ keys: [key], counters: { total } });
  for (const window of ['last15Minutes', 'last30Minutes', 'last60Minutes', 'today']) {
    expect(data[window]).toMatchObject({ byStatus: [row('ANSWERED', 1)], byDuration: [row('0-10', 1)] });
  }
  expect(data.thisYear).toMatchObject({
    byStatus: [row('ANSWERED', 2), row('BUSY', 1)],
    byDuration: [row('0-10', 1), row('10-', 1), row('UNANSWERED', 1)],
    durationByMonth: { lines: [{ total: [0, 0, 1] }, { total: [0, 0, 1] }, { total: [0, 0, 1] }], omittedLines: 0 },
  });
});
