import { Client } from 'pg';
import { TEST_ROLE_SECRET } from '../tests/support/test-database.ts';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../tests/support/test-service.ts';
import { runRollups } from './command-line/rollups-command.ts';
import { spawnCommand, testTerminal } from './command-line/terminal.test-support.ts';

let service: TestService;
let owner: Client;
beforeAll(async () => {
  service = await startTestService({ ROLLUP_MIN_ROWS: '2' });
  owner = new Client({ connectionString: service.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await service.stop();
});

const environment = () => ({ DATABASE_URL: service.ownerUrl, DATABASE_ROLE_SECRET: TEST_ROLE_SECRET });

async function rollups(...argv: string[]) {
  const test = testTerminal({ environment: environment(), now: TEST_NOW });
  const status = await runRollups(argv, test.terminal);
  return { status, stdout: ofMessages(test.stdout()), stderr: test.stderr() };
}

/** The lines about messages: the companies here have nothing else. */
function ofMessages(stdout: string): string {
  return stdout
    .split('\n')
    .filter((line) => line === '' || line.startsWith('messaging-stats'))
    .join('\n');
}

/** A company with two messages, in levels. */
async function company(): Promise<TestCompany> {
  const made = await service.company({ timeZone: 'UTC' });
  const line = {
    channel: 'SMS',
    status: 'DELIVERED',
    createdAt: '2026-03-10T09:00:00Z',
    statusAt: '2026-03-10T09:00:00Z',
  };
  await made.ingest('messages', [
    { id: 'a', ...line },
    { id: 'b', ...line, price: '0.5' },
  ]);
  await service.runRollups();
  return made;
}

const about = (id: string, text: string) => `messaging-stats, company ${id}, messages: ${text}\n`;

test('as a process it compares all companies, and ends with 0 where everything agrees', async () => {
  const large = await company();
  const small = await service.company();
  const { status, stdout, stderr } = await spawnCommand('rollups', ['verify'], environment());
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain(about(large.id, '2 rows, and their sums agree'));
  expect(stdout).toContain(about(small.id, '0 rows, without sums by time'));
});

test('what differs is printed with its sums, the status is 1, and rebuild mends it', async () => {
  const { id } = await company();
  const damage = (statement: string) => owner.query(statement, [id]);
  await damage(`UPDATE messaging_stats.messages_hour SET total = total + 3, price = price - 7
    WHERE company_id = $1 AND cuboid = 1 AND axis = 2`);
  await damage('DELETE FROM messaging_stats.messages_day WHERE company_id = $1 AND cuboid = 2 AND axis = 1');
  await damage("UPDATE messaging_stats.messages SET notification_id = 'n' WHERE company_id = $1");
  await damage('UPDATE messaging_stats.rollup_state SET row_count = 5 WHERE company_id = $1');
  expect(await rollups('verify', '--company', id)).toEqual({
    status: 1,
    stderr: '',
    stdout: [
      'DIFFERS: day 2026-03-10T00:00:00.000Z by CREATED_AT, CHANNEL="SMS" STATUS="DELIVERED" ERROR_CODE="": ' +
        'total -2, alone -2, sent -2, delivered -2, smsParts -2, price -500000, unpriced -1',
      'DIFFERS: hour 2026-03-10T09:00:00.000Z by SENT_AT, CHANNEL="SMS" STATUS="DELIVERED": total +3, price -7',
      'DIFFERS: 1 values of notifications are in several rows, of which not all are marked',
      'DIFFERS: 2 rows, of which 5 are counted',
    ]
      .map((text) => about(id, text))
      .join(''),
  });
  await damage('UPDATE messaging_stats.messages SET notification_id = NULL WHERE company_id = $1');
  const done = { status: 0, stderr: '', stdout: `messaging-stats, company ${id}: done\n` };
  expect(await rollups('rebuild', '--company', id)).toEqual(done);
  const agrees = { status: 0, stderr: '', stdout: about(id, '2 rows, and their sums agree') };
  expect(await rollups('verify', '--company', id)).toEqual(agrees);
});

test.each([
  [['check'], '"check" is no action; give verify or rebuild.'],
  [[], 'ACTION is missing; verify or rebuild.'],
  [['verify', '--company', 'x'], '--company "x" is not a company number; give a whole number from 1 to 2^63-1.'],
  [['verify', '--company', '424242'], 'company 424242 is not registered; give the number of one that is.'],
])('%j is refused in one sentence', async (argv, sentence) => {
  const { status, stdout, stderr } = await rollups(...argv);
  expect({ status, stdout, first: stderr.split('\n')[0] }).toEqual({
    status: 1,
    stdout: '',
    first: `rollups: ${sentence}`,
  });
});

test('without a service on DATA_DIR and without an address it says what to set', async () => {
  const { terminal, stderr } = testTerminal({ environment: { DATABASE_ROLE_SECRET: TEST_ROLE_SECRET } });
  expect(await runRollups(['verify'], terminal)).toBe(1);
  expect(stderr()).toMatch(/^rollups: no PostgreSQL runs on .*; start the service, or set DATABASE_URL\.\n$/);
});
