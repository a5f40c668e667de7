import { Client } from 'pg';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';

let service: TestService;
let staff: string;
let database: Client;
beforeAll(async () => {
  service = await startTestService();
  staff = await service.token({ scopes: ['staff:platform'] });
  database = new Client({ connectionString: service.ownerUrl });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await service.stop();
});

const REGISTER = `mutation Register($input: RegisterCompanyInput!) {
  registerCompany(input: $input) { company { id name timeZone currency } userErrors { field code message } }
}`;

const registration = (changes: object) => ({
  id: '1',
  name: 'Acme',
  timeZone: 'Europe/Moscow',
  currency: 'EUR',
  ...changes,
});

async function register(changes: object) {
  const { data, errors } = await service.graph(staff, REGISTER, { input: registration(changes) });
  expect(errors).toBeUndefined();
  return data.registerCompany;
}

/** The row as it stands, or undefined. */
async function stored(id: string) {
  const { rows } = await database.query(
    'SELECT name, time_zone, currency, version, registered_at FROM billing.companies WHERE company_id = $1',
    [id],
  );
  return rows[0];
}

test('[GEN-09] [GEN-10] [GEN-11] registers a company with its zone and its currency', async () => {
  const input = registration({ id: '10' });
  expect(await register(input)).toEqual({ company: input, userErrors: [] });
  expect(await stored('10')).toEqual({
    name: 'Acme',
    time_zone: 'Europe/Moscow',
    currency: 'EUR',
    version: '1',
    registered_at: new Date(service.clock.now()),
  });
});

test('the same registration again changes nothing', async () => {
  await register({ id: '11' });
  const before = await stored('11');
  service.clock.set(service.clock.now() + 1000);
  expect(await register({ id: '11' })).toEqual({ company: registration({ id: '11' }), userErrors: [] });
  expect(await stored('11')).toEqual(before);
});

test('[GEN-10] every change of name or zone advances the version, which answers that are kept depend on', async () => {
  await register({ id: '12' });
  const { registered_at } = await stored('12');
  expect((await register({ id: '12', name: 'Acme Ltd' })).company.name).toBe('Acme Ltd');
  expect((await register({ id: '12', name: 'Acme Ltd', timeZone: 'Asia/Kolkata' })).company.timeZone).toBe(
    'Asia/Kolkata',
  );
  await register({ id: '12', name: 'Acme', timeZone: 'Europe/Berlin' });
  const row = { name: 'Acme', time_zone: 'Europe/Berlin', currency: 'EUR', version: '4', registered_at };
  expect(await stored('12')).toEqual(row);
});

test('[GEN-10] queries go by the new zone as soon as the change is answered', async () => {
  const company = await service.company({ timeZone: 'Europe/Moscow' });
  const ask = async () => {
    const { data } = await company.graph('{ messagingStats(period: { preset: TODAY }) { period { from timeZone } } }');
    return data.messagingStats.period;
  };
  expect(await ask()).toEqual({ from: '2026-03-15T00:00:00.000+03:00', timeZone: 'Europe/Moscow' });
  await register({ id: company.id, timeZone: 'Pacific/Auckland' });
  expect(await ask()).toEqual({ from: '2026-03-16T00:00:00.000+13:00', timeZone: 'Pacific/Auckland' });
});

test('[GEN-11] the currency never changes, and nothing else changes with it', async () => {
  await register({ id: '13' });
  const before = await stored('13');
  expect(await register({ id: '13', name: 'Other', currency: 'USD' })).toEqual({
    company: null,
    userErrors: [
      {
        field: ['input', 'currency'],
        code: 'CURRENCY_IMMUTABLE',
        message: 'company 13 has the currency EUR, which never changes; register another company for another currency.',
      },
    ],
  });
  expect(await stored('13')).toEqual(before);
});

test('of many registrations at once one registers, and a later one with another currency never wins', async () => {
  const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'EUR', 'USD', 'GBP', 'CHF'];
  const results = await Promise.all(currencies.map((currency) => register({ id: '14', currency })));
  const { currency, version } = await stored('14');
  expect(version).toBe('1');
  expect(results.map(({ company }) => company?.currency ?? null)).toEqual(
    currencies.map((one) => (one === currency ? currency : null)),
  );
});

test('mutations of one request run one after another in their order', async () => {
  const query = `mutation($a: RegisterCompanyInput!, $b: RegisterCompanyInput!, $c: RegisterCompanyInput!) {
    one: registerCompany(input: $a) { company { name } }
    two: registerCompany(input: $b) { company { name } userErrors { code } }
    three: registerCompany(input: $c) { company { name } }
  }`;
  const [a, b, c] = ['A', 'B', 'C'].map((name) => registration({ id: '15', name }));
  const { data } = await service.graph(staff, query, { a, b: { ...b, currency: 'USD' }, c });
  expect(data).toEqual({
    one: { company: { name: 'A' } },
    two: { company: null, userErrors: [{ code: 'CURRENCY_IMMUTABLE' }] },
    three: { company: { name: 'C' } },
  });
  expect(await stored('15')).toMatchObject({ name: 'C', version: '2' });
});

test.each(['0', '-1', '01', '1.5', 'abc', ' 1', '9223372036854775808', ''])('the number %j is refused', async (id) => {
  const message = `${JSON.stringify(id)} is not a company number; give a whole number from 1 to 2^63-1.`;
  expect(await register({ id })).toEqual({
    company: null,
    userErrors: [{ field: ['input', 'id'], code: 'INVALID_ID', message }],
  });
});

test('the greatest number is registered', async () => {
  expect((await register({ id: '9223372036854775807' })).company.id).toBe('9223372036854775807');
});

test.each(['', '   ', '\n\t', 'x'.repeat(201), 'a\u0000b', 'half a character \ud83d'])(
  'the name %j is refused',
  async (name) => {
    expect(await register({ id: '16', name })).toEqual({
      company: null,
      userErrors: [{ field: ['input', 'name'], code: 'INVALID_NAME', message: 'give a name of 1 to 200 characters.' }],
    });
    expect(await stored('16')).toBeUndefined();
  },
);

test.each(['x', '😀'.repeat(200), 'Rhône "é" \'; DROP TABLE billing.companies; --', 'ООО «Ромашка»'])(
  'the name %j is kept letter by letter',
  async (name) => {
    expect((await register({ id: '17', name })).company.name).toBe(name);
    expect((await stored('17')).name).toBe(name);
  },
);

test('all faults of a registration are named at once', async () => {
  const { userErrors } = await register({ id: '0', name: '' });
  expect(userErrors.map(({ field, code }: { field: string[]; code: string }) => [field, code])).toEqual([
    [['input', 'id'], 'INVALID_ID'],
    [['input', 'name'], 'INVALID_NAME'],
  ]);
});

test.each([
  [
    'timeZone',
    '+03:00',
    '"+03:00" is not a TimeZone: write an IANA name such as Europe/Moscow; bare offsets are refused, because they do not know daylight saving.',
  ],
  [
    'timeZone',
    'UTC+3',
    '"UTC+3" is not a TimeZone: write an IANA name such as Europe/Moscow; bare offsets are refused, because they do not know daylight saving.',
  ],
  [
    'timeZone',
    'Mars/Olympus',
    '"Mars/Olympus" is not a TimeZone: write an IANA name such as Europe/Moscow; bare offsets are refused, because they do not know daylight saving.',
  ],
  ['currency', 'eur', '"eur" is not a Currency: write an ISO 4217 code in capitals, such as EUR.'],
  ['currency', 'XYZ', '"XYZ" is not a Currency: write an ISO 4217 code in capitals, such as EUR.'],
  ['currency', '', '"" is not a Currency: write an ISO 4217 code in capitals, such as EUR.'],
])('[GEN-10] [GEN-11] the %s %j is refused with the remedy', async (field, value, remedy) => {
  const { data, errors } = await service.graph(staff, REGISTER, { input: registration({ id: '18', [field]: value }) });
  expect(data).toEqual({ registerCompany: null });
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.message).toContain(remedy);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', service: 'billing' });
  expect(await stored('18')).toBeUndefined();
});

test('[GEN-09] nobody registers a company without the scope, not even the company itself', async () => {
  const { id } = await service.company();
  const before = await stored(id);
  const token = await service.token({ companyId: id, scopes: ['staff:finance', 'billing:write', 'stats:read'] });
  const { data, errors } = await service.graph(token, REGISTER, { input: registration({ id, name: 'Mine' }) });
  expect(data).toEqual({ registerCompany: null });
  expect(errors?.[0]).toMatchObject({
    message: 'this needs a token with the scope staff:platform.',
    extensions: { code: 'FORBIDDEN', service: 'billing' },
  });
  expect(await stored(id)).toEqual(before);
});
