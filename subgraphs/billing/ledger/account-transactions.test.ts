import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, openCompany, pay } from '../billing.test-support.ts';

let service: TestService;
let company: BillingCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await openCompany(service);
  const days = ['2026-03-10T20:59:59.999Z', '2026-03-10T21:00:00Z', '2026-03-12T00:00:00Z', '2026-03-09T00:00:00Z'];
  for (const [index, paidAt] of days.entries()) {
    await pay(service, company.id, { amount: String(index + 1), idempotencyKey: `p${index}`, paidAt });
  }
});
afterAll(() => service.stop());

const LIST = `query($companyId: ID, $period: PeriodInput, $filter: TransactionFilter, $first: Int, $after: String) {
  accountTransactions(companyId: $companyId, period: $period, filter: $filter, first: $first, after: $after) {
    nodes { refill { amount } balanceAfter { amount } } totalCount pageInfo { hasNextPage endCursor }
  }
}`;

async function amounts(variables: Record<string, unknown> = {}): Promise<string[]> {
  const { data, errors } = await company.ask(LIST, variables);
  expect(errors).toBeUndefined();
  return data.accountTransactions.nodes.map(({ refill }: { refill: { amount: string } }) => refill.amount);
}

test('[TXN-01] [TXN-02] [TXN-04] payments stand newest first by payment date, with the balance in the order of booking', async () => {
  const { data } = await company.ask(LIST);
  const row = (refill: string, balanceAfter: string) => ({
    refill: { amount: refill },
    balanceAfter: { amount: balanceAfter },
  });
  expect(data.accountTransactions).toMatchObject({
    nodes: [row('3.00', '6.00'), row('2.00', '3.00'), row('1.00', '1.00'), row('4.00', '10.00')],
    totalCount: 4,
    pageInfo: { hasNextPage: false },
  });
});

test('[TXN-03] a period goes by the payment date, in the company’s zone', async () => {
  const dates = { startDate: '2026-03-11', endDate: '2026-03-12' };
  expect(await amounts({ period: { dates } })).toEqual(['3.00', '2.00']);
  expect(await amounts({ period: { dates: { ...dates, startTime: '00:00:01' } } })).toEqual(['3.00']);
  expect(await amounts({ period: { dates, timeZone: 'UTC' } })).toEqual(['3.00']);
});

test('[TXN-02] without types, and with none of them, deposits are listed; other types when asked for', async () => {
  for (const types of [null, [], ['DEPOSIT'], ['CHARGE', 'DEPOSIT']]) {
    expect(await amounts({ filter: { types } })).toHaveLength(4);
  }
  expect(await amounts({ filter: { types: ['CHARGE', 'ADJUSTMENT', 'REFUND'] } })).toEqual([]);
});

test('[TXN-01] pages follow one another by cursor', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { data } = await company.ask(LIST, { first: 3, after });
    const page: { nodes: { refill: { amount: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } =
      data.accountTransactions;
    seen.push(...page.nodes.map(({ refill }) => refill.amount));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  expect(seen).toEqual(['3.00', '2.00', '1.00', '4.00']);
});

test('[TXN-01] a company names itself or nobody; finance staff names anyone', async () => {
  const other = await openCompany(service);
  const refused = await other.ask(LIST, { companyId: company.id });
  const unknown = await other.ask(LIST, { companyId: '987654321' });
  const shown = (id: string) => ({
    message: `there is no company "${id}" that this token may see.`,
    extensions: { code: 'NOT_FOUND', field: ['companyId'] },
  });
  expect(refused.data.accountTransactions).toBeNull();
  expect(refused.errors?.[0]).toMatchObject(shown(company.id));
  expect(unknown.errors?.[0]).toMatchObject(shown('987654321'));
  expect(await amounts({ companyId: company.id })).toHaveLength(4);
  const staff = await service.token({ companyId: other.id, scopes: ['staff:finance'] });
  const { data } = await service.graph(staff, LIST, { companyId: company.id });
  expect(data.accountTransactions.totalCount).toBe(4);
});

test('[TXN-01] it needs the scope billing:read', async () => {
  const token = await service.token({ companyId: company.id, scopes: ['payments:write', 'billing:write'] });
  const { errors } = await service.graph(token, LIST);
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
