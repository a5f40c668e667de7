import { SUBGRAPHS } from '../scripts/subgraphs.ts';
import { onServer } from '../tests/support/test-database.ts';
import { startTestService, type TestService } from '../tests/support/test-service.ts';
import { type OpenedGateway, openGateway, send, stubSubgraph } from './opened-gateway.test-support.ts';

let gateway: OpenedGateway | undefined;
let service: TestService | undefined;
afterEach(async () => {
  await gateway?.stop();
  await service?.stop();
  gateway = service = undefined;
});

const ready = async (url: string) => {
  const { status, body, headers } = await send(`${url}/readyz`);
  return { status, body, retryAfter: headers.get('retry-after') };
};
const failing = (failed: string[], status = 'failing') => ({ status: 503, body: { status, failed }, retryAfter: '1' });
const READY = { status: 200, body: { status: 'ready' }, retryAfter: null };

test('the service is alive as soon as it listens, and ready once its first load is done', async () => {
  const readiness = { ready: false };
  gateway = await openGateway({ readiness });
  expect(await ready(gateway.url)).toEqual(failing([], 'starting'));
  const { status, body } = await send(`${gateway.url}/healthz`);
  expect([status, body]).toEqual([200, { status: 'ok' }]);
  readiness.ready = true;
  expect(await ready(gateway.url)).toEqual(READY);
});

test('the service is not ready while a subgraph cannot serve, names it, and says nothing of why', async () => {
  let fault: Error | undefined = new Error('connect ECONNREFUSED 10.0.0.1:5432');
  const checkReady = async () => {
    if (fault) throw fault;
  };
  gateway = await openGateway({
    connections: [stubSubgraph('billing'), stubSubgraph('messaging-stats', { checkReady })],
  });
  expect(await ready(gateway.url)).toEqual(failing(['messaging-stats']));
  expect((await send(`${gateway.url}/healthz`)).status).toBe(200);
  fault = undefined;
  expect(await ready(gateway.url)).toEqual(READY);
});

test('the service outlives its database: it is not ready, and says of every part to try again', async () => {
  service = await startTestService();
  const company = await service.company();
  expect(await ready(service.url)).toEqual(READY);
  const name = new URL(service.ownerUrl).pathname.slice(1);
  await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await onServer(`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '${name}'`);
  expect(await ready(service.url)).toEqual(failing(SUBGRAPHS.map(({ name }) => name)));
  const query = '{ company { id } messagingStats(period: { preset: TODAY }) { currency } }';
  const { data, errors } = await company.graph(query);
  const message = 'the database does not answer; try again.';
  const lost = (path: string, service: string) => ({
    message,
    path: [path],
    extensions: { code: 'SERVICE_UNAVAILABLE', service },
  });
  expect(data).toEqual({ company: null, messagingStats: null });
  expect(errors?.toSorted((one, other) => (String(one.path) < String(other.path) ? -1 : 1))).toEqual([
    lost('company', 'billing'),
    lost('messagingStats', 'messaging-stats'),
  ]);
  const refused = await company.ingest('messages', ['{}']);
  const requestId = expect.any(String);
  expect(refused).toEqual({ status: 503, error: { code: 'SERVICE_UNAVAILABLE', message, requestId } });
  await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  expect(await ready(service.url)).toEqual(READY);
  expect((await company.graph(query)).data).toEqual({
    company: { id: company.id },
    messagingStats: { currency: 'EUR' },
  });
});
