import { cp } from 'node:fs/promises';
import {
  ask,
  type Descendant,
  descendants,
  environmentOf,
  isRunning,
  LOADING_MS,
  occupyPort,
  type ServiceProcess,
  temporaryDirectory,
  until,
} from './service-process.ts';
import { type Directory, StartedServices } from './started-services.ts';

// `npm run start:services`: gateway, subgraphs and the database as processes below the one that is started. The demo is loaded
// once; every test starts on a copy of the directory that its load has left.
const services = new StartedServices('start-services');
let loaded: Directory;
let firstStart: { readiness: number[]; answer: Awaited<ReturnType<typeof ask>> };
let dataDir: Directory;

beforeAll(async () => {
  loaded = await temporaryDirectory();
  const { address, readiness } = await services.startFirst(loaded);
  firstStart = { readiness, answer: await ask(address, TOTAL) };
  await services.stopAll();
}, LOADING_MS);
afterAll(() => loaded.remove());

beforeEach(async () => {
  dataDir = await temporaryDirectory();
  await cp(loaded.path, dataDir.path, { recursive: true });
});
afterEach(async () => {
  await services.stopAll();
  await dataDir.remove();
});

const start = (environment = {}) => services.start(dataDir, { DEMO_DATA: 'on', ...environment });
const processesOf = ({ child }: ServiceProcess) => descendants(child.pid ?? 0);
const named = (processes: Descendant[], part: string) => {
  const found = processes.find(({ commandLine }) => commandLine.includes(part));
  if (!found) throw new Error(`no process has ${part} in its command line`);
  return found;
};
const nothingRuns = (processes: Descendant[]) => !processes.some(({ pid }) => isRunning(pid));

const TOTAL = '{ company { name } messagingStats(period: { preset: LAST_90_DAYS }) { counters { total sent } } }';

/** The owner of the database is known to the first process alone. */
function expectOwnSettings(processes: Descendant[]): void {
  const settingsOf = (part: string) => {
    const environment = environmentOf(named(processes, part).pid);
    return Object.keys(environment).filter((name) => /DATABASE|INTERNAL|SUBGRAPH/.test(name) && environment[name]);
  };
  expect(settingsOf('--name billing').sort()).toEqual(
    ['DATABASE_POOL_SIZE', 'INTERNAL_PUBLIC_KEY', 'SUBGRAPH_DATABASE_URL', 'SUBGRAPH_HOST', 'SUBGRAPH_PORT'].sort(),
  );
  expect(settingsOf('run-gateway').sort()).toEqual(['INTERNAL_SIGNING_KEY', 'SUBGRAPH_URLS']);
  expect(settingsOf('run-database')).toEqual([]);
  const roleOf = (part: string) =>
    new URL(environmentOf(named(processes, part).pid)['SUBGRAPH_DATABASE_URL'] ?? '').username;
  expect([roleOf('--name billing'), roleOf('--name messaging-stats')]).toEqual(['billing', 'messaging_stats']);
}

test('a first start is ready once the demo data is loaded through the processes', () => {
  const { readiness, answer } = firstStart;
  expect(readiness).toEqual([503, 200]);
  expect(answer).toMatchObject({ data: { company: { name: 'Demo Company' } } });
  const { messagingStats } = answer.data as { messagingStats: { counters: { total: number } } };
  expect(messagingStats.counters.total).toBeGreaterThan(30_000);
});

test('every process has its own settings and no others; kill -9 of the first one ends them all, and the next start has everything', async () => {
  const killed = start({ DATABASE_POOL_SIZE: '3' });
  await killed.ready();
  const processes = processesOf(killed);
  expectOwnSettings(processes);
  killed.child.kill('SIGKILL');
  await killed.ended();
  await until(() => nothingRuns(processes));

  const next = start();
  expect(await ask(await next.ready(), TOTAL)).toEqual(firstStart.answer);
  expect(next.errors()).toBe('');
});

test.each<[string, (service: ServiceProcess) => void]>([
  ['SIGTERM', ({ child }) => child.kill('SIGTERM')],
  ['Ctrl-C, which reaches every process of the terminal,', ({ child }) => process.kill(-(child.pid ?? 0), 'SIGINT')],
])('%s stops everything, and nothing is left', async (_, stop) => {
  const service = start();
  const { url } = await service.ready();
  const processes = processesOf(service);
  stop(service);
  expect([await service.ended(), service.errors()]).toEqual([0, '']);
  expect(processes.filter(({ pid }) => isRunning(pid))).toEqual([]);
  await expect(fetch(url)).rejects.toMatchObject({ message: 'fetch failed' });
});

test('a stop in the middle of a start leaves nothing either', async () => {
  const service = start();
  await until(() => processesOf(service).some(({ commandLine }) => commandLine.includes('run-subgraph.ts')));
  const processes = processesOf(service);
  service.child.kill('SIGTERM');
  expect(await service.ended()).toBe(0);
  expect(processes.filter(({ pid }) => isRunning(pid))).toEqual([]);
});

/** Lines of a log, JSON, in which background work says that it does not reach the database. */
const WITHOUT_DATABASE =
  /^\{.*"msg":"(the job queue failed|due work was not put into the queue|looking for work on levels failed|levels were not brought up to date)"\}\n/gm;

test.each([
  ['run-subgraph.ts --name billing', /^billing ended by itself \(SIGKILL\); start the service again\.\n$/],
  ['run-gateway.ts', /^the gateway ended by itself \(SIGKILL\); start the service again\.\n$/],
  ['postgres -D', /^PostgreSQL ended by itself \(.*; start the service again\.\n$/s],
])('a process that dies (%s) ends the service with one sentence, and nothing is left', async (part, sentence) => {
  const service = start();
  await service.ready();
  const processes = processesOf(service);
  process.kill(named(processes, part).pid, 'SIGKILL');
  expect(await service.ended()).toBe(1);
  // Until it is told to stop, background work may miss the database that has died; nothing else is logged.
  expect(service.errors().replaceAll(WITHOUT_DATABASE, '')).toMatch(sentence);
  await until(() => nothingRuns(processes));
});

test('a port in use, one sentence, and nothing is left running', async () => {
  const taken = await occupyPort();
  const service = start({ PORT: String(taken.port) });
  let seen: Descendant[] = [];
  await until(() => {
    seen = [...seen, ...processesOf(service)];
    return service.child.exitCode !== null;
  });
  taken.close();
  expect(await service.ended()).toBe(1);
  expect(service.errors()).toBe(
    `Cannot start: port ${taken.port} is in use; stop what listens there or set PORT to another one.\n`,
  );
  expect(seen.some(({ commandLine }) => commandLine.includes('run-gateway.ts'))).toBe(true);
  expect(nothingRuns(seen)).toBe(true);
});
