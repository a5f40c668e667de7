import { CREATE_INVOICE, DETAILS, pay, UPDATE_DETAILS } from '../subgraphs/billing/billing.test-support.ts';
import { REGISTER_WEBHOOK } from '../subgraphs/billing/webhooks/webhooks.test-support.ts';
import { order } from '../subgraphs/reports/reports/report.test-support.ts';
import { startTestService, type TestCompany, type TestService } from '../tests/support/test-service.ts';

// One company has made and sent one of everything. Another one names its ids wherever an id can be named.
let service: TestService;
let owner: TestCompany;
let stranger: TestCompany;
let ids: Record<string, string>;
beforeAll(async () => {
  service = await startTestService();
  owner = await service.company();
  const plain = await service.company();
  const scopes = [
    'stats:read',
    'billing:read',
    'billing:write',
    'reports:read',
    'reports:write',
    'webhooks:write',
  ] as const;
  const token = await service.token({ companyId: plain.id, scopes });
  stranger = { ...plain, graph: (query, variables) => service.graph(token, query, variables) };
  await owner.graph(UPDATE_DETAILS, { input: DETAILS });
  const invoice = await owner.graph(CREATE_INVOICE, { input: { amount: '100', idempotencyKey: 'i' } });
  const webhook = await owner.graph(REGISTER_WEBHOOK, { input: { url: 'https://localhost/x', idempotencyKey: 'w' } });
  const schedule = await owner.graph(
    `mutation { scheduleReport(input: { idempotencyKey: "s", service: SMS, type: SUMMARY, frequency: DAILY }) { schedule { id } } }`,
  );
  const at = '2026-03-15T08:00:00Z';
  await owner.ingest('dialogues', [
    { id: 'theirs', chatId: 'chat-x', messenger: 'WEB', startedAt: at, botId: 'bot-x', groupId: 'group-x' },
  ]);
  await owner.ingest('calls', [
    {
      id: 'x',
      direction: 'INBOUND',
      status: 'BUSY',
      startedAt: at,
      statusAt: at,
      trunkId: 'trunk-x',
      operatorId: 'operator-x',
    },
  ]);
  ids = {
    company: owner.id,
    invoice: invoice.data.createInvoice.invoice.id,
    number: invoice.data.createInvoice.invoice.number,
    webhook: webhook.data.registerWebhook.webhook.id,
    schedule: schedule.data.scheduleReport.schedule.id,
    report: await order(owner),
    chat: 'chat-x',
    bot: 'bot-x',
    group: 'group-x',
    trunk: 'trunk-x',
    operator: 'operator-x',
  };
});
afterAll(() => service.stop());

/** What is asked with an id in the place of $id; `number` and `company` are no UUIDs. */
const QUESTIONS: [kind: string, query: string][] = [
  ['company', '{ company(id: "$id") { id } }'],
  ['company', '{ invoices(companyId: "$id") { totalCount } }'],
  ['company', '{ invoice(companyId: "$id", number: "T-2026-000001") { id } }'],
  ['company', '{ accountTransactions(companyId: "$id") { totalCount } }'],
  ['invoice', '{ invoice(id: "$id") { id } }'],
  ['number', '{ invoice(number: "$id") { id } }'],
  ['webhook', '{ webhookDeliveries(webhookId: "$id") { totalCount } }'],
  ['webhook', 'mutation { deleteWebhook(id: "$id") { deletedId userErrors { code message } } }'],
  ['webhook', 'mutation { replayWebhook(id: "$id") { webhook { id } userErrors { code message } } }'],
  ['report', '{ report(id: "$id") { id } }'],
  ['report', 'mutation { regenerateReport(id: "$id") { report { id } userErrors { code message } } }'],
  ['report', 'mutation { deleteReport(id: "$id") { deletedId userErrors { code message } } }'],
  ['schedule', 'mutation { unscheduleReport(id: "$id") { unscheduledId userErrors { code message } } }'],
  ['chat', '{ chatStats(period: { preset: TODAY }, filter: { chatIds: ["$id"] }) { currency } }'],
  ['bot', '{ chatStats(period: { preset: TODAY }, filter: { botIds: ["$id"] }) { currency } }'],
  ['group', '{ chatStats(period: { preset: TODAY }, filter: { groupIds: ["$id"] }) { currency } }'],
  ['operator', '{ dialogues(period: { preset: TODAY }, filter: { operatorIds: ["$id"] }) { totalCount } }'],
  ['group', '{ operators(groupIds: ["$id"]) { totalCount } }'],
  ['trunk', '{ telephonyStats(period: { preset: TODAY }, filter: { trunkIds: ["$id"] }) { currency } }'],
  ['bot', '{ calls(period: { preset: TODAY }, filter: { botIds: ["$id"] }) { totalCount } }'],
  ['operator', '{ telephonyStats(period: { preset: TODAY }, filter: { operatorIds: ["$id"] }) { currency } }'],
];

/** An id of the same form that nobody has. */
const NOBODYS: Record<string, string> = { company: '987654321', number: 'T-2026-999999' };

test.each(QUESTIONS)('[GEN-09] whose %s it is makes no difference to somebody else: %s', async (kind, query) => {
  const foreign = ids[kind] ?? '';
  const nobodys = NOBODYS[kind] ?? (foreign.includes('-x') ? 'nobody-x' : '00000000-0000-4000-8000-000000000000');
  const ask = async (id: string) => {
    const { data, errors } = await stranger.graph(query.replaceAll('$id', id));
    return JSON.parse(JSON.stringify({ data, errors }).replaceAll(id, 'ID'));
  };
  const answer = await ask(foreign);
  expect(answer).toEqual(await ask(nobodys));
  const [payload] = Object.values<{ userErrors?: object[] } | null>(answer.data);
  expect([payload === null, payload?.userErrors?.length]).not.toEqual([false, 0]);
});

test('[GEN-09] after all these attempts the owner has everything that it had', async () => {
  const { data } = await owner.graph(`{
    invoices { totalCount } webhooks { id } reportSchedules { id origin } reports { nodes { id attempt } }
  }`);
  expect(data.invoices).toEqual({ totalCount: 1 });
  expect(data.webhooks).toEqual([{ id: ids['webhook'] }]);
  expect(data.reportSchedules.filter(({ origin }: { origin: string }) => origin === 'USER')).toEqual([
    { id: ids['schedule'], origin: 'USER' },
  ]);
  expect(data.reports.nodes).toEqual([{ id: ids['report'], attempt: 1 }]);
});

test('[GEN-09] [TOP-06] a payment cannot name the invoice of another company', async () => {
  const input = { invoiceNumber: ids['number'], amount: '1', idempotencyKey: 'p' };
  const paid = await pay(service, stranger.id, input);
  const unknown = await pay(service, stranger.id, { ...input, invoiceNumber: 'T-2026-999999', idempotencyKey: 'q' });
  const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);
  expect([paid.transaction, codes(paid)]).toEqual([null, ['INVOICE_NOT_FOUND']]);
  expect(codes(unknown)).toEqual(codes(paid));
});
