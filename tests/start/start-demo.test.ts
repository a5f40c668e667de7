import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, databaseRuns, LOADING_MS, type ServiceProcess, temporaryDirectory, until } from './service-process.ts';
import { type Address, type Directory, StartedServices } from './started-services.ts';

// The demo is loaded once; every test starts on a copy of the directory that its load has left.

/** What the demo is known by. */
interface Demo {
  company: { name: string };
  messagingStats: { counters: { total: number; notifications: number; sent: number } };
  reports: { nodes: { name: string; status: string; file: { url: string; sha256: string } | null }[] };
  reportSchedules: { name: string; frequency: string; origin: string }[];
}

const DEMO = `{
  company { name }
  messagingStats(period: { preset: LAST_90_DAYS }) { counters { total notifications sent } }
  reports { nodes { name status file { url sha256 } } }
  reportSchedules { name frequency origin }
}`;

async function demoOf(service: Address): Promise<Demo> {
  const { data, errors } = await ask(service, DEMO);
  expect(errors).toBeUndefined();
  return data as unknown as Demo;
}

/** The demo without the addresses of files, which hold for a while. */
function lasting({ reports, ...others }: Demo) {
  return { ...others, reports: reports.nodes.map(({ file, ...report }) => ({ ...report, sha256: file?.sha256 })) };
}

const services = new StartedServices('start');
let loaded: Directory;
let firstStart: { readiness: number[]; progress: string; demo: Demo };
let dataDir: Directory;

const start = () => services.start(dataDir, { DEMO_DATA: 'on' });

/** A start on the copy of what was loaded. */
async function startLoaded(): Promise<ServiceProcess> {
  await cp(loaded.path, dataDir.path, { recursive: true });
  return start();
}

beforeAll(async () => {
  loaded = await temporaryDirectory();
  const { service, address, readiness } = await services.startFirst(loaded);
  await until(async () => (await demoOf(address)).reports.nodes.every(({ status }) => status === 'GENERATED'));
  firstStart = { readiness, progress: service.errors(), demo: await demoOf(address) };
  await services.stopAll();
}, LOADING_MS);
afterAll(() => loaded.remove());

beforeEach(async () => {
  dataDir = await temporaryDirectory();
});
afterEach(async () => {
  await services.stopAll();
  await dataDir.remove();
});

test('[REP-01] [REP-02] a first start is not ready before it has loaded three months of messages, a report and its schedule', () => {
  const { readiness, progress, demo } = firstStart;
  expect(readiness).toEqual([503, 200]);
  expect(progress).toMatch(/Loading demo data: 100 %/);
  expect(demo).toEqual({
    company: { name: 'Demo Company' },
    messagingStats: {
      counters: { total: expect.any(Number), notifications: expect.any(Number), sent: expect.any(Number) },
    },
    reports: { nodes: [expect.objectContaining({ status: 'GENERATED' })] },
    reportSchedules: expect.arrayContaining([{ name: 'Summary of all services', frequency: 'WEEKLY', origin: 'USER' }]),
  });
  expect(demo.messagingStats.counters.total).toBeGreaterThan(30_000);
});

test('[REP-16] a second start has everything still, the file of the report too, and says nothing', async () => {
  const second = await startLoaded();
  const service = await second.ready();
  const demo = await demoOf(service);
  expect(lasting(demo)).toEqual(lasting(firstStart.demo));
  const response = await fetch(`${service.url}${demo.reports.nodes[0]?.file?.url}`);
  expect(response.status).toBe(200);
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  expect(second.errors()).toBe('');
});

test('after kill -9 the next start recovers, with everything that was acknowledged', async () => {
  const killed = await startLoaded();
  await killed.ready();
  killed.child.kill('SIGKILL');
  await killed.ended();
  expect(await databaseRuns(dataDir.path)).toBe(true);
  const demo = await demoOf(await start().ready());
  expect(lasting(demo)).toEqual(lasting(firstStart.demo));
});

test(
  'a load of demo data that was killed is taken up by the next start',
  async () => {
    const first = start();
    await until(() => /Loading demo data: [24]0 %/.test(first.errors()));
    first.child.kill('SIGKILL');
    await first.ended();
    const second = start();
    const { messagingStats } = await demoOf(await second.ready());
    expect(second.errors()).toMatch(/Loading demo data: 100 %/);
    const state = JSON.parse(await readFile(join(dataDir.path, 'demo-data.json'), 'utf8'));
    expect(state).toEqual({ now: expect.any(Number), loaded: true });
    expect(messagingStats.counters.total).toBeGreaterThan(30_000);
  },
  LOADING_MS,
);
