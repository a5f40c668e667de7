import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { ensureSigningKey, localTokenVerifier } from '#platform/identity';
import { startTestService, TEST_NOW, type TestService } from '../tests/support/test-service.ts';
import { spawnCommand, testTerminal } from './command-line/test-terminal.ts';
import { runImport } from './import/import-command.ts';
import { startIngestServer } from './import/test-ingest-server.ts';

let service: TestService;
let directory: string;

beforeAll(async () => {
  service = await startTestService();
  directory = await mkdtemp(join(tmpdir(), 'statistics-import-'));
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true });
});

const line = (id: string, more: object = {}) =>
  JSON.stringify({
    id,
    channel: 'SMS',
    status: 'DELIVERED',
    createdAt: '2026-03-10T10:00:00Z',
    statusAt: '2026-03-10T10:00:05Z',
    ...more,
  });

const counts = (figures: Record<string, number>) =>
  ['received', 'inserted', 'updated', 'unchanged', 'waiting', 'rejected']
    .map((name) => `${name.padEnd(9)}  ${figures[name] ?? 0}\n`)
    .join('');

/** A company of its own, the environment of its imports, and what it holds. */
async function newCompany() {
  const company = await service.company();
  const token = await service.token({ companyId: company.id, scopes: ['ingest:write'] });
  const smsParts = async () => {
    const period = '{ range: { from: "2026-03-01T00:00:00Z", to: "2026-03-15T00:00:00Z" } }';
    const { data } = await company.graph(`{ messagingStats(period: ${period}) { counters { total smsParts } } }`);
    return data.messagingStats.counters as { total: number; smsParts: number };
  };
  const argv = ['--company', company.id, '--url', service.url];
  return { argv, environment: { STATISTICS_TOKEN: token }, id: company.id, smsParts };
}

interface Import {
  environment?: Record<string, string>;
  stdin?: string;
}

async function runIt(argv: string[], { environment, stdin }: Import = {}) {
  const test = testTerminal({ environment, directory, stdin: PassThrough.from([Buffer.from(stdin ?? '')]) });
  const status = await runImport(argv, test.terminal);
  return { status, stdout: test.stdout(), stderr: test.stderr() };
}

test('as a process it sends a CSV file, and the same file again changes nothing', async () => {
  const { argv, environment, smsParts } = await newCompany();
  const file = join(directory, 'march.csv');
  const rows = ['a,3,x', 'b,,"two\r\nlines"', 'c,4,'].map(
    (row) => `${row},SMS,DELIVERED,2026-03-10T10:00:00Z,2026-03-10T10:00:05Z`,
  );
  await writeFile(file, ['id,smsParts,text,channel,status,createdAt,statusAt', ...rows, ''].join('\r\n'));
  const first = await spawnCommand('import', ['messages', file, ...argv], environment);
  expect(first).toEqual({
    status: 0,
    stdout: counts({ received: 3, inserted: 3 }),
    stderr: 'Importing messages: 100 % (1 of 1 KB)\n',
  });
  expect(await smsParts()).toEqual({ total: 3, smsParts: 8 });
  const second = await runIt(['messages', 'march.csv', ...argv], { environment });
  expect([second.status, second.stdout]).toEqual([0, counts({ received: 3, unchanged: 3 })]);
});

test('rejected lines are named by their line in the CSV file, and make the exit status 1', async () => {
  const { argv, environment } = await newCompany();
  const rest = 'DELIVERED,2026-03-10T10:00:00Z,2026-03-10T10:00:05Z';
  const rows = [`a,SMS,"1\n2",${rest}`, `b,FAX,,${rest}`, '', `c,SMS,${rest}`, `,SMS,,${rest}`, `d,SMS,,${rest}`];
  await writeFile(join(directory, 'bad.csv'), ['id,channel,text,status,createdAt,statusAt', ...rows].join('\n'));
  const { status, stdout } = await runIt(['messages', 'bad.csv', ...argv], { environment });
  expect(status).toBe(1);
  expect(stdout).toBe(
    `${counts({ received: 5, inserted: 2, rejected: 3 })}${[
      'line 4: INVALID_FIELD: channel "FAX" is not known; send SMS, VIBER, EMAIL, WHATSAPP or PUSH.',
      'line 6: INVALID_CSV: The record has 5 cells, the header 6; put quotes around cells that hold the separator.',
      'line 7: MISSING_FIELD: id is missing; send a string of 1 to 64 characters.',
    ].join('\n')}\n`,
  );
});

test('rejected lines of NDJSON are those of the HTTP answer, in the words of the service', async () => {
  const { argv, environment } = await newCompany();
  const lines = [line('a'), '', '{"id":', line('b'), 'x'.repeat(70_000), line('c', { channel: 'FAX' })];
  await writeFile(join(directory, 'bad.ndjson'), lines.join('\n'));
  const { status, stdout } = await runIt(['messages', 'bad.ndjson', ...argv], { environment });
  expect(status).toBe(1);
  expect(stdout).toContain(counts({ received: 5, inserted: 2, rejected: 3 }));
  expect(stdout.match(/^line .*/gm)).toEqual([
    expect.stringMatching(/^line 3: INVALID_JSON: The line is not valid JSON/),
    expect.stringMatching(/^line 5: LINE_TOO_LONG: The line has more than 65,536 bytes; /),
    expect.stringMatching(/^line 6: INVALID_FIELD: channel "FAX" is not known; /),
  ]);
});

test('all or none keeps nothing where one line is at fault, be it the file’s or the service’s', async () => {
  const { argv, environment, smsParts } = await newCompany();
  const rest = 'SMS,DELIVERED,2026-03-10T10:00:00Z,2026-03-10T10:00:05Z';
  await writeFile(join(directory, 'all.csv'), `id,channel,status,createdAt,statusAt\na,${rest}\nb,${rest},surplus\n`);
  const refused = await runIt(['messages', 'all.csv', '--atomic', ...argv], { environment });
  expect([refused.status, refused.stdout]).toEqual([
    1,
    `${counts({ received: 2, rejected: 2 })}line 3: INVALID_CSV: The record has 6 cells, the header 5; put quotes around ` +
      'cells that hold the separator.\n1 more line was rejected.\nNothing was stored, as --atomic keeps all lines or none.\n',
  ]);
  expect((await smsParts()).total).toBe(0);
  await writeFile(join(directory, 'all.csv'), `id,channel,status,createdAt,statusAt\na,${rest}\nb,${rest}\n`);
  const taken = await runIt(['messages', 'all.csv', '--atomic', ...argv], { environment });
  expect([taken.status, taken.stdout]).toEqual([0, counts({ received: 2, inserted: 2 })]);
});

test('a gzip file is unpacked on the way, and a damaged one is told apart', async () => {
  const { argv, environment } = await newCompany();
  const packed = gzipSync(`${line('a')}\n${line('b')}\n`);
  await writeFile(join(directory, 'packed.ndjson.gz'), packed);
  const { status, stdout } = await runIt(['messages', 'packed.ndjson.gz', ...argv], { environment });
  expect([status, stdout]).toEqual([0, counts({ received: 2, inserted: 2 })]);
  await writeFile(join(directory, 'cut.ndjson.gz'), packed.subarray(0, -12));
  const cut = await runIt(['messages', 'cut.ndjson.gz', ...argv], { environment });
  expect(cut).toEqual({
    status: 1,
    stdout: '',
    stderr: `import: ${join(directory, 'cut.ndjson.gz')} is not a whole gzip file (Z_BUF_ERROR); pack it again, or name it without .gz.\n`,
  });
});

test('standard input is sent as the format says, and an empty one is nothing', async () => {
  const { argv, environment } = await newCompany();
  const stdin = `id,channel,status,createdAt,statusAt\na,SMS,DELIVERED,2026-03-10T10:00:00Z,2026-03-10T10:00:05Z\n`;
  const sent = await runIt(['messages', '-', '--format', 'csv', ...argv], { environment, stdin });
  expect(sent).toEqual({
    status: 0,
    stdout: counts({ received: 1, inserted: 1 }),
    stderr: 'Importing messages: 1 lines\n',
  });
  const empty = await runIt(['messages', '-', ...argv], { environment });
  expect(empty).toEqual({ status: 0, stdout: counts({}), stderr: '' });
});

test('a file that breaks off prints what was taken in before', async () => {
  const { argv, environment } = await newCompany();
  const rows = Array.from({ length: 50_000 }, (_, index) => `m${index},FAX`);
  await writeFile(join(directory, 'broken.csv'), `id,channel\n${rows.join('\n')}\n"a,SMS\n`);
  const { status, stdout, stderr } = await runIt(['messages', 'broken.csv', ...argv], { environment });
  expect(status).toBe(1);
  expect(stdout).toContain(counts({ received: 50_000, rejected: 50_000 }));
  expect(stdout).toMatch(/\n49900 more lines were rejected\.\nThe import was cut off after these lines; .*\n$/);
  expect(stderr).toMatch(
    /\nimport: the record that begins on line 50002 of the file has a quote that is never closed; /,
  );
});

test.each([
  [['messages', 'none.csv'], 'there is no file .*none.csv; correct the path'],
  [['messages', '.'], 'is a directory; name a file'],
  [['mesages', '-'], 'there are no events of kind "mesages"; the kinds are: messages, .*'],
  [['messages', '-', '--format', 'xml'], '--format "xml" is not known; give ndjson or csv'],
  [
    ['calls', '-', '--format', 'asterisk-cdr'],
    '--format asterisk-cdr holds calls, which this version of the service does not take yet; give ndjson or csv',
  ],
  [['messages', '-', '--format', 'csv'], "the file is empty; begin it with a header of the kind's field names"],
])('%j is refused with the remedy', async (argv, sentence) => {
  const company = await newCompany();
  const { status, stdout, stderr } = await runIt([...argv, ...company.argv], company);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(new RegExp(`^import: .*${sentence}\\.`));
});

test('a file that is no NDJSON is told from its first line, and a company that is not registered from the service', async () => {
  const { argv, environment } = await newCompany();
  const { stderr } = await runIt(['messages', '-', ...argv], { environment, stdin: '\nid,channel\na,SMS\n' });
  expect(stderr).toMatch(/^import: line 2 of the file is not a JSON object, so nothing was sent; .* --format\.\n$/);
  const token = await service.token({ companyId: '999' });
  const unknown = ['messages', '-', '--company', '999', '--url', service.url];
  const refused = await runIt(unknown, { environment: { STATISTICS_TOKEN: token } });
  expect(refused.stderr).toMatch(
    /^import: company 999 is not registered; register it with: npm run company -- --id 999 /,
  );
});

test('a token of another company is refused before anything is sent', async () => {
  const { environment, id } = await newCompany();
  const { stderr } = await runIt(['messages', '-', '--company', '5', '--url', service.url], { environment });
  expect(stderr).toBe(
    `import: STATISTICS_TOKEN is a token of company ${id}, not of 5; give --company ${id}, or another token.\n`,
  );
});

test('without a token each request has one of the company, signed with the key in DATA_DIR', async () => {
  const key = await ensureSigningKey(directory);
  const server = await startIngestServer();
  const argv = ['messages', '-', '--company', '7', '--url', server.url];
  const { status } = await runIt(argv, { environment: { DATA_DIR: directory }, stdin: line('a') });
  await server.stop();
  expect(status).toBe(0);
  const verify = localTokenVerifier(key, { now: () => TEST_NOW });
  const tokens = server.requests.map(({ authorization = '' }) => authorization.replace('Bearer ', ''));
  const identity = { subject: 'npm run import', companyId: '7', scopes: ['ingest:write'] };
  expect(await Promise.all(tokens.map(verify))).toEqual([identity, identity]);
});
