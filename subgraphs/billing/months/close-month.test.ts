import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { change, DETAILS, openCompany, tokenOf, UPDATE_DETAILS } from '../billing.test-support.ts';
import { closeMonth, closeOf, monthCloses, monthlyOf, sms } from './months.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const START = Date.UTC(2026, 2, 15, 12);
beforeEach(() => service.clock.set(START));

const at = (moment: string) => service.clock.set(Date.parse(moment));
const MARCH = '2026-03-01';

test('[INV-02] [INV-03] [INV-05] [INV-06] [INV-07] [INV-09] a month is billed by itself, with a line for each service that was used, and charged', async () => {
  const company = await openCompany(service);
  await company.ingest('messages', [
    sms('a', '2026-02-28T21:00:00Z', '0.3333', 2),
    // Of February and of April.
    sms('c', '2026-02-28T20:59:59.999Z', '7'),
    { ...sms('e', '2026-03-10T09:00:00Z', '0.0049'), channel: 'EMAIL', smsParts: null },
  ]);
  at('2026-03-31T23:00:00Z');
  await company.ingest('messages', [sms('b', '2026-03-31T20:59:59.999Z', null), sms('d', '2026-03-31T21:00:00Z', '7')]);
  await company.ingest('dialogues', [{ id: 'd', chatId: 'c', messenger: 'WEB', startedAt: '2026-03-10T09:00:00Z' }]);
  await company.ingest('chat-messages', [
    { id: 'm', dialogueId: 'd', author: 'CLIENT', sentAt: '2026-03-10T09:00:00Z', price: '0.011' },
    { id: 'n', dialogueId: 'd', author: 'BOT', sentAt: '2026-03-10T09:00:01Z', price: '0.011' },
  ]);
  const call = { id: 'x', direction: 'INBOUND', status: 'ANSWERED', startedAt: '2026-03-10T09:00:00Z', price: '1.005' };
  const answered = {
    statusAt: '2026-03-10T09:01:41Z',
    answeredAt: '2026-03-10T09:00:01Z',
    endedAt: '2026-03-10T09:01:41Z',
  };
  await company.ingest('calls', [{ ...call, ...answered }]);

  at('2026-04-01T02:59:59.999Z');
  await service.runJobs();
  expect(await closeOf(service, company, MARCH)).toBeUndefined();
  at('2026-04-01T03:00:00Z');
  await service.runJobs();
  const [invoice, ...others] = await monthlyOf(company, MARCH);
  expect(others).toEqual([]);
  const line = (service: string, description: string, unit: string, quantity: string, rest: string[]) => {
    const [unitPrice, amount, tax] = rest;
    return {
      service,
      description,
      unit,
      quantity,
      unitPrice,
      amount: { amount },
      taxRate: '0.2',
      tax: { amount: tax },
    };
  };
  expect(invoice).toEqual({
    id: expect.any(String),
    number: expect.stringMatching(/^M-2026-\d{6}$/),
    status: 'OPEN',
    fileName: `${invoice.number}_2026-04-01.pdf`,
    // Net of lines, tax on their sum 1.36 x 0.2 = 0.272; what rounding down leaves of it goes to the largest remainder.
    net: { amount: '1.36' },
    tax: { amount: '0.27' },
    rounding: { amount: '0.00' },
    amount: { amount: '1.63' },
    periodStart: '2026-03-01',
    periodEnd: '2026-03-31',
    createdAt: '2026-04-01T06:00:00.000+03:00',
    lines: [
      line('SMS', 'SMS messages', 'part', '3', ['0.11', '0.33', '0.07']),
      line('EMAIL', 'E-mail messages', 'message', '1', ['0', '0.00', '0.00']),
      line('CHATS', 'Chat messages', 'message', '2', ['0.01', '0.02', '0.00']),
      line('CALLS', 'Answered calls', 'minute', '1.67', ['0.60479', '1.01', '0.20']),
    ],
    transactions: [
      {
        type: 'CHARGE',
        date: '2026-04-01T06:00:00.000+03:00',
        refill: { amount: '-1.63' },
        base: `Charge of invoice ${invoice.number}: 1.63 EUR`,
        balanceAfter: { amount: '-1.63' },
        invoice: { number: invoice.number },
      },
    ],
  });
  expect(await closeOf(service, company, MARCH)).toEqual({
    company: { id: company.id, name: `Company ${company.id}` },
    month: MARCH,
    status: 'INVOICED',
    missingFields: [],
    invoice: { number: invoice.number },
  });
  const { data } = await company.ask('query($id: ID) { invoice(id: $id) { pdf { sha256 } ubl { sha256 } } }', {
    id: invoice.id,
  });
  expect(data.invoice).toEqual({ pdf: { sha256: expect.any(String) }, ubl: { sha256: expect.any(String) } });
});

test('[INV-02] each company’s month ends in its own zone, and a new zone moves it', async () => {
  const [newYork, moved] = [
    await openCompany(service, { timeZone: 'America/New_York' }),
    await openCompany(service, { timeZone: 'America/New_York' }),
  ];
  const staff = await tokenOf(service, 'staff:platform');
  const input = { id: moved.id, name: 'Moved', timeZone: 'Asia/Kathmandu', currency: 'EUR' };
  const register = 'mutation($input: RegisterCompanyInput!) { registerCompany(input: $input) { company { id } } }';
  await service.graph(staff, register, { input });
  const statuses = async () => {
    await service.runJobs();
    return Promise.all([newYork, moved].map(async (one) => (await closeOf(service, one, MARCH))?.status));
  };
  at('2026-04-01T00:14:59.999Z');
  expect(await statuses()).toEqual([undefined, undefined]);
  at('2026-04-01T00:15:00Z');
  expect(await statuses()).toEqual([undefined, 'NO_USAGE']);
  at('2026-04-01T09:59:59.999Z');
  expect(await statuses()).toEqual([undefined, 'NO_USAGE']);
  at('2026-04-01T10:00:00Z');
  expect(await statuses()).toEqual(['NO_USAGE', 'NO_USAGE']);
});

test('[INV-02] a company that used nothing gets no invoice, and nothing is charged', async () => {
  const company = await openCompany(service);
  at('2026-04-01T12:00:00Z');
  await service.runJobs();
  expect(await closeOf(service, company, MARCH)).toMatchObject({
    status: 'NO_USAGE',
    missingFields: [],
    invoice: null,
  });
  const { data } = await company.ask(
    '{ invoices { totalCount } accountTransactions(filter: { types: [CHARGE, ADJUSTMENT, DEPOSIT] }) { totalCount } }',
  );
  expect(data).toEqual({ invoices: { totalCount: 0 }, accountTransactions: { totalCount: 0 } });
});

test('[TOP-07] [TOP-08] [INV-03] where details are missing the month waits for them, without a number, and is closed when they are complete', async () => {
  const [complete, incomplete] = [await openCompany(service), await openCompany(service, { details: false })];
  await incomplete.ask(UPDATE_DETAILS, { input: { ...DETAILS, postalCode: null, bankName: null } });
  for (const company of [complete, incomplete]) await company.ingest('messages', [sms('a', '2026-03-10T09:00:00Z')]);
  at('2026-04-01T12:00:00Z');
  await service.runJobs();
  expect(await closeOf(service, incomplete, MARCH)).toMatchObject({
    status: 'BLOCKED_DETAILS',
    missingFields: ['postalCode', 'bankName'],
    invoice: null,
  });
  const [first] = await monthlyOf(complete, MARCH);
  await incomplete.ask(UPDATE_DETAILS, { input: { postalCode: '101000' } });
  await service.runJobs();
  expect((await closeOf(service, incomplete, MARCH)).status).toBe('BLOCKED_DETAILS');
  await incomplete.ask(UPDATE_DETAILS, { input: { bankName: 'Bank' } });
  expect((await closeOf(service, incomplete, MARCH)).status).toBe('CLOSING');
  await service.runJobs();
  const [second] = await monthlyOf(incomplete, MARCH);
  expect(Number(second.number.slice(-6))).toBe(Number(first.number.slice(-6)) + 1);
  expect(await closeOf(service, incomplete, MARCH)).toMatchObject({
    status: 'INVOICED',
    missingFields: [],
    invoice: { number: second.number },
  });
});

test('[INV-02] a month that is begun again and again, by several workers, by hand and after a kill, has one invoice and one charge', async () => {
  const company = await openCompany(service);
  await company.ingest('messages', [sms('a', '2026-03-10T09:00:00Z', '1')]);
  at('2026-04-01T12:00:00Z');
  const byHand = { month: '2026-03-31', companyId: company.id };
  await Promise.all([1, 2, 3].map(() => closeMonth(service, byHand)));
  await Promise.all([service.runJobs(), service.runJobs(), service.runJobs()]);
  // Jobs as a worker leaves them that was killed after its commit, and before it said so.
  await change(
    service,
    `UPDATE billing_jobs.job SET state = 'active', completed_on = NULL, started_on = now() - interval '2 minutes',
      heartbeat_on = now() - interval '2 minutes' WHERE name = 'close-month';
    UPDATE billing_jobs.queue SET monitor_claim_on = NULL, monitor_on = NULL`,
  );
  await service.recoverJobs();
  await service.runJobs();
  expect(await closeMonth(service, byHand)).toEqual({
    queued: 0,
    invoiced: 1,
    notOver: 0,
    afterCompanyId: null,
    userErrors: [],
  });
  const invoices = await monthlyOf(company, MARCH);
  expect(invoices).toHaveLength(1);
  expect(invoices[0].transactions).toMatchObject([{ type: 'CHARGE', refill: { amount: '-1.20' } }]);
});

test('[INV-02] a month that cannot be closed is shown as failed, spends no number, and is closed by hand', async () => {
  const company = await openCompany(service);
  await company.ingest('messages', [sms('a', '2026-03-10T09:00:00Z')]);
  at('2026-04-01T12:00:00Z');
  await change(service, 'ALTER TABLE messaging_stats.messages RENAME TO messages_away');
  await service.runJobs();
  await change(service, 'ALTER TABLE messaging_stats.messages_away RENAME TO messages');
  expect(await closeOf(service, company, MARCH)).toMatchObject({ status: 'FAILED', invoice: null });
  expect(await closeMonth(service, { month: MARCH, companyId: company.id })).toMatchObject({ queued: 1 });
  await service.runJobs();
  expect((await closeOf(service, company, MARCH)).status).toBe('INVOICED');
});

test('[INV-02] months that ended while no worker ran are closed afterwards, those before the registration are not', async () => {
  const company = await openCompany(service);
  const moments = ['2026-02-10T09:00:00Z', '2026-03-10T09:00:00Z'];
  await company.ingest(
    'messages',
    moments.map((moment, index) => sms(`m${index}`, moment)),
  );
  at('2026-05-01T12:00:00Z');
  await company.ingest('messages', [sms('april', '2026-04-10T09:00:00Z')]);
  await service.runJobs();
  const statuses = await Promise.all(
    ['2026-02-01', MARCH, '2026-04-01', '2026-05-01'].map(
      async (month) => (await closeOf(service, company, month))?.status,
    ),
  );
  expect(statuses).toEqual([undefined, 'INVOICED', 'INVOICED', undefined]);
  await closeMonth(service, { month: '2026-02-14', companyId: company.id });
  await service.runJobs();
  expect(await monthlyOf(company, '2026-02-01')).toMatchObject([
    { periodStart: '2026-02-01', periodEnd: '2026-02-28' },
  ]);
});

test('[TOP-08] finance staff sees a month over all companies, by status and in pages', async () => {
  const month = '2026-01-01';
  const companies = [
    await openCompany(service),
    await openCompany(service),
    await openCompany(service, { details: false }),
  ];
  for (const company of companies.slice(1)) await company.ingest('messages', [sms('a', '2026-01-10T09:00:00Z')]);
  for (const { id: companyId } of companies) await closeMonth(service, { month, companyId });
  await service.runJobs();
  const shown = async (variables: object) => {
    const { nodes, totalCount, pageInfo } = await monthCloses(service, { month, ...variables });
    return {
      nodes: nodes.map((node: { company: { id: string }; status: string }) => `${node.company.id} ${node.status}`),
      totalCount,
      ...pageInfo,
    };
  };
  const [nothing, invoiced, blocked] = companies.map(({ id }) => id);
  const all = [`${blocked} BLOCKED_DETAILS`, `${invoiced} INVOICED`, `${nothing} NO_USAGE`];
  expect(await shown({})).toMatchObject({ nodes: all, totalCount: 3, hasNextPage: false });
  expect(await shown({ statuses: ['INVOICED', 'FAILED'] })).toMatchObject({ nodes: all.slice(1, 2), totalCount: 1 });
  const page = await shown({ first: 2 });
  expect(page).toMatchObject({ nodes: all.slice(0, 2), totalCount: 3, hasNextPage: true });
  expect(await shown({ first: 2, after: page.endCursor })).toMatchObject({ nodes: all.slice(2), hasNextPage: false });
});

test('[INV-02] by hand a month is closed of all companies at once, where it is over', async () => {
  const companies = [await openCompany(service), await openCompany(service, { timeZone: 'Pacific/Honolulu' })];
  at('2026-04-01T06:00:00Z');
  const all = await closeMonth(service, { month: MARCH });
  expect(all).toMatchObject({ notOver: expect.any(Number), afterCompanyId: null, userErrors: [] });
  expect(all.notOver).toBeGreaterThanOrEqual(1);
  const statuses = await Promise.all(companies.map(async (one) => (await closeOf(service, one, MARCH))?.status));
  expect(statuses).toEqual(['CLOSING', undefined]);
  await service.runJobs();
});

test.each([
  [
    { month: '2026-03-31' },
    'month',
    'MONTH_NOT_OVER',
    /^month: 2026-03 is not over for company \d+ in Europe\/Moscow; close it when it is\.$/,
  ],
  [{ companyId: '99' }, 'companyId', 'COMPANY_NOT_FOUND', /there is no company "99"/],
  [{ companyId: null, afterCompanyId: 'x' }, 'afterCompanyId', 'INVALID_ID', /give the one of the answer before/],
])('[INV-02] closing %j by hand is refused by its place', async (input, field, code, message) => {
  const company = await openCompany(service);
  const answer = await closeMonth(service, { month: '2026-02-01', companyId: company.id, ...input });
  expect(answer).toEqual({
    queued: 0,
    invoiced: 0,
    notOver: 0,
    afterCompanyId: null,
    userErrors: [{ field: ['input', field], code, message: expect.stringMatching(message) }],
  });
});

test('[TOP-08] how months close is for finance staff alone', async () => {
  const company = await openCompany(service);
  for (const query of [
    '{ monthCloses(month: "2026-03-01") { totalCount } }',
    'mutation { closeMonth(input: { month: "2026-02-01" }) { queued } }',
  ]) {
    const { errors } = await company.ask(query);
    expect(errors?.[0]?.message).toBe('this needs a token with the scope staff:finance.');
  }
});
