import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureSigningKey, localTokenVerifier } from '#platform/identity';
import { startTestService, TEST_NOW, type TestService } from '../tests/support/test-service.ts';
import { runCompany } from './command-line/company-command.ts';
import { spawnCommand, testTerminal } from './command-line/terminal.test-support.ts';

const ACME = ['--name', 'Acme', '--time-zone', 'Europe/Moscow', '--currency', 'EUR'];
let service: TestService;
let staff: string;

beforeAll(async () => {
  service = await startTestService();
  staff = await service.token({ scopes: ['staff:platform'] });
});
afterAll(() => service.stop());

async function company(argv: string[], environment: Record<string, string> = { STATISTICS_TOKEN: staff }) {
  const test = testTerminal({ environment, now: TEST_NOW });
  const status = await runCompany(argv, test.terminal);
  return { status, stdout: test.stdout(), stderr: test.stderr() };
}

const printed = (id: string, name: string, zone: string) =>
  `id         ${id}\nname       ${name}\ntime zone  ${zone}\ncurrency   EUR\n`;

test('as a process it registers a company and prints what is registered', async () => {
  const argv = ['--id', '7', ...ACME, '--url', service.url];
  const registered = await spawnCommand('company', argv, { STATISTICS_TOKEN: staff });
  expect(registered).toEqual({ status: 0, stdout: printed('7', 'Acme', 'Europe/Moscow'), stderr: '' });
  const { data } = await service.graph(await service.token({ companyId: '7' }), '{ company { id name timeZone } }');
  expect(data).toEqual({ company: { id: '7', name: 'Acme', timeZone: 'Europe/Moscow' } });
});

test('name and zone of a registered company change, and the zone is printed in its own case', async () => {
  await company(['--id', '8', ...ACME, '--url', service.url]);
  const argv = ['--id', '8', '--name', 'Acme 2', '--time-zone', 'asia/kolkata', '--currency', 'EUR'];
  const changed = await company([...argv, '--url', `${service.url}/`]);
  expect(changed).toEqual({ status: 0, stdout: printed('8', 'Acme 2', 'Asia/Kolkata'), stderr: '' });
});

test('what the service refuses is said in its words', async () => {
  await company(['--id', '9', ...ACME, '--url', service.url]);
  const argv = ['--id', '9', '--name', 'Acme', '--time-zone', 'Europe/Moscow', '--currency', 'USD'];
  const sentence =
    'company: currency: company 9 has the currency EUR, which never changes; register another company for another currency.\n';
  expect(await company([...argv, '--url', service.url])).toEqual({ status: 1, stdout: '', stderr: sentence });
});

test.each([
  [['--id', '7'], '--name NAME and --time-zone ZONE and --currency CODE are missing; add them.'],
  [['--id', 'x', ...ACME], '--id "x" is not a company number; '],
  [
    ['--id', '7', '--name', 'A', '--time-zone', '+03:00', '--currency', 'EUR'],
    '--time-zone "+03:00" is not the name of',
  ],
  [['--id', '7', '--name', 'A', '--time-zone', 'UTC', '--currency', 'eur'], '--currency "eur" is not a currency; '],
  [['--id', '7', ...ACME, '--url', 'nowhere'], '--url "nowhere" is not an address; '],
])('%j is refused before anything is sent', async (argv, sentence) => {
  const { status, stdout, stderr } = await company(argv);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`company: ${sentence}`);
  expect(stderr).toMatch(/\nAll options: npm run company -- --help\n$/);
});

test('a token without the scope, and one that does not hold, are refused with the remedy', async () => {
  const argv = ['--id', '7', ...ACME, '--url', service.url];
  const remedy = 'Set STATISTICS_TOKEN to a token with the scope staff:platform that holds, or unset it.\n';
  const poor = await company(argv, { STATISTICS_TOKEN: await service.token({ scopes: ['stats:read'] }) });
  expect(poor).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(/staff:platform.*\n$/) });
  expect(poor.stderr.endsWith(remedy)).toBe(true);
  const broken = await company(argv, { STATISTICS_TOKEN: 'x.y.z' });
  expect(broken.stderr).toBe(`company: the token does not hold; get a new one. ${remedy}`);
});

test('where no service answers it names the address and the remedy', async () => {
  const server = createServer();
  const port = await listen(server);
  await new Promise((closed) => server.close(closed));
  const expected = `company: no statistics service answers at http://localhost:${port} (ECONNREFUSED); start it with npm start, or name its address with --url.\n`;
  const answer = await company(['--id', '7', ...ACME], { STATISTICS_TOKEN: staff, PORT: String(port) });
  expect(answer).toEqual({ status: 1, stdout: '', stderr: expected });
});

test('without a token it signs one with the key in DATA_DIR, and another service than ours is told apart', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'statistics-company-'));
  const key = await ensureSigningKey(dataDir);
  let authorization = '';
  const server = createServer((request, response) => {
    authorization = request.headers.authorization ?? '';
    response.end('<html>');
  });
  const url = `http://localhost:${await listen(server)}`;
  const { stderr } = await company(['--id', '7', ...ACME, '--url', url], { DATA_DIR: dataDir });
  server.close();
  await rm(dataDir, { recursive: true });
  expect(stderr).toBe(`company: ${url}/graphql answered with status 200 and no JSON; it is another service.\n`);
  const identity = await localTokenVerifier(key, { now: () => TEST_NOW })(authorization.replace('Bearer ', ''));
  expect(identity).toEqual({ subject: 'npm run company', scopes: ['staff:platform'] });
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, listening));
  return (server.address() as AddressInfo).port;
}
