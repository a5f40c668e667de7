import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { ensureSigningKey, localTokenVerifier } from '#platform/identity';
import { startTestService, TEST_NOW, type TestService } from '../../tests/support/test-service.ts';
import { testTerminal } from '../command-line/terminal.test-support.ts';
import { runImport } from './import-command.ts';
import { startIngestServer } from './ingest-server.test-support.ts';

let service: TestService;
let directory: string;
let environment: Record<string, string>;
/** Company and address. */
let target: string[];

beforeAll(async () => {
  service = await startTestService();
  directory = await mkdtemp(join(tmpdir(), 'statistics-import-'));
  const { id } = await service.company();
  environment = { STATISTICS_TOKEN: await service.token({ companyId: id, scopes: ['ingest:write'] }) };
  target = ['--company', id, '--url', service.url];
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true });
});

async function runIt(argv: string[], stdin = '', variables = environment) {
  const input = PassThrough.from([Buffer.from(stdin)]);
  const test = testTerminal({ environment: variables, directory, stdin: input, now: TEST_NOW });
  const status = await runImport(argv, test.terminal);
  return { status, stdout: test.stdout(), stderr: test.stderr() };
}

test.each([
  [['messages', 'none.csv'], 'there is no file .*none.csv; correct the path'],
  [['messages', '.'], 'is a directory; name a file'],
  [['mesages', '-'], 'there are no events of kind "mesages"; the kinds are: messages, .*'],
  [['messages', '-', '--format', 'xml'], '--format "xml" is not known; give ndjson, csv or asterisk-cdr'],
  [['messages', '-', '--format', 'asterisk-cdr'], '--format asterisk-cdr holds calls, not messages; give ndjson, .*'],
  [['messages', '-', '--time-zone', 'UTC'], '--time-zone is for formats with local times, .*; leave it out'],
  [['messages', '-', '--format', 'csv'], "the file is empty; begin it with a header of the kind's field names"],
])('%j is refused with the remedy', async (argv, sentence) => {
  const { status, stdout, stderr } = await runIt([...argv, ...target]);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(new RegExp(`^import: .*${sentence}\\.`));
});

test('a file that is no NDJSON is told from its first line, and a company that is not registered from the service', async () => {
  const { stderr } = await runIt(['messages', '-', ...target], '\nid,channel\na,SMS\n');
  expect(stderr).toMatch(/^import: line 2 of the file is not a JSON object, so nothing was sent; .* --format\.\n$/);
  const token = await service.token({ companyId: '999' });
  const unknown = ['messages', '-', '--company', '999', '--url', service.url];
  const refused = await runIt(unknown, '', { STATISTICS_TOKEN: token });
  expect(refused.stderr).toMatch(
    /^import: company 999 is not registered; register it with: npm run company -- --id 999 /,
  );
});

test('a token of another company is refused before anything is sent', async () => {
  const id = target[1];
  const { stderr } = await runIt(['messages', '-', '--company', '5', '--url', service.url]);
  expect(stderr).toBe(
    `import: STATISTICS_TOKEN is a token of company ${id}, not of 5; give --company ${id}, or another token.\n`,
  );
});

test('without a token each request has one of the company, signed with the key in DATA_DIR', async () => {
  const key = await ensureSigningKey(directory);
  const server = await startIngestServer();
  const argv = ['messages', '-', '--company', '7', '--url', server.url];
  const { status } = await runIt(argv, '{"id":"a"}', { DATA_DIR: directory });
  await server.stop();
  expect(status).toBe(0);
  const verify = localTokenVerifier(key, { now: () => TEST_NOW });
  const tokens = server.requests.map(({ authorization = '' }) => authorization.replace('Bearer ', ''));
  const identity = { subject: 'npm run import', companyId: '7', scopes: ['ingest:write'] };
  expect(await Promise.all(tokens.map(verify))).toEqual([identity, identity]);
});
