import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { DETAILS, openCompany, tokenOf, UPDATE_DETAILS } from '../billing.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const FIELDS = 'legalName taxId country city street postalCode bankName bankAccount';
const COMPANY = `query($id: ID) { company(id: $id) { balance { amount { amount currency } asOf } details { ${FIELDS} } billingReadiness { ready missingFields } } }`;

test('[TOP-01] [TOP-07] a company begins with nothing on its account and all of its details missing', async () => {
  const company = await openCompany(service, { details: false });
  const { data, errors } = await company.ask(COMPANY);
  expect(errors).toBeUndefined();
  expect(data.company).toEqual({
    balance: { amount: { amount: '0.00', currency: 'EUR' }, asOf: '2026-03-15T15:00:00.000+03:00' },
    details: Object.fromEntries(FIELDS.split(' ').map((field) => [field, null])),
    billingReadiness: { ready: false, missingFields: FIELDS.split(' ') },
  });
});

test('[TOP-07] details are given bit by bit: what is left out stays, null and blanks clear', async () => {
  const company = await openCompany(service);
  const change = { city: '  Köln ', taxId: null, street: '   ', country: 'germany' };
  const { data } = await company.ask(UPDATE_DETAILS, { input: change });
  expect(data.updateCompanyDetails).toEqual({
    company: {
      details: { ...DETAILS, city: 'Köln', taxId: null, street: null, country: 'DE' },
      billingReadiness: { ready: false, missingFields: ['taxId', 'street'] },
    },
    userErrors: [],
  });
});

test.each([
  ['ru', 'RU'],
  ['Россия', 'RU'],
  ['United States', 'US'],
])('the country %s is kept as %s', async (country, code) => {
  const company = await openCompany(service, { details: false });
  const { data } = await company.ask(UPDATE_DETAILS, { input: { country } });
  expect(data.updateCompanyDetails.company.details.country).toBe(code);
});

test('[TOP-07] details that do not hold are refused field by field, and nothing changes', async () => {
  const company = await openCompany(service);
  const input = { city: 'Riga', postalCode: 'x'.repeat(201), street: 'two\nlines', country: 'Atlantis' };
  const { data } = await company.ask(UPDATE_DETAILS, { input });
  const text = (field: string) => ({
    field: ['input', field],
    code: 'INVALID_TEXT',
    message: `${field}: give a text of at most 200 characters in one line.`,
  });
  expect(data.updateCompanyDetails).toEqual({
    company: null,
    userErrors: [
      {
        field: ['input', 'country'],
        code: 'INVALID_COUNTRY',
        message: 'country: "Atlantis" is not a country; give its ISO 3166-1 code, such as LV, or its English name.',
      },
      text('street'),
      text('postalCode'),
    ],
  });
  expect((await company.ask(COMPANY)).data.company.details).toEqual(DETAILS);
});

test('[TOP-01] finance staff reads any company; others see only their own', async () => {
  const company = await openCompany(service);
  const variables = { id: company.id };
  const staff = await service.graph(await tokenOf(service, 'staff:finance'), COMPANY, variables);
  expect(staff.data.company).toMatchObject({ details: DETAILS, billingReadiness: { ready: true, missingFields: [] } });

  const other = await openCompany(service);
  const refused = await other.ask(COMPANY, variables);
  expect([refused.data.company, refused.errors?.[0]?.extensions.code]).toEqual([null, 'NOT_FOUND']);

  const token = await service.token({ companyId: other.id, scopes: ['staff:platform', 'billing:read'] });
  const platform = await service.graph(token, COMPANY, variables);
  expect([platform.data.company, platform.errors?.[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
});

test.each(['balance { asOf }', `details { ${FIELDS} }`, 'billingReadiness { ready }'])(
  '%s needs the scope billing:read',
  async (field) => {
    const { id } = await openCompany(service);
    const token = await service.token({ companyId: id, scopes: ['stats:read', 'billing:write', 'payments:write'] });
    const { errors } = await service.graph(token, `{ company { ${field} } }`);
    expect(errors?.[0]).toMatchObject({
      message: 'this needs a token with the scope billing:read or staff:finance.',
      extensions: { code: 'FORBIDDEN' },
    });
  },
);

test('details are changed by tokens with billing:write only', async () => {
  const { id } = await openCompany(service);
  const token = await service.token({ companyId: id, scopes: ['billing:read', 'staff:finance'] });
  const { errors } = await service.graph(token, UPDATE_DETAILS, { input: {} });
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
