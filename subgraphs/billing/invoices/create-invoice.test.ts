import { createHash } from 'node:crypto';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { CREATE_INVOICE, DETAILS, openCompany, UPDATE_DETAILS } from '../billing.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ INVOICE_MAX_AMOUNT: '5000.50' });
});
afterAll(() => service.stop());

const PARTY = 'name taxId address street city postalCode country bankName bankAccount';
const MONEY = 'amount currency';
const INVOICE = `id kind status number fileName amount { ${MONEY} } originalAmount { ${MONEY} } net { amount } tax { amount }
  rounding { amount } paid { amount } periodStart periodEnd createdAt updatedAt supplier { ${PARTY} } buyer { ${PARTY} }
  lines { service description unit quantity unitPrice amount { amount } taxRate tax { amount } }
  pdf { fileName contentType url expiresAt sizeBytes sha256 } transactions { id }`;
const CREATE = `mutation($input: CreateInvoiceInput!) {
  createInvoice(input: $input) { invoice { ${INVOICE} } userErrors { field code message } }
}`;

test('[TOP-02] [TOP-03] [TOP-04] [INV-03] [INV-04] [INV-05] [INV-07] [INV-09] an amount becomes an invoice with all that it was issued with', async () => {
  const company = await openCompany(service);
  const { data, errors } = await company.ask(CREATE, { input: { amount: '100.00', idempotencyKey: 'first' } });
  expect(errors).toBeUndefined();
  const { invoice } = data.createInvoice;
  const party = (name: string, address: string, rest: object) => ({ name, address, ...rest });
  const { legalName, ...rest } = DETAILS;
  expect(invoice).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    kind: 'TOP_UP',
    status: 'OPEN',
    number: expect.stringMatching(/^T-2026-\d{6}$/),
    fileName: `${invoice.number}_2026-03-15.pdf`,
    amount: { amount: '100.00', currency: 'EUR' },
    originalAmount: { amount: '100.00', currency: 'EUR' },
    net: { amount: '83.33' },
    tax: { amount: '16.67' },
    rounding: { amount: '0.00' },
    paid: { amount: '0.00' },
    periodStart: null,
    periodEnd: null,
    createdAt: '2026-03-15T15:00:00.000+03:00',
    // The document has come since, in the same millisecond.
    updatedAt: '2026-03-15T15:00:00.001+03:00',
    supplier: party('Example Communications Ltd', '1 Example Street, LV-1010 Riga, LV', {
      taxId: 'EX123456789',
      street: '1 Example Street',
      city: 'Riga',
      postalCode: 'LV-1010',
      country: 'LV',
      bankName: 'Example Bank',
      bankAccount: 'LV00EXAM0000000000000',
    }),
    buyer: party(legalName, 'ул. Ленина, 1, 101000 Москва, RU', rest),
    lines: [
      {
        service: null,
        description: 'Balance top-up',
        unit: 'payment',
        quantity: '1',
        unitPrice: '83.33',
        amount: { amount: '83.33' },
        taxRate: '0.2',
        tax: { amount: '16.67' },
      },
    ],
    pdf: expect.objectContaining({ fileName: invoice.fileName, contentType: 'application/pdf' }),
    transactions: [],
  });
});

test('[TOP-05] [INV-08] its document is downloaded by a link that needs no token and expires', async () => {
  const company = await openCompany(service);
  const { data } = await company.ask(CREATE, { input: { amount: '100', idempotencyKey: 'first' } });
  const { pdf } = data.createInvoice.invoice;
  const response = await fetch(service.url + pdf.url);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(response.headers.get('content-disposition')).toContain(pdf.fileName);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect([pdf.sizeBytes, pdf.sha256]).toEqual([bytes.length, createHash('sha256').update(bytes).digest('hex')]);
  expect(Date.parse(pdf.expiresAt)).toBe(service.clock.now() + 900_000);

  const altered = await fetch(service.url + pdf.url.replace(`/${company.id}/`, '/1/'));
  expect(altered.status).toBe(403);
  const now = service.clock.now();
  service.clock.set(now + 900_000);
  const expired = await fetch(service.url + pdf.url);
  service.clock.set(now);
  expect([expired.status, await expired.json()]).toMatchObject([
    403,
    { error: { message: 'this link has expired; ask the graph for a new one.' } },
  ]);
});

test('[INV-09] an invoice keeps what it was issued with, whatever the details become', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('10', 'first');
  const read = `query($id: ID!) { invoice(id: $id) { ${INVOICE} } }`;
  const before = (await company.ask(read, { id: invoice.id })).data.invoice;
  await company.ask(UPDATE_DETAILS, { input: { legalName: 'Another', city: 'Riga', country: 'LV' } });
  expect((await company.ask(read, { id: invoice.id })).data.invoice).toEqual(before);
});

test('[TOP-03] the minor unit is the currency’s own, and what rounding leaves over is shown', async () => {
  const yen = await openCompany(service, { currency: 'JPY' });
  expect((await yen.createInvoice('1000', 'whole')).userErrors).toEqual([]);
  expect((await yen.createInvoice('1000.5', 'half')).userErrors[0].message).toBe(
    'amount: 1000.5 has more decimals than JPY; give at most 0.',
  );
  const company = await openCompany(service);
  const { data } = await company.ask(CREATE, { input: { amount: '0.03', idempotencyKey: 'tiny' } });
  expect(data.createInvoice.invoice).toMatchObject({
    amount: { amount: '0.03' },
    net: { amount: '0.03' },
    tax: { amount: '0.01' },
    rounding: { amount: '-0.01' },
  });
});

test.each([
  ['0', 'is not above 0; give an amount to pay.'],
  ['0.00', 'is not above 0; give an amount to pay.'],
  ['-5', 'is not above 0; give an amount to pay.'],
  ['10.005', 'has more decimals than EUR; give at most 2.'],
  ['10.000', 'has more decimals than EUR; give at most 2.'],
  ['5000.51', 'is above the greatest amount, 5000.50 EUR; give a smaller one.'],
  ['9'.repeat(30), 'is above the greatest amount, 5000.50 EUR; give a smaller one.'],
])('[TOP-03] the amount %s is refused', async (amount, fault) => {
  const company = await openCompany(service);
  expect(await company.createInvoice(amount, 'key')).toEqual({
    invoice: null,
    userErrors: [{ field: ['input', 'amount'], code: 'INVALID_AMOUNT', message: `amount: ${amount} ${fault}` }],
  });
});

test.each(['', 'x'.repeat(129), 'a\0b'])('[TOP-04] the key %j is refused', async (key) => {
  const company = await openCompany(service);
  const { userErrors } = await company.createInvoice('10', key);
  expect(userErrors).toMatchObject([{ field: ['input', 'idempotencyKey'], code: 'INVALID_IDEMPOTENCY_KEY' }]);
});

test('[TOP-04] a key sent again gives the same invoice, sent with another amount it is refused, and others may use it too', async () => {
  const company = await openCompany(service);
  const key = 'x'.repeat(128);
  const first = await company.createInvoice('10', key);
  expect(await company.createInvoice('10.00', key)).toEqual(first);
  expect(await company.createInvoice('11', key)).toEqual({
    invoice: null,
    userErrors: [
      {
        field: ['input', 'idempotencyKey'],
        code: 'IDEMPOTENCY_CONFLICT',
        message: 'idempotencyKey: this key was sent before with another input; use a new key for a new request.',
      },
    ],
  });
  const other = await openCompany(service);
  expect((await other.createInvoice('11', key)).invoice.id).not.toBe(first.invoice.id);
});

test('[TOP-04] of a key sent many times at once one invoice is made', async () => {
  const company = await openCompany(service);
  const answers = await Promise.all(Array.from({ length: 8 }, () => company.createInvoice('10', 'click')));
  expect(new Set(answers.map(({ invoice }) => invoice.id)).size).toBe(1);
  expect((await company.ask('{ invoices { totalCount } }')).data.invoices.totalCount).toBe(1);
});

test('[TOP-07] [TOP-08] without complete details no invoice is made: each missing one is named, and key and number stay free', async () => {
  const company = await openCompany(service);
  const before = await company.createInvoice('10', 'before');
  await company.ask(UPDATE_DETAILS, { input: { postalCode: null, bankName: '' } });
  const missing = (field: string) => ({
    field: ['company', 'details', field],
    code: 'COMPANY_DETAILS_INCOMPLETE',
    message: `${field} is missing in the company's details; fill it in (updateCompanyDetails), then create the invoice.`,
  });
  const refused = { invoice: null, userErrors: [missing('postalCode'), missing('bankName')] };
  expect(await company.createInvoice('10', 'after')).toEqual(refused);
  expect(await company.createInvoice('12', 'after')).toEqual(refused);
  // What was made before stays what its key leads to.
  expect(await company.createInvoice('10', 'before')).toEqual(before);
  await company.ask(UPDATE_DETAILS, { input: DETAILS });
  const after = await company.createInvoice('11', 'after');
  expect(Number(after.invoice.number.slice(-6))).toBe(Number(before.invoice.number.slice(-6)) + 1);
});

test('[TOP-02] invoices are made by tokens with billing:write only', async () => {
  const { id } = await openCompany(service);
  const token = await service.token({ companyId: id, scopes: ['billing:read', 'staff:finance', 'payments:write'] });
  const { errors } = await service.graph(token, CREATE_INVOICE, { input: { amount: '1', idempotencyKey: 'k' } });
  expect(errors?.[0]?.message).toBe('this needs a token with the scope billing:write.');
});
