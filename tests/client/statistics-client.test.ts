import { AnalyticsDocument, CurrentCompanyDocument } from '../../client/operations.generated.ts';
import { StatisticsClient } from '../../client/statistics-client.ts';
import { startTestService, type TestService } from '../support/test-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

test('[GEN-01] a generated document is answered in its types', async () => {
  const company = await service.company();
  const at = '2026-03-10T10:00:00Z';
  await company.ingest('messages', [{ id: 'a', channel: 'SMS', status: 'DELIVERED', createdAt: at, statusAt: at }]);
  const client = clientOf(() => service.token({ companyId: company.id }));
  const { data, errors } = await client.request(AnalyticsDocument, {
    period: { dates: { startDate: '2026-03-10', endDate: '2026-03-11' } },
    granularity: 'DAY',
  });
  expect(errors).toEqual([]);
  const sent: number | undefined = data?.messagingStats?.counters.sent;
  expect([sent, data?.messagingStats?.sentByTime.lines[0]?.sent]).toEqual([1, [1, 0]]);
  const own = await client.request(CurrentCompanyDocument);
  expect(own).toEqual({
    data: { company: { id: company.id, name: `Company ${company.id}`, timeZone: 'Europe/Moscow', currency: 'EUR' } },
    errors: [],
  });
});

test('[GEN-01] what could not be answered comes with its code beside what could', async () => {
  const { id } = await service.company();
  const refused = await clientOf(() => service.token({ companyId: id, scopes: [] })).request(AnalyticsDocument, {
    period: { preset: 'TODAY' },
    granularity: 'DAY',
  });
  expect(refused.data).toEqual({ messagingStats: null });
  expect(refused.errors.map(({ path, extensions }) => [path, extensions])).toEqual([
    [['messagingStats'], { code: 'FORBIDDEN', service: 'messaging-stats' }],
  ]);
  const stranger = await clientOf(() => 'no token').request(CurrentCompanyDocument);
  expect([stranger.data, stranger.errors.map(({ extensions }) => extensions.code)]).toEqual([
    null,
    ['UNAUTHENTICATED'],
  ]);
});

function clientOf(token: () => string | Promise<string>): StatisticsClient {
  return new StatisticsClient({ url: service.url, token });
}
