import { queueMonth, readStatuses } from './close-month-client.ts';
import { GraphRequestError, type GraphTarget, requestGraph } from './graphql-client.ts';

export interface DemoMonthsOptions {
  /** With a token of a member of finance staff. */
  staff: GraphTarget;
  companyId: string;
  /** Present of the demo, epoch milliseconds. */
  now: number;
  /** Time for the service to close months in the background. */
  wait(waitMs: number): Promise<void>;
}

/** A MONTHLY invoice of the demo company. */
export interface DemoInvoice {
  id: string;
  number: string;
  amount: { amount: string };
  revisions: { number: number }[];
}

const MONTHS = 2;
const POLL_MS = 250;
/** A service that is busy with the demo's own events closes two months in some seconds. */
const MOST_POLLS = 240;

const MONTHLY = `query DemoMonths($companyId: ID!) {
  invoices(companyId: $companyId, filter: { kinds: [MONTHLY] }, first: 10) {
    nodes { id number amount { amount } revisions { number } }
  }
}`;
const REVISE = `mutation DemoRevision($input: ReviseInvoiceInput!) {
  reviseInvoice(input: $input) { userErrors { message } }
}`;

/** Has the demo company's last two whole months closed, and gives their invoices, the later one first. */
export async function closeDemoMonths({ staff, companyId, now, wait }: DemoMonthsOptions): Promise<DemoInvoice[]> {
  for (let back = MONTHS; back > 0; back -= 1) {
    const month = monthBefore(now, back);
    await queueMonth(staff, month, companyId);
    for (let polls = 0; (await readStatuses(staff, month)).CLOSING > 0; polls += 1) {
      if (polls === MOST_POLLS) throw new GraphRequestError(`${month} of the demo company is not closed in time.`);
      await wait(POLL_MS);
    }
  }
  const { invoices } = await requestGraph<{ invoices: { nodes: DemoInvoice[] } }>(staff, MONTHLY, { companyId });
  return invoices.nodes;
}

/** Revises an invoice once: a part of the month was paid before it was ready. */
export async function reviseDemoInvoice(staff: GraphTarget, companyId: string, invoice: DemoInvoice): Promise<void> {
  if (invoice.revisions.length > 0) return;
  const input = {
    companyId,
    invoiceId: invoice.id,
    expectedRevision: 0,
    reason: 'PREPAYMENT',
    paidAmount: '50.00',
    comment: 'A part was paid by card before the invoice was ready.',
  };
  const { reviseInvoice } = await requestGraph<{ reviseInvoice: { userErrors: { message: string }[] } }>(
    staff,
    REVISE,
    { input },
  );
  const [fault] = reviseInvoice.userErrors;
  if (fault) throw new GraphRequestError(fault.message);
}

/** YYYY-MM-01, some months before the one of a moment; the demo company's own zone makes no difference within a day. */
function monthBefore(moment: number, back: number): string {
  const date = new Date(moment);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1)).toISOString().slice(0, 10);
}
