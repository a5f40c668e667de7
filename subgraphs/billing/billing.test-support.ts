import { Client } from 'pg';
import type { Scope } from '#platform/identity';
import {
  type GraphAnswer,
  type TestCompany,
  type TestService,
  YEAR_SECONDS,
} from '../../tests/support/test-service.ts';

/** All that an invoice needs. */
export const DETAILS = {
  legalName: 'ООО «Ромашка»',
  taxId: '7701234567',
  country: 'RU',
  city: 'Москва',
  street: 'ул. Ленина, 1',
  postalCode: '101000',
  bankName: 'Банк',
  bankAccount: '40702810000000000001',
};

export const UPDATE_DETAILS = `mutation($input: CompanyDetailsInput!) {
  updateCompanyDetails(input: $input) {
    company { details { legalName taxId country city street postalCode bankName bankAccount } billingReadiness { ready missingFields } }
    userErrors { field code message }
  }
}`;

export const CREATE_INVOICE = `mutation($input: CreateInvoiceInput!) {
  createInvoice(input: $input) { invoice { id number status } userErrors { field code message } }
}`;

export const RECORD_PAYMENT = `mutation($input: RecordPaymentInput!) {
  recordPayment(input: $input) {
    transaction { id type date bookedAt base refill { amount currency } companyNumber balanceAfter { amount } invoice { number status paid { amount } } }
    balance { amount { amount currency } asOf }
    userErrors { field code message }
  }
}`;

/** A company of one test that may do what companies may, and no more. */
export interface BillingCompany {
  readonly id: string;
  ask(query: string, variables?: Record<string, unknown>): Promise<GraphAnswer>;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted as whole values, whatever their shape
  createInvoice(amount: string, idempotencyKey: string): Promise<any>;
  ingest: TestCompany['ingest'];
}

/** Registers a company; `details` false leaves its details empty. */
export async function openCompany(
  service: TestService,
  options: { timeZone?: string; currency?: string; details?: boolean } = {},
): Promise<BillingCompany> {
  const { id, ingest } = await service.company(options);
  const token = await service.token({ companyId: id, scopes: ['billing:read', 'billing:write'] }, YEAR_SECONDS);
  const ask: BillingCompany['ask'] = (query, variables) => service.graph(token, query, variables);
  if (options.details !== false) await ask(UPDATE_DETAILS, { input: DETAILS });
  return {
    id,
    ask,
    ingest,
    createInvoice: async (amount, idempotencyKey) => {
      const { data, errors } = await ask(CREATE_INVOICE, { input: { amount, idempotencyKey } });
      expect(errors).toBeUndefined();
      return data.createInvoice;
    },
  };
}

/** Does to the database, as its owner, what no request can. */
export async function change(service: TestService, statement: string): Promise<void> {
  const owner = new Client({ connectionString: service.ownerUrl });
  await owner.connect();
  await owner.query(statement);
  await owner.end();
}

/** A token of nobody's company with some scopes. */
export function tokenOf(service: TestService, ...scopes: Scope[]): Promise<string> {
  return service.token({ companyId: undefined, scopes });
}

/** A payment into an account, as the payment system sends it. */
export async function pay(service: TestService, companyId: string, input: Record<string, unknown>) {
  const token = await tokenOf(service, 'payments:write');
  const reference = String(input['reference'] ?? input['idempotencyKey']);
  const whole = { companyId, paidAt: '2026-03-15T09:00:00Z', ...input, reference };
  const { data, errors } = await service.graph(token, RECORD_PAYMENT, { input: whole });
  expect(errors).toBeUndefined();
  return data.recordPayment;
}

/** A token of a member of finance staff. */
export function staffToken(service: TestService, name = 'Анна Иванова', email = 'anna@example.com'): Promise<string> {
  return service.token({ companyId: undefined, scopes: ['staff:finance'], name, email });
}

export const REVISE_INVOICE = `mutation($input: ReviseInvoiceInput!) {
  reviseInvoice(input: $input) {
    invoice { id status amount { amount } originalAmount { amount } }
    revision { id number reason paidAmount { amount } amount { amount } revisedAt revisedBy { fullName email } comment }
    userErrors { field code message }
  }
}`;

export const VOID_INVOICE = `mutation($input: VoidInvoiceInput!) {
  voidInvoice(input: $input) { invoice { id status } userErrors { field code message } }
}`;

/** A revision of an invoice by finance staff. */
export async function revise(service: TestService, companyId: string, input: Record<string, unknown>, token?: string) {
  const whole = { companyId, expectedRevision: 0, reason: 'OTHER', paidAmount: '0', ...input };
  const { data, errors } = await service.graph(token ?? (await staffToken(service)), REVISE_INVOICE, { input: whole });
  expect(errors).toBeUndefined();
  return data.reviseInvoice;
}

/** A withdrawal of an invoice by finance staff. */
export async function voidInvoice(service: TestService, companyId: string, input: Record<string, unknown>) {
  const whole = { companyId, expectedRevision: 0, reason: 'issued twice', ...input };
  const { data, errors } = await service.graph(await staffToken(service), VOID_INVOICE, { input: whole });
  expect(errors).toBeUndefined();
  return data.voidInvoice;
}

/** The bytes behind a link. */
export async function download(service: TestService, { url }: { url: string }): Promise<Buffer> {
  const response = await fetch(service.url + url);
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}
