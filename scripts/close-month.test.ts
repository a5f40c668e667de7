import { openCompany } from '../subgraphs/billing/billing.test-support.ts';
import { sms } from '../subgraphs/billing/months/months.test-support.ts';
import { startTestService, TEST_NOW, type TestService } from '../tests/support/test-service.ts';
import { runCloseMonth } from './command-line/close-month-command.ts';
import { spawnCommand, testTerminal } from './command-line/terminal.test-support.ts';

let service: TestService;
let staff: string;
beforeAll(async () => {
  service = await startTestService();
  staff = await service.token({ companyId: undefined, scopes: ['staff:finance'] });
});
afterAll(() => service.stop());

/** Runs the command; where it waits, the jobs do their work. */
async function closeMonth(argv: string[], token = staff) {
  const test = testTerminal({ environment: { STATISTICS_TOKEN: token }, now: TEST_NOW });
  const wait = async () => void (await service.runJobs());
  const status = await runCloseMonth([...argv, '--url', service.url], { ...test.terminal, wait });
  return { status, stdout: test.stdout(), stderr: test.stderr() };
}

const printed = (counts: number[], companies: string[] = []) => {
  const labels = ['closed now', 'invoiced before', 'not over yet', 'INVOICED', 'NO_USAGE', 'BLOCKED_DETAILS', 'FAILED'];
  const rows = labels.map((label, index) => `${label.padEnd(16)} ${counts[index]}\n`);
  return [...rows, ...companies.map((company) => `company ${company}\n`)].join('');
};

test('[INV-02] a month is closed by hand, of one company and of all, and what is open is told', async () => {
  const [billed, unused] = [await openCompany(service), await openCompany(service)];
  const blocked = await openCompany(service, { details: false });
  for (const company of [billed, blocked]) await company.ingest('messages', [sms('a', '2026-02-10T09:00:00Z')]);
  const one = await closeMonth(['--month', '2026-02', '--company', billed.id]);
  expect(one).toEqual({
    status: 0,
    stdout: printed([1, 0, 0, 1, 0, 0, 0]),
    stderr: 'Closing 2026-02: 0 % (0 of 1 companies)\nClosing 2026-02: 100 % (1 of 1 companies)\n',
  });
  const missing = 'legalName, taxId, country, city, street, postalCode, bankName, bankAccount';
  const all = await closeMonth(['--month', '2026-02']);
  expect(all).toMatchObject({
    status: 1,
    stdout: printed([2, 1, 0, 1, 1, 1, 0], [`${blocked.id} waits for ${missing}`]),
  });
  const march = await closeMonth(['--month', '2026-03']);
  expect(march).toMatchObject({ status: 0, stdout: printed([0, 0, 3, 0, 0, 0, 0]) });
  const { data } = await unused.ask('{ invoices { totalCount } }');
  expect(data.invoices.totalCount).toBe(0);
});

test('what cannot be done is told in one sentence', async () => {
  const { id } = await openCompany(service);
  expect(await closeMonth(['--month', '2026-03', '--company', id])).toEqual({
    status: 1,
    stdout: '',
    stderr: `close-month: month: 2026-03 is not over for company ${id} in Europe/Moscow; close it when it is.\n`,
  });
  expect((await closeMonth(['--month', '2026-13'])).stderr).toContain(
    '--month "2026-13" is not a month; give one such as 2026-10.',
  );
  const company = await service.token({ companyId: id, scopes: ['billing:read'] });
  expect((await closeMonth(['--month', '2026-02'], company)).stderr).toBe(
    'close-month: this needs a token with the scope staff:finance. Set STATISTICS_TOKEN to a token with the scope staff:finance that holds, or unset it.\n',
  );
});

test('as a process it says what it is for', async () => {
  const { status, stdout } = await spawnCommand('close-month', ['--help'], {});
  expect([status, stdout.includes('npm run close-month -- --month 2026-10')]).toEqual([0, true]);
});
