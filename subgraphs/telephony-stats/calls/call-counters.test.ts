import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { answered, at, COUNTERS, line, NO_COUNTERS, stats } from './call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test('[TEL-01] [TEL-07] [TEL-17] [TEL-18] counts calls of both directions, numbers, seconds, ratios and prices', async () => {
  const company = await service.company();
  const answer = await company.ingest('calls', [
    answered('a', 30, { number: '+7 (495) 123-45-67', holdSeconds: 10, wrapUpSeconds: 15, price: '0.5' }),
    answered('b', 71, { direction: 'INBOUND', number: '007 495 1234567', wrapUpSeconds: 4, price: '0.0345' }),
    line('c', { number: '+74951234568' }),
    line('d', { status: 'BUSY', number: '+74951234568' }),
    line('e', { status: 'REJECTED' }),
    line('f', { status: 'FAILED', number: '+1' }),
    line('g', { status: 'CANCELED', number: 'anonymous' }),
    line('h', { status: 'CONGESTION' }),
    line('i', { status: 'IN_PROGRESS', number: '+2' }),
  ]);
  expect(answer).toMatchObject({ status: 200, received: 9, inserted: 9, errors: [] });
  expect(await stats(company, COUNTERS)).toEqual({
    counters: {
      total: 9,
      answered: 2,
      contacts: 4,
      contactsReached: 1,
      talkSeconds: 101,
      holdSeconds: 10,
      wrapUpSeconds: 19,
      averageHandlingSeconds: 60,
      answerSeizureRatio: 25,
      averageCallSeconds: 50.5,
      networkEffectivenessRatio: 62.5,
      price: { amount: '0.5345', currency: 'EUR' },
    },
  });
});

test('[TEL-01] [TEL-17] there are no averages and no ratios of nothing', async () => {
  const company = await service.company();
  expect(await stats(company, COUNTERS)).toEqual({ counters: NO_COUNTERS });
  await company.ingest('calls', [line('a', { status: 'IN_PROGRESS' })]);
  expect(await stats(company, COUNTERS)).toEqual({ counters: { ...NO_COUNTERS, total: 1 } });
  await company.ingest('calls', [line('b')]);
  expect(await stats(company, COUNTERS)).toEqual({
    counters: { ...NO_COUNTERS, total: 2, answerSeizureRatio: 0, networkEffectivenessRatio: 100 },
  });
});

test('[TEL-03] [TEL-18] a call belongs to the period in which its first leg started', async () => {
  const company = await service.company({ timeZone: 'UTC' });
  await company.ingest('calls', [
    answered('late', 60, { startedAt: at('10:00'), rootId: 'early' }),
    line('early', { startedAt: '2026-03-09T23:59:59.999Z' }),
    line('edge', { startedAt: '2026-03-10T00:00:00Z' }),
    line('next', { startedAt: '2026-03-11T00:00:00Z' }),
  ]);
  expect(await stats(company, 'counters { total talkSeconds }')).toEqual({ counters: { total: 1, talkSeconds: 0 } });
  const before = { dates: { startDate: '2026-03-09', endDate: '2026-03-09', startTime: '23:59' } };
  expect(await stats(company, 'period { from to } counters { total talkSeconds }', { period: before })).toEqual({
    period: { from: '2026-03-09T23:59:00.000+00:00', to: '2026-03-10T00:00:00.000+00:00' },
    counters: { total: 1, talkSeconds: 60 },
  });
});
