import { SCOPE_NAMES } from '#platform/identity';
import { SUBGRAPHS } from '../scripts/subgraphs.ts';
import { CREATE_INVOICE, DETAILS, pay, UPDATE_DETAILS } from '../subgraphs/billing/billing.test-support.ts';
import { REGISTER_WEBHOOK } from '../subgraphs/billing/webhooks/webhooks.test-support.ts';
import { order } from '../subgraphs/reports/reports/report.test-support.ts';
import { startTestService, type TestCompany, type TestService } from '../tests/support/test-service.ts';
import { type NamedIds, NO_IDS, rootQueries } from './whole-schema.test-support.ts';

// Every root field that there is, with everything below it, as the schema says. Two companies have events and a directory of the
// same ids; names, codes and texts tell whose they are.
let service: TestService;
let first: TestCompany;
let second: TestCompany;
let empty: TestCompany;
let alone: Map<string, string>;
/** Of every company that has sent something, what it has made. */
const made = new Map<string, NamedIds>();
beforeAll(async () => {
  service = await startTestService();
  [first, second, empty] = [await openCompany(), await openCompany(), await openCompany()];
  await sendEverything(second, 'beta', 2);
  alone = await answers(second);
  await sendEverything(first, 'alpha', 3);
});
afterAll(() => service.stop());

/** What the service takes in so far. Directory lines first: figures do not depend on it, but it is what happens. */
const TAKEN_KINDS = [...new Set(SUBGRAPHS.flatMap(({ ingest = [] }) => ingest.map(({ kind }) => kind)))].toSorted(
  (one, other) => Number(other === 'directory') - Number(one === 'directory'),
);

/** Answers of these do not depend on what a company has sent. */
const WITHOUT_DATA = ['company', 'smsEstimate'];

/** Staff asks these of any company, and companies do not; "[GEN-09] the list is for finance staff" and its like hold that. */
const OF_STAFF = ['monthCloses', 'staffActs'];

/** A company whose token has every scope but those of staff. */
async function openCompany(): Promise<TestCompany> {
  const company = await service.company();
  const scopes = SCOPE_NAMES.filter((scope) => !scope.startsWith('staff:'));
  const token = await service.token({ companyId: company.id, scopes });
  return { ...company, graph: (query, variables) => service.graph(token, query, variables) };
}

/** The answer to every root field, as text. A company that has made nothing is asked for no single thing. */
async function answers(company: TestCompany): Promise<Map<string, string>> {
  const ids = made.get(company.id);
  const queries = [...rootQueries(ids ?? NO_IDS)].filter(
    ([name]) => !OF_STAFF.includes(name) && (ids || !Object.hasOwn(NO_IDS, name)),
  );
  const entries = queries.map(async ([name, query]) => {
    const { data, errors } = await company.graph(query);
    expect({ name, errors }).toEqual({ name, errors: undefined });
    return [name, JSON.stringify(data[name])] as const;
  });
  return new Map(await Promise.all(entries));
}

const at = (minute: number) => `2026-03-10T09:${String(minute).padStart(2, '0')}:00Z`;

const SCHEDULE =
  'mutation Schedule($input: ScheduleReportInput!) { scheduleReport(input: $input) { schedule { id } } }';

/** Lines of every kind, `count` of each, in which `mark` is whatever a company may name as it likes. */
function linesOf(mark: string, count: number): Record<string, object[]> {
  const each = (make: (index: number) => object) => Array.from({ length: count }, (_, index) => make(index));
  const named = (kind: string, more: object = {}) =>
    each((index) => ({ kind, id: `id${index}`, name: `${mark} ${kind}`, ...more }));
  return {
    directory: [
      ...named('CHAT', { messenger: 'TELEGRAM' }),
      ...named('OPERATOR', { groupIds: ['id0'] }),
      ...named('OPERATOR_GROUP'),
      ...named('BOT'),
      ...named('TRUNK', { callsPerSecondLimit: count }),
    ],
    messages: each((index) => ({
      id: `id${index}`,
      channel: 'SMS',
      status: 'ERROR',
      createdAt: at(index),
      statusAt: at(index + 1),
      errorCode: mark,
      price: `0.0${count}`,
    })),
    dialogues: each((index) => ({
      id: `id${index}`,
      chatId: 'id0',
      messenger: 'TELEGRAM',
      startedAt: at(index),
      botId: 'id0',
      groupId: 'id0',
      clientId: `${mark}${index}`,
      latitude: 55 + count,
      longitude: 37,
    })),
    'chat-messages': each((index) => [
      { id: `c${index}`, dialogueId: `id${index}`, author: 'CLIENT', sentAt: at(index + 1), text: `${mark} please` },
      {
        id: `o${index}`,
        dialogueId: `id${index}`,
        author: 'OPERATOR',
        operatorId: 'id0',
        sentAt: at(index + 2),
        text: mark,
      },
    ]).flat(),
    'operator-sessions': each((index) => ({
      id: `id${index}`,
      dialogueId: `id${index}`,
      operatorId: 'id0',
      assignedAt: at(index),
    })),
    'operator-states': each((index) => ({ operatorId: 'id0', state: 'ONLINE', at: at(index) })),
    calls: each((index) => ({
      id: `id${index}`,
      direction: 'INBOUND',
      status: 'ANSWERED',
      startedAt: at(index),
      statusAt: at(index + 5),
      answeredAt: at(index + 1),
      endedAt: at(index + 5),
      trunkId: 'id0',
      botId: 'id0',
      operatorId: 'id0',
      number: `+4930${count}${index}`,
      evaluation: mark,
      price: `0.${count}`,
    })),
  };
}

async function sendEverything(company: TestCompany, mark: string, count: number): Promise<void> {
  for (const kind of TAKEN_KINDS) {
    const lines = linesOf(mark, count)[kind] ?? [];
    expect([kind, lines.length]).not.toEqual([kind, 0]);
    const { status, received, inserted, rejected, errors } = await company.ingest(kind, lines);
    const expected = { kind, status: 200, received: lines.length, inserted: lines.length, rejected: 0, errors: [] };
    expect({ kind, status, received, inserted, rejected, errors }).toEqual(expected);
  }
  made.set(company.id, await makeEverything(company, mark, count));
}

/** Details, an invoice that is paid in part, a webhook that nobody answers, a formed report and a schedule. */
async function makeEverything(company: TestCompany, mark: string, count: number): Promise<NamedIds> {
  const details = Object.fromEntries(Object.keys(DETAILS).map((field) => [field, `${mark} ${field}`]));
  await company.graph(UPDATE_DETAILS, { input: { ...details, country: 'LV' } });
  const amount = `${count}00`;
  const invoice = await company.graph(CREATE_INVOICE, { input: { amount, idempotencyKey: mark } });
  const { id, number } = invoice.data.createInvoice.invoice;
  const url = `https://localhost/${mark}`;
  const { data } = await company.graph(REGISTER_WEBHOOK, { input: { url, idempotencyKey: mark } });
  await pay(service, company.id, { invoiceNumber: number, amount: '10', idempotencyKey: mark, reference: mark });
  const report = await order(company, { name: `${mark} report`, idempotencyKey: mark });
  await company.graph(SCHEDULE, { input: { type: 'PAYMENTS', frequency: 'DAILY', name: mark, idempotencyKey: mark } });
  await service.runJobs();
  return { invoice: id, report, webhookDeliveries: data.registerWebhook.webhook.id };
}

test('[GEN-09] every root field answers with something of a company that has sent something', async () => {
  const nothing = await answers(empty);
  const blind = [...alone.keys()].filter((name) => nothing.get(name) === alone.get(name));
  expect(blind).toEqual(WITHOUT_DATA.filter((name) => name !== 'company'));
});

test('[GEN-09] no answer changes by a single character when another company sends the same ids', async () => {
  expect(await answers(second)).toEqual(alone);
});

test('[GEN-09] no answer holds a word of the other company', async () => {
  const [ofFirst, ofSecond] = [await answers(first), await answers(second)];
  expect([...ofFirst].filter(([, text]) => text.includes('beta')).map(([name]) => name)).toEqual([]);
  expect([...ofSecond].filter(([, text]) => text.includes('alpha')).map(([name]) => name)).toEqual([]);
  expect([...ofFirst].filter(([name, text]) => text === ofSecond.get(name)).map(([name]) => name)).toEqual([
    'smsEstimate',
  ]);
});

test('[GEN-09] taking everything back leaves the other company as it was', async () => {
  const third = await openCompany();
  await sendEverything(third, 'gamma', 4);
  for (const kind of TAKEN_KINDS.filter((one) => !['directory', 'operator-states'].includes(one))) {
    const ids = linesOf('gamma', 4)[kind] as { id: string }[];
    expect(
      await third.ingest(
        kind,
        ids.map(({ id }) => ({ id, deleted: true })),
      ),
    ).toMatchObject({ status: 200, rejected: 0 });
  }
  expect(await answers(second)).toEqual(alone);
});
