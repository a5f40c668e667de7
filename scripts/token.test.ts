import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jwtVerify } from 'jose';
import { ensureSigningKey, LOCAL_AUDIENCE, LOCAL_ISSUER, localTokenVerifier } from '#platform/identity';
import { spawnCommand, testTerminal } from './command-line/terminal.test-support.ts';
import { runToken } from './command-line/token-command.ts';

const NOW = Date.UTC(2026, 2, 15, 12);
const DEFAULT_SCOPES =
  'stats:read billing:read billing:write webhooks:write reports:read reports:write ingest:write'.split(' ');
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'statistics-token-'));
  await ensureSigningKey(dataDir);
});
afterAll(() => rm(dataDir, { recursive: true }));

async function token(argv: string[], environment: Record<string, string> = { DATA_DIR: dataDir }) {
  const test = testTerminal({ environment, now: NOW });
  const status = await runToken(argv, test.terminal);
  return { status, stdout: test.stdout(), stderr: test.stderr() };
}

/** The claims of a token that the service's key has signed. */
async function claimsOf(text: string) {
  const { publicKey } = await ensureSigningKey(dataDir);
  const options = { issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE, currentDate: new Date(NOW) };
  return (await jwtVerify(text.trim(), publicKey, options)).payload;
}

test('a token of a company has every scope but those of staff and of the payment system, for an hour', async () => {
  const { status, stdout, stderr } = await token(['--company', '7']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const { iat, exp, ...claims } = await claimsOf(stdout);
  const scope = DEFAULT_SCOPES.join(' ');
  expect(claims).toEqual({ iss: LOCAL_ISSUER, aud: LOCAL_AUDIENCE, sub: 'npm run token', company_id: '7', scope });
  expect([iat, exp]).toEqual([NOW / 1000, NOW / 1000 + 3600]);
});

test('scopes, name, email and lifetime are those that are given', async () => {
  const argv = [
    '--scope',
    ' staff:finance  stats:read staff:finance',
    '--name',
    'Ann Lee',
    '--email',
    'ann@example.com',
  ];
  const { stdout } = await token([...argv, '--expires', '7d']);
  const { exp, company_id, ...claims } = await claimsOf(stdout);
  expect(company_id).toBeUndefined();
  expect(claims).toMatchObject({ scope: 'staff:finance stats:read', name: 'Ann Lee', email: 'ann@example.com' });
  expect(exp).toBe(NOW / 1000 + 7 * 86_400);
});

test.each(['staff:finance', 'staff:platform', 'payments:write'])('%s needs no company', async (scope) => {
  const { stdout } = await token(['--scope', scope]);
  expect(await claimsOf(stdout)).toMatchObject({ scope });
});

test.each([
  [[], '--company is missing; add --company ID, or one of the scopes staff:finance, staff:platform, payments:write.'],
  [['--scope', 'stats:read'], '--company is missing; '],
  [
    ['--company', '7', '--scope', 'stats:read stats:write'],
    '--scope names "stats:write"; give some of these, separated by spaces: stats:read, billing:read, ',
  ],
  [['--company', '7', '--scope', ' '], '--scope names no scope; give some of these'],
  [['--company', '0'], '--company "0" is not a company number; '],
  [['--company', '7', '--expires', '2y'], '--expires "2y" is not a duration; '],
])('%j is refused with the remedy', async (argv, sentence) => {
  const { status, stdout, stderr } = await token(argv);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`token: ${sentence}`);
  expect(stderr).toMatch(/\nAll options: npm run token -- --help\n$/);
});

test('without a key it says how to get one, and makes none', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'statistics-no-key-'));
  const expected = `token: there is no signing key to read in ${empty}; start the service once (npm start), or set DATA_DIR to its data directory.\n`;
  expect(await token(['--company', '7'], { DATA_DIR: empty })).toEqual({ status: 1, stdout: '', stderr: expected });
  expect(await readdir(empty)).toEqual([]);
  await rm(empty, { recursive: true });
});

test('where an issuer makes the tokens it makes none', async () => {
  const issuer = { AUTH_JWKS_URL: 'https://issuer.example/keys', AUTH_ISSUER: 'issuer', AUTH_AUDIENCE: 'statistics' };
  const { status, stdout, stderr } = await token(['--company', '7'], { DATA_DIR: dataDir, ...issuer });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('tokens come from the issuer of AUTH_JWKS_URL');
});

test('as a process it prints the token alone on standard output', async () => {
  const { status, stdout, stderr } = await spawnCommand('token', ['--company', '7'], { DATA_DIR: dataDir });
  expect([status, stderr]).toEqual([0, '']);
  const verify = localTokenVerifier(await ensureSigningKey(dataDir), { now: Date.now });
  const identity = { subject: 'npm run token', companyId: '7', scopes: DEFAULT_SCOPES };
  expect(await verify(stdout.trimEnd())).toEqual(identity);
});
