import { closeDemoMonths, reviseDemoInvoice } from './demo-months.ts';
import { GraphRequestError, type GraphTarget, requestGraph } from './graphql-client.ts';

export interface DemoBillingOptions {
  url: string;
  companyId: string;
  /** Present of the demo, epoch milliseconds. */
  now: number;
  /** Makes a token with one scope; of the company, or of none. That of finance staff names a member of it. */
  token(scope: 'billing:write' | 'payments:write' | 'staff:finance', companyId?: string): Promise<string>;
  /** Time for the service to do what it does in the background. */
  wait(waitMs: number): Promise<void>;
}

const DETAILS = {
  legalName: 'Demo Company LLC',
  taxId: '7701234567',
  country: 'RU',
  city: 'Moscow',
  street: '1 Demo Street',
  postalCode: '101000',
  bankName: 'Demo Bank',
  bankAccount: '40702810000000000001',
};

/** Amounts of invoices, and what came in for each: all of it, a part, nothing. */
const TOP_UPS = [
  { amount: '500.00', paid: '500.00', daysAgo: 60 },
  { amount: '750.00', paid: '300.00', daysAgo: 25 },
  { amount: '1000.00', paid: null, daysAgo: 0 },
];
/** A payment that names no invoice. */
const FREE_PAYMENT = { amount: '120.00', daysAgo: 5 };

const DAY_MS = 86_400_000;

const UPDATE = `mutation DemoDetails($input: CompanyDetailsInput!) {
  answer: updateCompanyDetails(input: $input) { userErrors { message } }
}`;
const CREATE = `mutation DemoInvoice($input: CreateInvoiceInput!) {
  answer: createInvoice(input: $input) { invoice { number } userErrors { message } }
}`;
const PAY = `mutation DemoPayment($input: RecordPaymentInput!) {
  answer: recordPayment(input: $input) { userErrors { message } }
}`;

/**
 * Fills in the demo company's details, makes some invoices and payments, closes its last two months, revises one of them and pays
 * the other, as clients and staff would. Doing it again changes nothing.
 */
export async function loadDemoBilling({ url, companyId, now, token, wait }: DemoBillingOptions): Promise<void> {
  const company = { url, token: await token('billing:write', companyId) };
  const paymentSystem = { url, token: await token('payments:write') };
  await change(company, UPDATE, DETAILS);
  const recordPayment = (key: string, amount: string, daysAgo: number, invoiceNumber?: string) => {
    const paidAt = new Date(now - daysAgo * DAY_MS).toISOString();
    return change(paymentSystem, PAY, {
      companyId,
      amount,
      paidAt,
      invoiceNumber,
      reference: key,
      idempotencyKey: key,
    });
  };
  for (const [index, { amount, paid, daysAgo }] of TOP_UPS.entries()) {
    const idempotencyKey = `demo invoice ${index + 1}`;
    const { invoice } = await change<{ invoice: { number: string } }>(company, CREATE, { amount, idempotencyKey });
    if (paid !== null) await recordPayment(`demo payment ${index + 1}`, paid, daysAgo, invoice.number);
  }
  await recordPayment('demo payment without invoice', FREE_PAYMENT.amount, FREE_PAYMENT.daysAgo);
  const staff = { url, token: await token('staff:finance') };
  const [latest, earlier] = await closeDemoMonths({ staff, companyId, now, wait });
  if (latest) await reviseDemoInvoice(staff, companyId, latest);
  if (earlier) await recordPayment('demo payment of a month', earlier.amount.amount, 1, earlier.number);
}

/** Sends a mutation. Throws GraphRequestError saying why it was refused. */
async function change<Answer>(gateway: GraphTarget, mutation: string, input: object): Promise<Answer> {
  const { answer } = await requestGraph<{ answer: Answer & { userErrors: { message: string }[] } }>(gateway, mutation, {
    input,
  });
  if (answer.userErrors.length > 0)
    throw new GraphRequestError(answer.userErrors.map(({ message }) => message).join(' '));
  return answer;
}
