import fc from 'fast-check';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { at, FIGURES, line } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 70 }),
  fc.constantFrom(
    '',
    'SMS',
    'DELIVERED',
    '0.1',
    '1e400',
    '\0',
    '\ud83d',
    '2026-03-10T09:00:00Z',
    '-271821-04-20T00:00:00Z',
  ),
);
const anyValue = fc.oneof(anyText, fc.jsonValue({ maxDepth: 1 }), fc.double(), fc.constant(null));

/** A good line in which some fields hold whatever JSON can hold. */
const anyBrokenLine = fc
  .record(
    Object.fromEntries(
      [
        ...[
          'id',
          'channel',
          'status',
          'createdAt',
          'statusAt',
          'sentAt',
          'notificationId',
          'text',
          'smsParts',
          'price',
        ],
        ...['priceAt', 'errorCode', 'deleted', '__proto__', 'constructor'],
      ].map((field) => [field, fc.option(anyValue, { nil: undefined, freq: 3 })]),
    ),
    { requiredKeys: [] },
  )
  .map((fields) => line('some', fields));

const anyLine = fc.oneof(
  anyBrokenLine.map((broken) => JSON.stringify(broken)),
  fc.json({ maxDepth: 2 }),
  anyText.map((text) => text.replace(/[\r\n]/g, ' ')),
);

test('[GEN-05] whatever stands in a line, it is counted once, the lines around it are kept, and all figures can still be asked for', async () => {
  const variables = {
    period: { range: { from: '2014-01-01T00:00:00Z', to: '2026-03-17T00:00:00Z' } },
    by: ['ERROR_CODE', 'STATUS'],
    seriesBy: ['ERROR_CODE'],
    granularity: 'YEAR',
    page: 1000,
  };
  await fc.assert(
    fc.asyncProperty(fc.array(anyLine, { maxLength: 60, size: 'max' }), fc.boolean(), async (lines, atomic) => {
      const company = await service.company();
      const good = ['first', 'last'].map((id) => line(id, { createdAt: at('09:00') }));
      const body = [JSON.stringify(good[0]), ...lines, JSON.stringify(good[1])];
      const answer = await company.ingest('messages', body, { atomic });
      const { received, inserted, updated, unchanged, waiting, rejected, errors } = answer;
      expect(answer.status).toBe(atomic && rejected > 0 ? 422 : 200);
      expect(inserted + updated + unchanged + waiting + rejected).toBe(received);
      expect(received).toBe(body.filter((text) => /[^ \t\r]/.test(text)).length);
      expect(errors.length).toBeLessThanOrEqual(rejected);
      const { data, errors: faults } = await company.graph(FIGURES, variables);
      expect(faults).toBeUndefined();
      const ids = data.messages.nodes.map(({ id }: { id: string }) => id);
      expect(ids.filter((id: string) => id === 'first' || id === 'last')).toEqual(
        answer.status === 200 ? ['last', 'first'] : [],
      );
      expect(data.messagingStats.counters.total).toBe(data.messages.totalCount);
    }),
    { numRuns: 60 },
  );
}, 120_000);
