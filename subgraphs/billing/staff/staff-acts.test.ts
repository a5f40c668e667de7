import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import {
  type BillingCompany,
  openCompany,
  pay,
  RECORD_PAYMENT,
  revise,
  staffToken,
  tokenOf,
  voidInvoice,
} from '../billing.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const ACTS = `query($companyId: ID, $period: PeriodInput, $first: Int, $after: String) {
  staffActs(companyId: $companyId, period: $period, first: $first, after: $after) {
    nodes { id kind at by { fullName email } companyId invoice { number } comment } totalCount pageInfo { hasNextPage endCursor }
  }
}`;

async function acts(company: BillingCompany, variables: object = {}) {
  const token = await staffToken(service);
  const { data, errors } = await service.graph(token, ACTS, { companyId: company.id, ...variables });
  expect(errors).toBeUndefined();
  return data.staffActs;
}

const later = () => service.clock.set(service.clock.now() + 60_000);

test('[INV-12] [TOP-06] everything that staff does to a company is in a list, with who did it, and only that', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  // The payment system is not staff, and what is refused has not happened.
  await pay(service, company.id, { invoiceNumber: invoice.number, amount: '5', idempotencyKey: 'p' });
  later();
  await revise(service, company.id, { invoiceId: invoice.id, comment: 'agreed by telephone' });
  await revise(service, company.id, { invoiceId: invoice.id });
  later();
  const payment = { companyId: company.id, amount: '7', paidAt: '2026-03-15T09:00:00Z', reference: 'r' };
  const input = { ...payment, invoiceNumber: invoice.number, idempotencyKey: 's' };
  const staff = await staffToken(service, 'Bob', 'bob@example.com');
  for (let times = 0; times < 2; times++) await service.graph(staff, RECORD_PAYMENT, { input });
  later();
  await voidInvoice(service, company.id, { invoiceId: invoice.id, expectedRevision: 1, reason: ' issued twice ' });
  const { nodes, totalCount } = await acts(company);
  const anna = { fullName: 'Анна Иванова', email: 'anna@example.com' };
  const act = (kind: string, minute: number, by: object, rest: object) => ({
    id: expect.any(String),
    kind,
    at: `2026-03-15T15:0${minute}:00.000+03:00`,
    by,
    companyId: company.id,
    ...rest,
  });
  const { number } = invoice;
  expect(nodes).toEqual([
    act('INVOICE_VOIDED', 3, anna, { invoice: { number }, comment: 'issued twice' }),
    act('PAYMENT_RECORDED', 2, { fullName: 'Bob', email: 'bob@example.com' }, { invoice: { number }, comment: null }),
    act('INVOICE_REVISED', 1, anna, { invoice: { number }, comment: 'agreed by telephone' }),
    act('COMPANY_REGISTERED', 0, { fullName: 'test', email: '' }, { invoice: null, comment: null }),
  ]);
  expect(totalCount).toBe(4);
  const period = { range: { from: '2026-03-15T12:01:00Z', to: '2026-03-15T12:03:00Z' } };
  const first = await acts(company, { period, first: 1 });
  expect(first).toMatchObject({
    nodes: [{ kind: 'PAYMENT_RECORDED' }],
    totalCount: 2,
    pageInfo: { hasNextPage: true },
  });
  const second = await acts(company, { period, first: 1, after: first.pageInfo.endCursor });
  expect(second).toMatchObject({ nodes: [{ kind: 'INVOICE_REVISED' }], pageInfo: { hasNextPage: false } });
});

test('[GEN-09] the list is for finance staff, one company at a time', async () => {
  const company = await openCompany(service);
  const refused = await company.ask(ACTS);
  expect(refused.errors?.[0]?.message).toBe('this needs a token with the scope staff:finance.');
  const nobody = await service.graph(await tokenOf(service, 'staff:finance'), ACTS);
  expect(nobody.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const other = await openCompany(service);
  expect((await acts(other)).nodes).toMatchObject([{ kind: 'COMPANY_REGISTERED', companyId: other.id }]);
});
