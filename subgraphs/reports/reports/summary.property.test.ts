import fc from 'fast-check';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { download, order, reportOf } from './report.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

// Clocks change on 8 March in New York and on 29 March in London: days of 23 hours are among these.
const ZONES = ['Europe/Moscow', 'America/New_York', 'Europe/London', 'Asia/Kathmandu'];
const FROM = Date.UTC(2026, 1, 27);
const DAY_MS = 86_400_000;

const someMessage = fc.record({
  channel: fc.constantFrom('SMS', 'VIBER'),
  at: fc.integer({ min: 0, max: 15 * DAY_MS }).map((ms) => FROM + ms),
  status: fc.constantFrom('CREATED', 'PENDING', 'DELIVERED', 'UNDELIVERED', 'ERROR'),
  smsParts: fc.integer({ min: 1, max: 4 }),
  cents: fc.option(fc.integer({ min: 0, max: 500 })),
});
type SomeMessage = typeof someMessage extends fc.Arbitrary<infer M> ? M : never;

const toLine = ({ channel, at, status, smsParts, cents }: SomeMessage, index: number) => ({
  id: `m${index}`,
  channel,
  createdAt: new Date(at).toISOString(),
  status,
  statusAt: new Date(at).toISOString(),
  smsParts,
  ...(cents !== null && { price: (cents / 100).toFixed(2) }),
});

/** The local date that the clocks of a zone show, by another way than the service's. */
const dateIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  return (at: number) => format.format(at);
};

/** The rows that a file must have, figured out plainly: one a local day, then the total. */
function expectedRows(messages: readonly SomeMessage[], service: string, timeZone: string, days: readonly string[]) {
  const dateOf = dateIn(timeZone);
  const figures = (counted: readonly SomeMessage[]) => {
    const sent = counted.filter(({ status }) => ['PENDING', 'DELIVERED', 'UNDELIVERED'].includes(status));
    const parts = service === 'SMS' ? sent.reduce((sum, { smsParts }) => sum + smsParts, 0) : 0;
    const cents = sent.reduce((sum, message) => sum + (message.cents ?? 0), 0);
    return [
      counted.length,
      sent.length,
      sent.filter(({ status }) => status === 'DELIVERED').length,
      parts,
      cents / 100,
    ];
  };
  const within = messages.filter(({ channel, at }) => channel === service && days.includes(dateOf(at)));
  const rows = days.map((day) => [new Date(day), ...figures(within.filter(({ at }) => dateOf(at) === day))]);
  return [...rows, ['Total', ...figures(within)]];
}

test('[REP-16] for any messages, in any zone, the file has the figures that plain counting gives', async () => {
  const cases = fc.record({
    timeZone: fc.constantFrom(...ZONES),
    service: fc.constantFrom('SMS', 'VIBER'),
    first: fc.integer({ min: 0, max: 9 }),
    length: fc.integer({ min: 1, max: 6 }),
    messages: fc.array(someMessage, { maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ timeZone, service: channel, first, length, messages }) => {
      const company = await service.company({ timeZone });
      await company.ingest('messages', messages.map(toLine));
      const days = Array.from({ length }, (_, index) =>
        new Date(FROM + (first + index) * DAY_MS).toISOString().slice(0, 10),
      );
      const period = { dates: { startDate: days[0], endDate: days.at(-1) } };
      const id = await order(company, { service: channel, period });
      await service.runJobs();
      const { file, rowCount } = await reportOf(company, id);
      const [, ...rows] = await download(service, file.url);
      expect(rows).toEqual(expectedRows(messages, channel, timeZone, days));
      expect(rowCount).toBe(days.length);
    }),
    { numRuns: 20 },
  );
});
