import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres';
import { ask, LOADING_MS, startProcess, temporaryDirectory } from './service-process.ts';

/** A server as a user may have one: its own cluster, and an owner who is no superuser. */
let server: EmbeddedPostgres;
let serverDir: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  serverDir = await temporaryDirectory();
  server = await startEmbeddedPostgres({ dataDir: serverDir.path, settings: { fsync: 'off' } });
});
afterAll(async () => {
  await server.stop();
  await serverDir.remove();
});

async function database(name: string, options = ''): Promise<string> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'owner'`);
  await client.query(`CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0 ${options}`);
  await client.end();
  const url = new URL(server.url);
  Object.assign(url, { username: name, password: 'owner', pathname: `/${name}` });
  return url.toString();
}

test(
  "DATABASE_URL of an owner who is no superuser is enough; a second start finds the first one's data",
  async () => {
    const environment = { DATABASE_URL: await database('customer'), DEMO_DATA: 'on' };
    const dataDir = await temporaryDirectory();
    const first = startProcess(dataDir.path, environment);
    const service = await first.ready();
    const query = '{ company { name } messagingStats(period: { preset: LAST_90_DAYS }) { counters { total sent } } }';
    const answer = await ask(service, query);
    expect(answer).toMatchObject({ data: { company: { name: 'Demo Company' } } });
    expect(answer.errors).toBeUndefined();
    first.child.kill('SIGTERM');
    expect(await first.ended()).toBe(0);

    const second = startProcess(dataDir.path, environment);
    expect(await ask(await second.ready(), query)).toEqual(answer);
    second.child.kill('SIGTERM');
    expect(await second.ended()).toBe(0);
    await dataDir.remove();
  },
  LOADING_MS,
);

test.each([
  [
    'another encoding than UTF8',
    'latin',
    "ENCODING 'SQL_ASCII' LOCALE 'C'",
    /encoding is SQL_ASCII; .*ENCODING 'UTF8'/,
  ],
  ['LC_CTYPE C', 'ctype', "ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'", /LC_CTYPE is C, .*LC_CTYPE 'C.UTF-8'/],
])('a database with %s is refused with the remedy', async (_, name, options, sentence) => {
  const dataDir = await temporaryDirectory();
  const service = startProcess(dataDir.path, { DATABASE_URL: await database(name, options) });
  expect(await service.ended()).toBe(1);
  expect(service.errors()).toMatch(sentence);
  expect(service.errors()).toMatch(/^Cannot start: .*\n$/);
  await dataDir.remove();
});
