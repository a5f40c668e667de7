import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres';
import { ensureSigningKey, makeInternalKey, type Scope, signAccessToken } from '#platform/identity';
import { systemClock } from '#platform/time';
import { spawnCommand } from '../../scripts/command-line/terminal.test-support.ts';
import { registerThroughGateway } from '../../scripts/register-company.ts';
import { SUBGRAPHS } from '../../scripts/subgraphs.ts';
import { ask, occupyPort, type ScriptProcess, startScript, temporaryDirectory, until } from './service-process.ts';

// Every process with nothing but its environment, as a container has it.
const ROLE_SECRET = 'secret of the roles of the processes';
const LINK_SECRET = 'secret of the links of the processes';
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let server: EmbeddedPostgres;
let databaseUrl: string;
let keys: Awaited<ReturnType<typeof makeInternalKey>>;
let jobKeys: typeof keys;
const started: ScriptProcess[] = [];

beforeAll(async () => {
  directory = await temporaryDirectory();
  await mkdir(join(directory.path, 'gateway'));
  server = await startEmbeddedPostgres({ dataDir: join(directory.path, 'server'), settings: { fsync: 'off' } });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE DATABASE statistics');
  await client.end();
  databaseUrl = Object.assign(new URL(server.url), { pathname: '/statistics' }).toString();
  keys = await makeInternalKey();
  jobKeys = await makeInternalKey();
});
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended();
  }
  await server.stop();
  await directory.remove();
});

function run(argv: [string, ...string[]], environment: Record<string, string>): ScriptProcess {
  const script = startScript(argv, environment);
  started.push(script);
  return script;
}

async function freePort(): Promise<string> {
  const { port, close } = await occupyPort();
  close();
  return String(port);
}

/** A subgraph; it knows the server and the database of DATABASE_URL, and no owner. One with jobs can ask the gateway. */
async function runSubgraph(name: string, port: string, gatewayPort: string): Promise<ScriptProcess> {
  const url = Object.assign(new URL(databaseUrl), { username: '', password: '' });
  const subgraph = run(['run-subgraph', '--name', name], {
    DATA_DIR: join(directory.path, name),
    FILE_LINK_SECRET: LINK_SECRET,
    DATABASE_URL: url.toString(),
    DATABASE_ROLE_SECRET: ROLE_SECRET,
    SUBGRAPH_PORT: port,
    INTERNAL_PUBLIC_KEY: keys.publicKey,
    ...(['billing', 'reports'].includes(name) && {
      GATEWAY_URL: `http://127.0.0.1:${gatewayPort}`,
      JOB_SIGNING_KEY: jobKeys.signingKey,
    }),
  });
  await subgraph.printed(new RegExp(`^${name} listens on http://127\\.0\\.0\\.1:${port}$`, 'm'));
  return subgraph;
}

const QUERY = '{ company { name } messagingStats(period: { preset: TODAY }) { counters { total } } }';
const whole = { data: { company: { name: 'Acme' }, messagingStats: { counters: { total: 0 } } } };
const cut = {
  data: { company: { name: 'Acme' }, messagingStats: null },
  errors: [
    {
      message: 'messaging-stats did not answer; the rest of the answer stands, try again for this part.',
      extensions: { code: 'SERVICE_UNAVAILABLE', service: 'messaging-stats' },
    },
  ],
};

const ORDER = `mutation Order {
  generateReport(input: { service: SMS, type: SUMMARY, period: { preset: YESTERDAY }, idempotencyKey: "a" }) { report { id } }
}`;

async function reportsOf(service: { url: string; token: string }) {
  const { data } = await ask(service, '{ reports { nodes { status file { url } } } }');
  return (data as unknown as { reports: { nodes: { status: string; file: { url: string } | null }[] } }).reports.nodes;
}

test('npm run migrate makes the database, and again changes nothing', async () => {
  const environment = { DATABASE_URL: databaseUrl, DATABASE_ROLE_SECRET: ROLE_SECRET };
  const stdout = expect.stringMatching(/^The database is up to date: billing, messaging-stats.*\.\n$/);
  expect(await spawnCommand('migrate', [], environment)).toEqual({ status: 0, stdout, stderr: '' });
  expect(await spawnCommand('migrate', [], environment)).toEqual({ status: 0, stdout, stderr: '' });
  const refused = await spawnCommand('migrate', [], { DATABASE_URL: databaseUrl });
  expect([refused.status, refused.stderr]).toEqual([
    1,
    expect.stringMatching(/^migrate: .*DATABASE_ROLE_SECRET: is needed by npm run migrate \(it is not set\)\.\n$/),
  ]);
});

test('processes of their own answer together; one that hangs or dies costs its part until it is back', async () => {
  const gatewayPort = await freePort();
  const ports: Record<string, string> = {};
  for (const { name } of SUBGRAPHS) ports[name] = await freePort();
  const runs = Object.entries(ports).map(([name, port]) => runSubgraph(name, port, gatewayPort));
  await Promise.all(runs);
  const first = (await runs[Object.keys(ports).indexOf('messaging-stats')]) as ScriptProcess;
  const dataDir = join(directory.path, 'gateway');
  const gateway = run(['run-gateway'], {
    PORT: gatewayPort,
    DATA_DIR: dataDir,
    FILE_LINK_SECRET: LINK_SECRET,
    JOB_PUBLIC_KEY: jobKeys.publicKey,
    SUBGRAPH_URLS: Object.entries(ports)
      .map(([name, port]) => `${name}=http://127.0.0.1:${port}/`)
      .join(', '),
    SUBGRAPH_TIMEOUT_MS: '1000',
    INTERNAL_SIGNING_KEY: keys.signingKey,
  });
  const [, url = ''] = await gateway.printed(/^The gateway listens on (http:\S+)$/m);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const key = await ensureSigningKey(dataDir);
  const token = (scope: Scope, companyId?: string, ...more: Scope[]) =>
    signAccessToken(key, { subject: 'test', companyId, scopes: [scope, ...more] }, 600, systemClock);
  const acme = { id: '7', name: 'Acme', timeZone: 'Europe/Moscow', currency: 'EUR' };
  await registerThroughGateway({ url, token: await token('staff:platform') }, acme);
  const service = { url, token: await token('stats:read', '7') };
  expect(await ask(service, QUERY)).toEqual(whole);

  const reporting = { url, token: await token('reports:write', '7', 'reports:read', 'stats:read') };
  await ask(reporting, ORDER);
  await until(async () => (await reportsOf(reporting))[0]?.status === 'GENERATED');
  const download = await fetch(`${url}${(await reportsOf(reporting))[0]?.file?.url}`);
  expect(download.status).toBe(200);
  expect((await download.arrayBuffer()).byteLength).toBeGreaterThan(1000);

  first.child.kill('SIGSTOP');
  expect(await ask(service, QUERY)).toEqual(cut);
  first.child.kill('SIGCONT');
  expect(await ask(service, QUERY)).toEqual(whole);

  first.child.kill('SIGKILL');
  await first.ended();
  expect(await ask(service, QUERY)).toEqual(cut);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  const second = await runSubgraph('messaging-stats', ports['messaging-stats'] ?? '', gatewayPort);
  expect(await ask(service, QUERY)).toEqual(whole);

  for (const script of [second, gateway]) {
    script.child.kill('SIGTERM');
    expect(await script.ended()).toBe(0);
  }
});

const SUBGRAPH = { DATABASE_URL: 'postgres://127.0.0.1:1/x', DATABASE_ROLE_SECRET: ROLE_SECRET };

test.each<[string, [string, ...string[]], () => Record<string, string>, RegExp]>([
  ['without --name', ['run-subgraph'], () => SUBGRAPH, /--name NAME is missing; add it\./],
  [
    'of an unknown name',
    ['run-subgraph', '--name', 'x'],
    () => SUBGRAPH,
    /there is no subgraph "x"; --name is one of billing, messaging-stats/,
  ],
  [
    'without a key',
    ['run-subgraph', '--name', 'billing'],
    () => SUBGRAPH,
    /INTERNAL_PUBLIC_KEY: is needed by a subgraph \(it is not set\)/,
  ],
  [
    'with a key that is none',
    ['run-subgraph', '--name', 'billing'],
    () => ({ ...SUBGRAPH, INTERNAL_PUBLIC_KEY: keys.signingKey }),
    /INTERNAL_PUBLIC_KEY is no public Ed25519 key; make a pair with npm run --silent internal-key\./,
  ],
  [
    'without a database',
    ['run-subgraph', '--name', 'billing'],
    () => ({ INTERNAL_PUBLIC_KEY: keys.publicKey }),
    /a subgraph needs its database; set SUBGRAPH_DATABASE_URL, or DATABASE_URL and DATABASE_ROLE_SECRET\./,
  ],
  [
    'with jobs and no way to the gateway',
    ['run-subgraph', '--name', 'reports'],
    () => ({ ...SUBGRAPH, INTERNAL_PUBLIC_KEY: keys.publicKey }),
    /reports has jobs that ask the gateway; set GATEWAY_URL and JOB_SIGNING_KEY\./,
  ],
  [
    'without anything',
    ['run-gateway'],
    () => ({}),
    /SUBGRAPH_URLS: is needed by the gateway \(it is not set\)\. INTERNAL_SIGNING_KEY: is needed by the gateway/,
  ],
  [
    'with addresses of others',
    ['run-gateway'],
    () => ({
      SUBGRAPH_URLS: 'billing=http://127.0.0.1:1,nobody=http://127.0.0.1:1',
      INTERNAL_SIGNING_KEY: keys.signingKey,
    }),
    /SUBGRAPH_URLS lacks messaging-stats.* and names nobody, which is none; the subgraphs are billing, messaging-stats/,
  ],
])('a process %s is refused in one sentence with the remedy', async (_, argv, environment, sentence) => {
  const script = run(argv, { DATA_DIR: join(directory.path, 'none'), ...environment() });
  expect(await script.ended()).toBe(1);
  expect(script.errors()).toMatch(sentence);
  expect(script.errors()).toMatch(/^Cannot start: .*\n$/);
});
