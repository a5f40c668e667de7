import { createHash } from 'node:crypto';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import {
  type BillingCompany,
  download,
  openCompany,
  pay,
  REVISE_INVOICE,
  revise,
  staffToken,
  tokenOf,
} from '../billing.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const FILE = 'fileName contentType url sizeBytes sha256';
const DOCUMENTS = `query($id: ID!) { invoice(id: $id) {
  pdf { ${FILE} } ubl { ${FILE} } originalPdf { ${FILE} } originalUbl { ${FILE} }
  revisions { pdf { ${FILE} } ubl { ${FILE} } }
} }`;
const INVOICE = `query($id: ID!) { invoice(id: $id) {
  status amount { amount } originalAmount { amount } net { amount } tax { amount } rounding { amount } paid { amount } updatedAt
  lines { service description unit quantity unitPrice amount { amount } taxRate tax { amount } }
  revisions { number reason paidAmount { amount currency } amount { amount } revisedAt revisedBy { fullName email } comment
    lines { description amount { amount } tax { amount } } }
  transactions { id }
} }`;

async function read(company: BillingCompany, query: string, id: string) {
  const { data, errors } = await company.ask(query, { id });
  expect(errors).toBeUndefined();
  return data.invoice;
}

test('[INV-10] [INV-11] [INV-12] [REV-01] [REV-02] [REV-03] [REV-04] [REV-05] a revision says what is to be paid now, why, and who says so', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('120', 'i');
  const before = await read(company, INVOICE, invoice.id);
  expect(before.revisions).toEqual([]);
  service.clock.set(service.clock.now() + 60_000);
  const comment = '  Часть месяца оплачена раньше.\nSee the letter.  ';
  const input = { invoiceId: invoice.id, reason: 'PREPAYMENT', amount: '100.00', paidAmount: '30', comment };
  const answer = await revise(service, company.id, input);
  const revision = {
    number: 1,
    reason: 'PREPAYMENT',
    amount: { amount: '100.00' },
    revisedAt: '2026-03-15T15:01:00.000+03:00',
    revisedBy: { fullName: 'Анна Иванова', email: 'anna@example.com' },
    comment: comment.trim(),
  };
  expect(answer).toEqual({
    invoice: {
      id: invoice.id,
      status: 'PARTIALLY_PAID',
      amount: { amount: '100.00' },
      originalAmount: { amount: '120.00' },
    },
    revision: { id: expect.any(String), paidAmount: { amount: '30.00' }, ...revision },
    userErrors: [],
  });
  const adjustment = { description: 'Adjustment', amount: { amount: '-16.67' }, tax: { amount: '-3.33' } };
  const [line] = before.lines;
  expect(await read(company, INVOICE, invoice.id)).toEqual({
    ...before,
    status: 'PARTIALLY_PAID',
    amount: { amount: '100.00' },
    net: { amount: '83.33' },
    tax: { amount: '16.67' },
    updatedAt: '2026-03-15T15:01:00.001+03:00',
    lines: [line, { ...line, ...adjustment, unit: 'adjustment', unitPrice: '-16.67' }],
    revisions: [
      {
        ...revision,
        paidAmount: { amount: '30.00', currency: 'EUR' },
        lines: [{ description: 'Balance top-up', amount: { amount: '100.00' }, tax: { amount: '20.00' } }, adjustment],
      },
    ],
  });
});

test('[INV-08] [INV-12] [REV-06] each revision has documents of its own, and all earlier ones stay to the last byte', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('120', 'i');
  const issued = await read(company, DOCUMENTS, invoice.id);
  expect(issued.originalPdf.sha256).toBe(issued.pdf.sha256);
  const kept = new Map<string, Buffer>();
  for (const link of [issued.pdf, issued.ubl]) kept.set(link.sha256, await download(service, link));
  for (const expectedRevision of [0, 1]) {
    const amount = String(100 - expectedRevision);
    await revise(service, company.id, { invoiceId: invoice.id, expectedRevision, amount });
    const now = await read(company, DOCUMENTS, invoice.id);
    const latest = now.revisions.at(-1);
    expect([latest.pdf.sha256, latest.ubl.sha256]).toEqual([now.pdf.sha256, now.ubl.sha256]);
    const name = `${invoice.number}_2026-03-15_revision-${expectedRevision + 1}`;
    expect([now.pdf.fileName, now.ubl.fileName]).toEqual([`${name}.pdf`, `${name}.xml`]);
    expect([now.pdf.contentType, now.ubl.contentType]).toEqual(['application/pdf', 'application/xml']);
    for (const link of [now.pdf, now.ubl]) kept.set(link.sha256, await download(service, link));
  }
  const last = await read(company, DOCUMENTS, invoice.id);
  const links = [last.originalPdf, last.originalUbl, ...last.revisions.flatMap((one: object) => Object.values(one))];
  expect(new Set(links.map(({ sha256 }) => sha256))).toEqual(new Set(kept.keys()));
  for (const link of links) {
    const bytes = await download(service, link);
    expect(bytes).toEqual(kept.get(link.sha256));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(link.sha256);
  }
});

test('[INV-12] of revisions that were made from the same state one stands, and the others are told to look again', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  const answers = await Promise.all(
    ['10', '20', '30', '40'].map((amount) => revise(service, company.id, { invoiceId: invoice.id, amount })),
  );
  const refused = answers.filter(({ userErrors }) => userErrors.length > 0);
  expect(refused).toHaveLength(3);
  expect(refused[0]).toEqual({
    invoice: null,
    revision: null,
    userErrors: [
      {
        field: ['input', 'expectedRevision'],
        code: 'CONFLICT',
        message: `expectedRevision: invoice ${invoice.number} has revision 1 as its latest, not 0; look at it again, then repeat this.`,
      },
    ],
  });
  const { revisions, amount } = await read(company, INVOICE, invoice.id);
  expect(revisions).toHaveLength(1);
  expect(amount).toEqual(revisions[0].amount);
});

test('[INV-12] payments and what a revision states count together for the status, and money moves by payments only', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  const step = async (input: object) =>
    (await revise(service, company.id, { invoiceId: invoice.id, ...input })).invoice.status;
  expect(await step({ paidAmount: '40' })).toBe('PARTIALLY_PAID');
  await pay(service, company.id, { invoiceNumber: invoice.number, amount: '60', idempotencyKey: 'p' });
  expect((await read(company, INVOICE, invoice.id)).status).toBe('PAID');
  expect(await step({ expectedRevision: 1, paidAmount: '0' })).toBe('PARTIALLY_PAID');
  expect(await step({ expectedRevision: 2, amount: '60' })).toBe('PAID');
  expect(await step({ expectedRevision: 3, amount: '0', paidAmount: '0' })).toBe('PAID');
  const { data } = await company.ask('{ company { balance { amount { amount } } } }');
  expect(data.company.balance.amount.amount).toBe('60.00');
});

test('[REV-03] [REV-04] a revision keeps the name and the address that its author had then', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  await revise(service, company.id, { invoiceId: invoice.id }, await staffToken(service, 'Ann Lee', 'ann@example.com'));
  const married = await staffToken(service, 'Ann Smith', 'ann.smith@example.com');
  await revise(service, company.id, { invoiceId: invoice.id, expectedRevision: 1 }, married);
  const { revisions } = await read(company, INVOICE, invoice.id);
  expect(revisions.map(({ revisedBy }: { revisedBy: object }) => revisedBy)).toEqual([
    { fullName: 'Ann Lee', email: 'ann@example.com' },
    { fullName: 'Ann Smith', email: 'ann.smith@example.com' },
  ]);
});

test.each([
  [{ amount: '-1' }, 'amount', 'INVALID_AMOUNT', 'amount: -1 is below 0; give 0 or more.'],
  [{ amount: '1.001' }, 'amount', 'INVALID_AMOUNT', 'amount: 1.001 has more decimals than EUR; give at most 2.'],
  [
    { paidAmount: '0.001' },
    'paidAmount',
    'INVALID_AMOUNT',
    'paidAmount: 0.001 has more decimals than EUR; give at most 2.',
  ],
  [
    { comment: 'x'.repeat(1001) },
    'comment',
    'INVALID_COMMENT',
    'comment: give a plain text of at most 1000 characters.',
  ],
  [{ comment: 'a\0' }, 'comment', 'INVALID_COMMENT', 'comment: give a plain text of at most 1000 characters.'],
  [
    { invoiceId: 'no\0ne' },
    'invoiceId',
    'INVOICE_NOT_FOUND',
    'invoiceId: the company has no invoice "no\\u0000ne"; take an id from its list.',
  ],
  [
    { companyId: '99' },
    'companyId',
    'COMPANY_NOT_FOUND',
    'companyId: there is no company "99" that this token may book for; give the number of a registered one.',
  ],
])('[INV-12] a revision with %j is refused by its place, and nothing happens', async (input, field, code, message) => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  const answer = await revise(service, company.id, { invoiceId: invoice.id, ...input });
  expect(answer).toEqual({ invoice: null, revision: null, userErrors: [{ field: ['input', field], code, message }] });
  expect((await read(company, INVOICE, invoice.id)).revisions).toEqual([]);
});

test('[INV-12] [REV-03] invoices are revised by finance staff that says who it is, and an invoice of another company is not found', async () => {
  const company = await openCompany(service);
  const other = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  const input = { companyId: company.id, invoiceId: invoice.id, expectedRevision: 0, reason: 'OTHER', paidAmount: '0' };
  const nameless = await service.graph(await tokenOf(service, 'staff:finance'), REVISE_INVOICE, { input });
  expect(nameless.errors?.[0]).toMatchObject({
    message: 'this token does not say who acts; use a token of a member of staff that carries name and email.',
    extensions: { code: 'FORBIDDEN' },
  });
  const own = await company.ask(REVISE_INVOICE, { input });
  expect(own.errors?.[0]?.message).toBe('this needs a token with the scope staff:finance.');
  const { userErrors } = await revise(service, other.id, { invoiceId: invoice.id });
  expect(userErrors).toMatchObject([{ code: 'INVOICE_NOT_FOUND' }]);
});
