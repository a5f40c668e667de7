import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ask,
  LOADING_MS,
  occupyPort,
  type ServiceProcess,
  startProcess,
  temporaryDirectory,
  until,
} from './service-process.ts';

let dataDir: Awaited<ReturnType<typeof temporaryDirectory>>;
let started: ServiceProcess[] = [];

beforeEach(async () => {
  dataDir = await temporaryDirectory();
});
afterEach(async () => {
  for (const service of started) {
    service.child.kill('SIGTERM');
    await service.ended();
  }
  started = [];
  await dataDir.remove();
});

function start(environment?: Record<string, string>): ServiceProcess {
  const service = startProcess(dataDir.path, environment);
  started.push(service);
  return service;
}

/** Whether a postmaster that is still there is named in the data directory. */
async function databaseRuns(): Promise<boolean> {
  const file = await readFile(join(dataDir.path, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  return file !== '' && existsSync(`/proc/${file.split('\n')[0]}`);
}

const TOTAL =
  '{ company { name } messagingStats(period: { preset: LAST_90_DAYS }) { counters { total notifications sent } } }';

function totalOf({ data }: Awaited<ReturnType<typeof ask>>): number | undefined {
  const stats = data?.['messagingStats'] as { counters: { total: number } } | undefined;
  return stats?.counters.total;
}

test(
  'a first start loads three months of demo data before it is ready, a second one has them still',
  async () => {
    const first = start({ DEMO_DATA: 'on' });
    const service = await first.ready();
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    const answer = await ask(service, TOTAL);
    expect(answer).toEqual({
      data: {
        company: { name: 'Demo Company' },
        messagingStats: {
          counters: { total: expect.any(Number), notifications: expect.any(Number), sent: expect.any(Number) },
        },
      },
    });
    expect(totalOf(answer)).toBeGreaterThan(30_000);
    expect(first.errors()).toMatch(/Loading demo data: 100 %/);

    first.child.kill('SIGTERM');
    expect(await first.ended()).toBe(0);
    expect(await databaseRuns()).toBe(false);

    const second = start({ DEMO_DATA: 'on' });
    expect(await ask(await second.ready(), TOTAL)).toEqual(answer);
    expect(second.errors()).toBe('');
  },
  LOADING_MS,
);

test(
  '[REP-01] [REP-02] [REP-16] the demo has a report, which a worker forms, and whose file survives a stop, and a schedule',
  async () => {
    const query = '{ reports { nodes { name status file { url sha256 } } } }';
    type Reports = { reports: { nodes: { status: string; file: { url: string; sha256: string } | null }[] } };
    const reportsOf = async (service: { url: string; token: string }) => {
      const { data } = await ask(service, query);
      return (data as unknown as Reports).reports.nodes;
    };
    const first = start({ DEMO_DATA: 'on' });
    const service = await first.ready();
    await until(async () => (await reportsOf(service))[0]?.status === 'GENERATED');
    const [before] = await reportsOf(service);
    const { data } = await ask(service, '{ reportSchedules { name frequency origin } }');
    expect(data?.['reportSchedules']).toContainEqual({
      ...{ name: 'Summary of all services', frequency: 'WEEKLY', origin: 'USER' },
    });
    first.child.kill('SIGTERM');
    expect(await first.ended()).toBe(0);
    const again = await start({ DEMO_DATA: 'on' }).ready();
    const [after, ...others] = await reportsOf(again);
    expect(others).toEqual([]);
    expect(after?.file?.sha256).toBe(before?.file?.sha256);
    const response = await fetch(`${again.url}${after?.file?.url}`);
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  },
  LOADING_MS,
);

test(
  '/readyz answers 503 until the demo data is loaded',
  async () => {
    const port = await occupyPort();
    port.close();
    const service = start({ DEMO_DATA: 'on', PORT: String(port.port) });
    const statusOf = (path: string) =>
      fetch(`http://localhost:${port.port}${path}`).then(
        (response) => response.status,
        () => 0,
      );
    await until(async () => (await statusOf('/healthz')) === 200);
    expect(await statusOf('/readyz')).toBe(503);
    await service.ready();
    expect(await statusOf('/readyz')).toBe(200);
  },
  LOADING_MS,
);

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops everything, the database too', async (signal) => {
  const service = start();
  const { url } = await service.ready();
  expect(await databaseRuns()).toBe(true);
  service.child.kill(signal);
  expect(await service.ended()).toBe(0);
  expect(await databaseRuns()).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
});

test(
  'after kill -9 the next start recovers, with everything that was acknowledged',
  async () => {
    const first = start({ DEMO_DATA: 'on' });
    const answer = await ask(await first.ready(), TOTAL);
    first.child.kill('SIGKILL');
    await first.ended();
    expect(await databaseRuns()).toBe(true);
    expect(await ask(await start({ DEMO_DATA: 'on' }).ready(), TOTAL)).toEqual(answer);
  },
  LOADING_MS,
);

test(
  'a load of demo data that was killed is taken up by the next start',
  async () => {
    const first = start({ DEMO_DATA: 'on' });
    await until(() => /Loading demo data: [24]0 %/.test(first.errors()));
    first.child.kill('SIGKILL');
    await first.ended();
    const second = start({ DEMO_DATA: 'on' });
    const service = await second.ready();
    expect(second.errors()).toMatch(/Loading demo data: 100 %/);
    const state = JSON.parse(await readFile(join(dataDir.path, 'demo-data.json'), 'utf8'));
    expect(state).toEqual({ now: expect.any(Number), loaded: true });
    expect(totalOf(await ask(service, TOTAL))).toBeGreaterThan(30_000);
  },
  LOADING_MS,
);

test('DEMO_DATA=off starts empty', async () => {
  const { data, errors } = await ask(await start().ready(), '{ company { name } }');
  expect(data).toEqual({ company: null });
  expect(errors).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/company 1 is not registered; register it with/) }),
  ]);
});

test('a second service on the same data directory is refused', async () => {
  await start().ready();
  const second = start();
  expect(await second.ended()).toBe(1);
  expect(second.errors()).toMatch(
    /^Cannot start: DATA_DIR .* is in use by process \d+; stop it or choose another DATA_DIR\.\n$/,
  );
});

test('a port in use, one sentence, and nothing is left running', async () => {
  const taken = await occupyPort();
  const service = start({ PORT: String(taken.port) });
  expect(await service.ended()).toBe(1);
  taken.close();
  expect(service.errors()).toBe(
    `Cannot start: port ${taken.port} is in use; stop what listens there or set PORT to another one.\n`,
  );
  expect(await databaseRuns()).toBe(false);
});

test.each([
  [
    'a file in the place of DATA_DIR',
    () => ({ DATA_DIR: join(dataDir.path, 'file') }),
    /DATA_DIR .* is not a directory/,
  ],
  ['a DATA_DIR that cannot be written', () => ({ DATA_DIR: '/proc/statistics' }), /\/proc.*choose another DATA_DIR/i],
  [
    'a database that does not answer',
    () => ({ DATABASE_URL: 'postgres://me@127.0.0.1:1/db' }),
    /cannot connect to the database of DATABASE_URL .*check the address/,
  ],
  ['a wrong setting', () => ({ PORT: 'http', DEMO_DATA: 'perhaps' }), /PORT: .*"http".*DEMO_DATA: .*"perhaps"/],
])('%s: one sentence with the remedy, exit status 1', async (_, environment, sentence) => {
  await writeFile(join(dataDir.path, 'file'), '');
  const service = start(environment());
  expect(await service.ended()).toBe(1);
  expect(service.errors()).toMatch(sentence);
  expect(service.errors()).toMatch(/^Cannot start: .*\n$/);
  expect(service.output()).toBe('');
});
