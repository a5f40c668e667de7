import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, openCompany, pay } from '../billing.test-support.ts';

const MOMENTS = ['2026-03-09T20:59:59.999Z', '2026-03-09T21:00:00Z', '2026-03-10T08:00:00Z', '2026-03-10T21:00:00Z'];

let service: TestService;
let company: BillingCompany;
let numbers: string[];
beforeAll(async () => {
  service = await startTestService();
  company = await openCompany(service);
  numbers = [];
  for (const moment of MOMENTS) {
    service.clock.set(Date.parse(moment));
    numbers.push((await company.createInvoice('10', moment)).invoice.number);
  }
  service.clock.set(Date.parse('2026-03-12T12:00:00Z'));
  await pay(service, company.id, {
    invoiceNumber: numbers[0],
    amount: '10',
    idempotencyKey: 'whole',
    paidAt: MOMENTS[3],
  });
  await pay(service, company.id, {
    invoiceNumber: numbers[1],
    amount: '1',
    idempotencyKey: 'part',
    paidAt: MOMENTS[3],
  });
});
afterAll(() => service.stop());

const LIST = `query($companyId: ID, $filter: InvoiceFilter, $first: Int, $after: String, $last: Int, $before: String) {
  invoices(companyId: $companyId, filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    nodes { number } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

interface Page {
  nodes: { number: string }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

async function page(variables: Record<string, unknown>): Promise<Page> {
  const { data, errors } = await company.ask(LIST, variables);
  expect(errors).toBeUndefined();
  return data.invoices;
}

/** Which of the four invoices a filter lets through, oldest first. */
async function passing(filter: object | null): Promise<number[]> {
  const { nodes, totalCount } = await page({ filter });
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ number }) => numbers.indexOf(number)).reverse();
}

test('[INV-01] invoices stand newest first', async () => {
  expect((await page({})).nodes.map(({ number }) => number)).toEqual([...numbers].reverse());
});

test('[INV-15] null, nothing and empty lists restrict nothing', async () => {
  for (const filter of [
    null,
    {},
    { kinds: [], statuses: [], number: '', period: null },
    { kinds: null, number: null },
  ]) {
    expect(await passing(filter)).toEqual([0, 1, 2, 3]);
  }
});

test('[INV-01] kinds and statuses restrict the list', async () => {
  expect(await passing({ kinds: ['TOP_UP'] })).toEqual([0, 1, 2, 3]);
  expect(await passing({ kinds: ['MONTHLY'] })).toEqual([]);
  expect(await passing({ statuses: ['PAID'] })).toEqual([0]);
  expect(await passing({ statuses: ['PARTIALLY_PAID', 'OPEN'] })).toEqual([1, 2, 3]);
  expect(await passing({ kinds: ['TOP_UP'], statuses: ['VOID'] })).toEqual([]);
});

test('[INV-13] a number is found whole or by its beginning, and signs of patterns mean themselves', async () => {
  expect(await passing({ number: numbers[2] })).toEqual([2]);
  expect(await passing({ number: 'T-2026-' })).toEqual([0, 1, 2, 3]);
  for (const number of ['-2026', 'T%', 'T_2026', 't-2026', `${numbers[2]}0`])
    expect(await passing({ number })).toEqual([]);
});

test('[INV-14] a period holds a top-up by its creation, in the company’s zone, its start time included', async () => {
  const dates = { startDate: '2026-03-10', endDate: '2026-03-10' };
  expect(await passing({ period: { dates } })).toEqual([1, 2]);
  expect(await passing({ period: { dates: { ...dates, startTime: '00:00:01' } } })).toEqual([2]);
  expect(await passing({ period: { dates, timeZone: 'UTC' } })).toEqual([2, 3]);
  expect(await passing({ createdAt: { dates } })).toEqual([1, 2]);
  expect(await passing({ updatedAt: { dates } })).toEqual([2]);
  expect(await passing({ updatedAt: { preset: 'TODAY' } })).toEqual([0, 1]);
});

test('[INV-14] a period that does not hold is refused by its place', async () => {
  const { data, errors } = await company.ask(LIST, { filter: { updatedAt: {} } });
  expect(data.invoices).toBeNull();
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: ['filter', 'updatedAt'] });
});

test('[INV-01] pages follow one another in both directions', async () => {
  const first = await page({ first: 3 });
  expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
  const second = await page({ first: 3, after: first.pageInfo.endCursor });
  expect(second.nodes.map(({ number }) => number)).toEqual([numbers[0]]);
  const back = await page({ last: 3, before: second.pageInfo.startCursor });
  expect(back.nodes).toEqual(first.nodes);
});

test('[INV-13] one invoice is read by its id or by its whole number', async () => {
  const byNumber = await company.ask('query($number: String) { invoice(number: $number) { id number } }', {
    number: numbers[1],
  });
  const { id } = byNumber.data.invoice;
  const byId = await company.ask('query($id: ID) { invoice(id: $id) { id number } }', { id });
  expect(byId.data.invoice).toEqual({ id, number: numbers[1] });
});

test.each([
  ['{ invoice { id } }', 'BAD_USER_INPUT', 'id: give exactly one of id and number.'],
  ['{ invoice(id: "a", number: "b") { id } }', 'BAD_USER_INPUT', 'id: give exactly one of id and number.'],
  ['{ invoice(id: "a") { id } }', 'NOT_FOUND', 'the company has no invoice "a".'],
  ['{ invoice(number: "T-2026-") { id } }', 'NOT_FOUND', 'the company has no invoice "T-2026-".'],
])('[INV-13] %s is answered with %s', async (query, code, message) => {
  const { data, errors } = await company.ask(query);
  expect([data.invoice, errors?.[0]?.extensions.code, errors?.[0]?.message]).toEqual([null, code, message]);
});

test('[INV-01] what belongs to another company looks like what does not exist, whatever it is named by', async () => {
  const other = await openCompany(service);
  const number = numbers[1];
  const { data } = await company.ask('query($number: String) { invoice(number: $number) { id } }', { number });
  const one =
    'query($companyId: ID, $id: ID, $number: String) { invoice(companyId: $companyId, id: $id, number: $number) { id } }';
  const codeOf = async (query: string, variables: object) => {
    const { errors } = await other.ask(query, { ...variables });
    return `${errors?.[0]?.extensions.code} ${errors?.[0]?.extensions.field}`;
  };
  expect(await codeOf(one, { id: data.invoice.id })).toBe('NOT_FOUND id');
  expect(await codeOf(one, { number })).toBe('NOT_FOUND number');
  expect(await codeOf(one, { id: data.invoice.id, companyId: company.id })).toBe('NOT_FOUND companyId');
  expect(await codeOf(LIST, { companyId: company.id })).toBe('NOT_FOUND companyId');
  expect(await codeOf(LIST, { companyId: 'no number' })).toBe('NOT_FOUND companyId');
  expect((await other.ask(LIST)).data.invoices).toMatchObject({ nodes: [], totalCount: 0 });
});

test('[INV-01] finance staff reads the invoices of any company, with their documents and payments', async () => {
  const staff = await service.token({ companyId: undefined, scopes: ['staff:finance'] });
  const query = `query($companyId: ID, $number: String) {
    invoices(companyId: $companyId) { totalCount }
    invoice(companyId: $companyId, number: $number) { status pdf { url } transactions { refill { amount } } }
  }`;
  const { data, errors } = await service.graph(staff, query, { companyId: company.id, number: numbers[1] });
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    invoices: { totalCount: 4 },
    invoice: {
      status: 'PARTIALLY_PAID',
      pdf: { url: expect.stringMatching(`^/files/billing/${company.id}/`) },
      transactions: [{ refill: { amount: '1.00' } }],
    },
  });
  const nobody = await service.graph(staff, LIST);
  expect(nobody.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test.each(['{ invoices { totalCount } }', '{ invoice(id: "a") { id } }'])(
  '%s needs the scope billing:read',
  async (query) => {
    const token = await service.token({
      companyId: company.id,
      scopes: ['billing:write', 'payments:write', 'stats:read'],
    });
    const { errors } = await service.graph(token, query);
    expect(errors?.[0]?.message).toBe('this needs a token with the scope billing:read or staff:finance.');
  },
);
