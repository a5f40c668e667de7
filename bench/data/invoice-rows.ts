import type { Config } from '#platform/config';
import type { CopySource } from './copy.ts';
import { type ManyInvoice, manyInvoices } from './many-invoices.ts';

/** The value of a column; null stands for none. */
type Value = string | number | bigint | null;
type Row = Readonly<Record<string, Value>>;

/**
 * What issuing, revising and paying would have left in the tables, but for the documents: invoices, revisions, entries of the
 * ledger and changes. The account and the counters of changes are not among them.
 */
export function invoiceRows(companyId: string, count: number, config: Config): CopySource[] {
  const source = (table: string, rowsOf: () => (invoice: ManyInvoice) => Row[]): CopySource => {
    const rows = () => rowsOfAll(manyInvoices(count, config), rowsOf());
    const [first = {}] = rows();
    return { table, columns: ['company_id', ...Object.keys(first)], pieces: pieces(companyId, rows()) };
  };
  return [
    source('billing.invoices', () => (invoice) => [invoiceRow(invoice)]),
    source('billing.invoice_revisions', () => (invoice) => revisionRows(invoice)),
    source('billing.ledger', ledgerRows),
    source('billing.changes', changeRows),
  ];
}

function* rowsOfAll(invoices: Iterable<ManyInvoice>, rowsOf: (invoice: ManyInvoice) => Row[]): Generator<Row> {
  for (const invoice of invoices) yield* rowsOf(invoice);
}

function* pieces(companyId: string, rows: Iterable<Row>): Generator<string> {
  for (const row of rows) yield `${companyId}\t${Object.values(row).map(cellOf).join('\t')}\n`;
}

/** COPY takes a backslash for the beginning of something else. */
function cellOf(value: Value): string {
  return value === null ? '\\N' : String(value).replaceAll('\\', '\\\\');
}

function invoiceRow({ id, issued, revised, ...invoice }: ManyInvoice): Row {
  return {
    id,
    kind: issued.kind,
    number: issued.number,
    status: invoice.status,
    created_at: at(invoice.createdAt),
    updated_at: at(invoice.updatedAt),
    covers_from: at(invoice.createdAt),
    covers_to: at(invoice.createdAt + 1),
    amount_micros: invoice.amountMicros,
    paid_micros: invoice.paidMicros,
    snapshot: JSON.stringify(issued),
    revision: revised ? 1 : 0,
  };
}

function revisionRows({ id, revised, amountMicros, updatedAt }: ManyInvoice): Row[] {
  if (!revised) return [];
  const by = { by_name: 'Staff', by_email: 'staff@example.com' };
  const what = { id: revisionId(id), reason: 'OTHER', amount_micros: amountMicros, stated_micros: 0 };
  return [{ invoice_id: id, number: 1, ...what, revised_at: at(updatedAt), ...by, snapshot: JSON.stringify(revised) }];
}

/** An entry for every invoice of which something is paid. */
function ledgerRows() {
  let [entry, balance] = [0, 0n];
  return ({ id, issued, paidMicros, updatedAt }: ManyInvoice): Row[] => {
    if (paidMicros === 0n) return [];
    entry += 1;
    balance += paidMicros;
    const times = { paid_at: at(updatedAt), booked_at: at(updatedAt) };
    const invoice = { invoice_id: id, invoice_number: issued.number, reference: `r${id}` };
    return [
      {
        id: entryId(id),
        entry,
        type: 'DEPOSIT',
        ...times,
        amount_micros: paidMicros,
        balance_micros: balance,
        ...invoice,
      },
    ];
  };
}

/** One change for every creation, revision and payment. */
function changeRows() {
  let sequence = 0;
  return ({ id, revised, paidMicros, createdAt }: ManyInvoice): Row[] => {
    const change = (kind: string, ids: Row) => ({
      sequence: ++sequence,
      kind,
      at: at(createdAt),
      invoice_id: id,
      ...ids,
    });
    return [
      change('INVOICE_CREATED', { revision_id: null, transaction_id: null }),
      ...(revised ? [change('INVOICE_REVISED', { revision_id: revisionId(id), transaction_id: null })] : []),
      ...(paidMicros > 0n ? [change('PAYMENT_RECORDED', { revision_id: null, transaction_id: entryId(id) })] : []),
    ];
  };
}

const revisionId = (invoiceId: string) => `v${invoiceId}`;
const entryId = (invoiceId: string) => `e${invoiceId}`;
const at = (instant: number) => new Date(instant).toISOString();
