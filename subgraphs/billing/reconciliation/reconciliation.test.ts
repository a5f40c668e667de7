import { pino } from 'pino';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, change, openCompany, tokenOf } from '../billing.test-support.ts';
import { closeMonth, sms } from '../months/months.test-support.ts';

const logged: Record<string, unknown>[] = [];
let service: TestService;
beforeAll(async () => {
  const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  service = await startTestService({ DATABASE_POOL_SIZE: '4' }, log);
});
afterAll(() => service.stop());

const USAGE = 'service unit quantity amount { amount currency } unpriced';
const QUERY = `query($companyId: ID, $number: String) { invoice(companyId: $companyId, number: $number) {
  amount { amount } reconciliation { service billed { ${USAGE} } present { ${USAGE} } difference { amount } }
} }`;
const at = '2026-02-10T09:00:00Z';

/** A company whose February was billed: two SMS and a push. */
async function billedCompany(): Promise<{ company: BillingCompany; number: string }> {
  const company = await openCompany(service);
  await company.ingest('messages', [
    sms('a', at, '0.333'),
    sms('b', at, null),
    { ...sms('p', at, '0.01'), channel: 'PUSH', smsParts: null },
  ]);
  await closeMonth(service, { month: '2026-02-01', companyId: company.id });
  await service.runJobs();
  const { data } = await company.ask('{ invoices { nodes { number } } }');
  return { company, number: data.invoices.nodes[0].number };
}

/** Prices that come late, late messages, one that is taken back, and a service that nobody had used. */
async function sendLate(company: BillingCompany): Promise<void> {
  await company.ingest('messages', [
    { ...sms('b', at, '0.2'), priceAt: '2026-03-14T09:00:00Z' },
    sms('late', '2026-02-28T20:59:59Z', '1', 3),
    sms('march', '2026-02-28T21:00:00Z', '50'),
    { id: 'p', deleted: true },
    { ...sms('v', at, '2'), channel: 'VIBER', smsParts: null },
  ]);
}

const usage = (service: string, unit: string, quantity: string, amount: string, unpriced = 0) => {
  return { service, unit, quantity, amount: { amount, currency: 'EUR' }, unpriced };
};
const line = (billed: ReturnType<typeof usage>, present: ReturnType<typeof usage>, amount: string) => {
  return { service: billed.service, billed, present, difference: { amount } };
};

test('[INV-09] an invoice shows the usage that it was made of beside the present one, and late usage is not billed', async () => {
  const { company, number } = await billedCompany();
  const read = async () => {
    const { data, errors } = await company.ask(QUERY, { number });
    expect(errors).toBeUndefined();
    return data.invoice;
  };
  const billed = { sms: usage('SMS', 'part', '2', '0.333', 1), push: usage('PUSH', 'message', '1', '0.01') };
  expect(await read()).toEqual({
    amount: { amount: '0.41' },
    reconciliation: [line(billed.sms, billed.sms, '0.00'), line(billed.push, billed.push, '0.00')],
  });
  await sendLate(company);
  const late = {
    amount: { amount: '0.41' },
    reconciliation: [
      line(billed.sms, usage('SMS', 'part', '5', '1.533'), '1.20'),
      line(billed.push, usage('PUSH', 'message', '0', '0.00'), '-0.01'),
      line(usage('VIBER', 'message', '0', '0.00'), usage('VIBER', 'message', '1', '2.00'), '2.00'),
    ],
  };
  expect(await read()).toEqual(late);
  await service.runJobs();
  expect(await read()).toEqual(late);
  const staff = await service.graph(await tokenOf(service, 'staff:finance'), QUERY, { companyId: company.id, number });
  expect(staff.data.invoice).toEqual(late);
});

/** An answered call of so many seconds. */
const call = (id: string, seconds: number, price: string | null) => {
  const endedAt = new Date(Date.parse(at) + seconds * 1000).toISOString();
  const times = { startedAt: at, answeredAt: at, endedAt, statusAt: endedAt };
  return { id, direction: 'INBOUND', status: 'ANSWERED', ...times, price };
};

test('[INV-09] chats and calls of which something comes late are compared like messages', async () => {
  const company = await openCompany(service);
  const message = { dialogueId: 'd', author: 'CLIENT', sentAt: at };
  await company.ingest('dialogues', [{ id: 'd', chatId: 'c', messenger: 'WEB', startedAt: at }]);
  await company.ingest('chat-messages', [
    { ...message, id: 'm', price: '0.011' },
    { ...message, id: 'n', price: '0.02' },
  ]);
  await company.ingest('calls', [call('x', 100, '1.005'), call('y', 60, null)]);
  await closeMonth(service, { month: '2026-02-01', companyId: company.id });
  await service.runJobs();
  const [{ number }] = (await company.ask('{ invoices { nodes { number } } }')).data.invoices.nodes;

  await company.ingest('chat-messages', [{ id: 'n', deleted: true }]);
  await company.ingest('calls', [
    { ...call('y', 60, '0.5'), priceAt: '2026-03-14T09:00:00Z' },
    call('late', 30, '0.1'),
  ]);
  const { data } = await company.ask(QUERY, { number });
  expect(data.invoice.reconciliation).toEqual([
    line(usage('CHATS', 'message', '2', '0.031'), usage('CHATS', 'message', '1', '0.011'), '-0.02'),
    line(usage('CALLS', 'minute', '2.67', '1.005', 1), usage('CALLS', 'minute', '3.17', '1.605'), '0.60'),
  ]);
});

test('[INV-09] closing a month logs how the month before has changed since it was billed', async () => {
  const { company, number } = await billedCompany();
  const unchanged = await billedCompany();
  await sendLate(company);
  service.clock.set(Date.parse('2026-04-01T12:00:00Z'));
  await service.runJobs();
  service.clock.set(Date.parse('2026-03-15T12:00:00Z'));
  const told = logged.filter(({ msg }) => msg === 'usage has changed since it was billed');
  expect(told.filter(({ companyId }) => companyId === unchanged.company.id)).toEqual([]);
  expect(told.filter(({ companyId }) => companyId === company.id)).toMatchObject([
    {
      month: '2026-02-01',
      invoice: number,
      differences: [
        { service: 'SMS', billed: '2', present: '5', difference: '1.2' },
        { service: 'PUSH', billed: '1', present: '0', difference: '-0.01' },
        { service: 'VIBER', billed: '0', present: '1', difference: '2' },
      ],
    },
  ]);
});

test('[TOP-02] a top-up has nothing to compare', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('10', 'k');
  expect((await company.ask(QUERY, { number: invoice.number })).data.invoice.reconciliation).toBeNull();
});

test('many requests at once leave the graph its connections: each is answered, or told to ask again', async () => {
  const { company, number } = await billedCompany();
  const answers = await Promise.all(Array.from({ length: 12 }, () => company.ask(QUERY, { number })));
  const codes = new Set(answers.map(({ errors }) => errors?.[0]?.extensions.code));
  for (const code of codes) expect([undefined, 'OVERLOADED']).toContain(code);
  expect(codes).toContain(undefined);
  expect((await company.ask(QUERY, { number })).errors).toBeUndefined();
});

test('one request compares 24 months at most', async () => {
  const { company, number } = await billedCompany();
  // Further months, each of another millisecond.
  await change(
    service,
    `INSERT INTO billing.invoices (company_id, id, kind, number, status, created_at, updated_at, covers_from, covers_to,
      period_start, period_end, amount_micros, snapshot)
    SELECT company_id, 'copy ' || n, kind, 'copy ' || n, status, created_at, updated_at, covers_from, covers_to,
      period_start + n, period_end, amount_micros, jsonb_set(snapshot, '{period,from}', to_jsonb((snapshot->'period'->>'from')::bigint + n))
    FROM billing.invoices, generate_series(1, 24) AS n WHERE number = '${number}'`,
  );
  const ask = (first: number) => company.ask(`{ invoices(first: ${first}) { nodes { reconciliation { service } } } }`);
  expect((await ask(24)).errors).toBeUndefined();
  expect((await ask(25)).errors?.[0]).toMatchObject({
    message: 'reconciliation of 25 invoices is more than the 24 of one request; ask for fewer at once.',
    extensions: { code: 'LIMIT_EXCEEDED' },
  });
});
