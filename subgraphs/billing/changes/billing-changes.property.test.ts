import fc from 'fast-check';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, change, openCompany } from '../billing.test-support.ts';
import { follow } from './changes.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ DATABASE_POOL_SIZE: '10' });
  // Some transactions fail as late as they can: when they commit.
  await change(
    service,
    `CREATE FUNCTION billing.inject() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF EXISTS (SELECT FROM billing.invoices WHERE company_id = NEW.company_id AND id = NEW.invoice_id
          AND (amount_micros, NEW.kind) IN ((7000000, 'INVOICE_CREATED'), (9000000, 'DOCUMENTS_READY')))
        OR EXISTS (SELECT FROM billing.ledger WHERE company_id = NEW.company_id AND id = NEW.transaction_id
          AND amount_micros = 7000000)
      THEN RAISE 'injected'; END IF;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER inject AFTER INSERT ON billing.changes DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION billing.inject();`,
  );
});
afterAll(() => service.stop());

/** What a writer does. An amount of 7 fails at its commit; of 9, the document does. */
interface Act {
  what: 'invoice' | 'payment' | 'payment of the invoice';
  amount: number;
  key: number;
}

const CREATE = `mutation($input: CreateInvoiceInput!) {
  createInvoice(input: $input) { invoice { id pdf { sha256 } } userErrors { code } }
}`;

const PAY = `mutation($input: RecordPaymentInput!) {
  recordPayment(input: $input) { transaction { id } userErrors { code } }
}`;

/** Does what is asked for and gives the changes that were acknowledged, as texts. */
async function perform(company: BillingCompany, first: { id: string; number: string }, act: Act): Promise<string[]> {
  const amount = `${act.amount}`;
  if (act.what === 'invoice') {
    const { data } = await company.ask(CREATE, { input: { amount, idempotencyKey: `key ${act.key}` } });
    const invoice = data.createInvoice?.invoice;
    if (!invoice) return [];
    const made = act.amount !== 9 && (await hasDocument(company, invoice));
    return [`INVOICE_CREATED ${invoice.id} null`, ...(made ? [`DOCUMENTS_READY ${invoice.id} null`] : [])];
  }
  const named = act.what === 'payment of the invoice' ? first : null;
  const key = `key ${act.key}`;
  const input = { companyId: company.id, amount, invoiceNumber: named?.number, reference: key, idempotencyKey: key };
  const token = await service.token({ companyId: undefined, scopes: ['payments:write'] });
  const { data } = await service.graph(token, PAY, { input: { ...input, paidAt: '2026-03-15T09:00:00Z' } });
  const { transaction, userErrors } = data.recordPayment ?? {};
  if (!transaction || userErrors.length > 0) return [];
  return [`PAYMENT_RECORDED ${named?.id ?? null} ${transaction.id}`];
}

/** Waits for the document of an invoice, which may be made after the answer where the machine is slow. */
async function hasDocument(company: BillingCompany, { id, pdf }: { id: string; pdf: object | null }): Promise<boolean> {
  for (let made = pdf; made === null; ) {
    made = (await company.ask('query($id: ID!) { invoice(id: $id) { pdf { sha256 } } }', { id })).data.invoice.pdf;
  }
  return true;
}

test('[TOP-06] whoever pulls with the last cursor while others write gets every change, in one order, and skips none', async () => {
  const act = fc.record({
    what: fc.constantFrom('invoice', 'payment', 'payment of the invoice', 'payment'),
    amount: fc.constantFrom(1, 2, 7, 8, 9),
    key: fc.nat(11),
  }) as fc.Arbitrary<Act>;
  const property = async (acts: Act[], pages: number[]) => {
    const company = await openCompany(service);
    const { invoice } = await company.createInvoice('100', 'first');
    const before = await follow(company, 1000, () => true);
    let ended = false;
    const clients = pages.map((first) => follow(company, first, () => ended));
    const acknowledged = new Set((await Promise.all(acts.map((one) => perform(company, invoice, one)))).flat());
    ended = true;
    const inOrder = await follow(company, 1000, () => true);
    for (const taken of await Promise.all(clients)) expect(taken).toEqual(inOrder);
    const changes = inOrder.slice(before.length).map(({ kind, invoiceId, transactionId }) => {
      return `${kind} ${invoiceId} ${transactionId}`;
    });
    expect(changes.toSorted()).toEqual([...acknowledged].toSorted());
  };
  const acts = fc.array(act, { minLength: 4, maxLength: 20 });
  const pages = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 3 });
  await fc.assert(fc.asyncProperty(acts, pages, property), { numRuns: 8 });
}, 120_000);
