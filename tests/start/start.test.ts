import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, databaseRuns, occupyPort, temporaryDirectory } from './service-process.ts';
import { type Directory, StartedServices } from './started-services.ts';

const services = new StartedServices('start');
let dataDir: Directory;

beforeEach(async () => {
  dataDir = await temporaryDirectory();
});
afterEach(async () => {
  await services.stopAll();
  await dataDir.remove();
});

const start = (environment?: Record<string, string>) => services.start(dataDir, environment);

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops everything, the database too', async (signal) => {
  const service = start();
  const { url } = await service.ready();
  expect(await databaseRuns(dataDir.path)).toBe(true);
  service.child.kill(signal);
  expect(await service.ended()).toBe(0);
  expect(await databaseRuns(dataDir.path)).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
});

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
  expect(await databaseRuns(dataDir.path)).toBe(false);
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
