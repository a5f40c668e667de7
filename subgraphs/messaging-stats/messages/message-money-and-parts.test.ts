import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { at, BY_SENDING, COUNTERS, line, NO_COUNTERS, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test('[NOT-23] parts are those of SMS that were sent: the provider counts, else the text is cut, else it is one', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('given', { smsParts: 5, text: 'x'.repeat(161) }),
    line('given first', { smsParts: 7 }),
    line('given first', { text: 'short', statusAt: at('09:30') }),
    line('by text', { text: '€'.repeat(153) }),
    line('empty text', { text: '' }),
    line('no text'),
    line('not sent', { status: 'CREATED', smsParts: 100 }),
    line('Viber', { channel: 'VIBER', smsParts: 100, text: 'x'.repeat(161) }),
  ]);
  const selection = `counters { smsParts } breakdown(by: [CHANNEL]) { keys counters { smsParts } }
    series(granularity: DAY) { lines { smsParts } }`;
  expect(await stats(company, selection, { filter: BY_SENDING })).toEqual({
    counters: { smsParts: 5 + 7 + 3 + 1 + 1 },
    breakdown: [
      { keys: ['SMS'], counters: { smsParts: 17 } },
      { keys: ['VIBER'], counters: { smsParts: 0 } },
    ],
    series: { lines: [{ smsParts: [17] }] },
  });
  expect(await stats(company, 'counters { smsParts }')).toEqual({ counters: { smsParts: 17 } });
});

test('[NOT-23] [MSG-04] the list shows the parts and the price of each message, sent or not, and no parts of other channels', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('a', { status: 'CREATED', smsParts: 3, price: '0.1' }),
    line('b', { channel: 'EMAIL', smsParts: 3 }),
    line('c'),
  ]);
  const { data } = await company.graph(`{
    messages(period: { dates: { startDate: "2026-03-10", endDate: "2026-03-10" } }) {
      nodes { id smsParts price { amount currency } }
    }
  }`);
  expect(data.messages.nodes).toEqual([
    { id: 'c', smsParts: 1, price: null },
    { id: 'b', smsParts: null, price: null },
    { id: 'a', smsParts: 3, price: { amount: '0.10', currency: 'EUR' } },
  ]);
});

test('[MSG-04] only messages that were sent cost anything, and those without a price are counted until it arrives', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    line('free', { price: '0' }),
    line('dear', { price: '999999999999.999999' }),
    line('cheap', { status: 'PENDING', price: '0.000001' }),
    line('late', { status: 'UNDELIVERED' }),
    line('not sent', { status: 'CREATED', price: '5' }),
  ]);
  const selection = 'counters { sent unpriced price { amount } } series(granularity: DAY) { lines { price unpriced } }';
  expect(await stats(company, selection)).toEqual({
    counters: { sent: 4, unpriced: 1, price: { amount: '1000000000000.00' } },
    series: { lines: [{ price: ['1000000000000.00'], unpriced: [1] }] },
  });
  const answer = await company.ingest('messages', [
    line('late', { status: 'UNDELIVERED', price: '0.25', priceAt: '2026-03-14T00:00:00Z' }),
  ]);
  expect(answer).toMatchObject({ inserted: 0, updated: 1, unchanged: 0 });
  expect(await stats(company, selection)).toEqual({
    counters: { sent: 4, unpriced: 0, price: { amount: '1000000000000.25' } },
    series: { lines: [{ price: ['1000000000000.25'], unpriced: [0] }] },
  });
});

test('[GEN-11] [MSG-04] prices are in the one currency of the company, with at least its own decimals', async () => {
  const shown = async (currency: string, prices: string[]) => {
    const company = await service.company({ currency });
    await company.ingest(
      'messages',
      prices.map((price, index) => line(String(index), { price })),
    );
    const { counters, series, ...rest } = await stats(
      company,
      'currency counters { price { amount currency } } series(granularity: DAY) { lines { price } }',
    );
    expect(rest).toEqual({ currency });
    expect(counters.price.currency).toBe(currency);
    expect(series.lines).toEqual([{ price: [counters.price.amount] }]);
    return counters.price.amount;
  };
  expect(await shown('EUR', ['1.1', '2.2'])).toBe('3.30');
  expect(await shown('EUR', ['0.005', '0.0003'])).toBe('0.0053');
  expect(await shown('JPY', ['100', '20'])).toBe('120');
  expect(await shown('JPY', ['0.5'])).toBe('0.5');
  expect(await shown('KWD', ['0.1'])).toBe('0.100');
});

test('[GEN-07] an empty population has no rows, no lines by dimension, and one line of zeros and nulls without one', async () => {
  const company = await service.company();
  const selection = `
    ${COUNTERS}
    breakdown(by: [CHANNEL, STATUS]) { keys }
    whole: series(granularity: DAY) {
      buckets { start end partial }
      lines { keys labels total notifications sent delivered smsParts price unpriced deliveryRate share }
      omittedLines
    }
    cut: series(granularity: DAY, by: [CHANNEL]) { buckets { start } lines { keys } omittedLines }`;
  const period = { dates: { startDate: '2026-03-09', endDate: '2026-03-10' } };
  const empty = {
    counters: NO_COUNTERS,
    breakdown: [],
    whole: {
      buckets: [
        { start: '2026-03-09T00:00:00.000+03:00', end: '2026-03-10T00:00:00.000+03:00', partial: false },
        { start: '2026-03-10T00:00:00.000+03:00', end: '2026-03-11T00:00:00.000+03:00', partial: false },
      ],
      lines: [
        {
          keys: [],
          labels: [],
          total: [0, 0],
          notifications: [0, 0],
          sent: [0, 0],
          delivered: [0, 0],
          smsParts: [0, 0],
          price: ['0.00', '0.00'],
          unpriced: [0, 0],
          deliveryRate: [null, null],
          share: [null, null],
        },
      ],
      omittedLines: 0,
    },
    cut: {
      buckets: [{ start: '2026-03-09T00:00:00.000+03:00' }, { start: '2026-03-10T00:00:00.000+03:00' }],
      lines: [],
      omittedLines: 0,
    },
  };
  expect(await stats(company, selection, { period })).toEqual(empty);
  // Nothing of another period, and nothing that the filter keeps.
  await company.ingest('messages', [line('elsewhere', { createdAt: '2026-03-08T20:59:59.999Z' }), line('SMS')]);
  expect(await stats(company, selection, { period, filter: { channels: ['PUSH'] } })).toEqual(empty);
});

test('[MSG-03] the delivery rate is the sum over the sum, rounded half-up to one decimal', async () => {
  const company = await service.company();
  const lines = (count: number, delivered: number, hour: string) =>
    Array.from({ length: count }, (_, index) =>
      line(`${hour} ${index}`, {
        createdAt: at(`${hour}:00`),
        status: index < delivered ? 'DELIVERED' : 'UNDELIVERED',
      }),
    );
  // 1 of 16 is 6.25 %; 1 of 1 is 100 %; together 2 of 17, not the mean of both.
  await company.ingest('messages', [...lines(16, 1, '09'), ...lines(1, 1, '10')]);
  const period = { range: { from: at('09:00'), to: at('12:00') } };
  const selection = 'counters { deliveryRate } series(granularity: HOUR) { lines { deliveryRate } }';
  expect(await stats(company, selection, { period })).toEqual({
    counters: { deliveryRate: 11.8 },
    series: { lines: [{ deliveryRate: [6.3, 100, null] }] },
  });
});
