import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { Database, roleUrl } from '#platform/database';
import { RunningSubgraph } from '#platform/federation';
import { type Identity, SCOPE_NAMES, type Scope } from '#platform/identity';
import { TEST_ROLE_SECRET } from '../../../tests/support/test-database.ts';
import { NO_FILES } from '../../../tests/support/test-files.ts';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { billing } from '../subgraph.ts';

let service: TestService;
let database: Database;
let subgraph: RunningSubgraph;
let company: TestCompany;
let other: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  const url = roleUrl(service.ownerUrl, billing.schema, TEST_ROLE_SECRET);
  database = new Database({ url, applicationName: 'billing', poolSize: 2, connectTimeoutMs: 10_000 });
  subgraph = await RunningSubgraph.start(billing, {
    config: readConfig({}),
    database,
    files: NO_FILES,
    clock: service.clock,
    logger: pino({ level: 'silent' }),
  });
  [company, other] = [await service.company(), await service.company({ timeZone: 'Asia/Tokyo', currency: 'JPY' })];
});
afterAll(async () => {
  await database.close();
  await service.stop();
});

const FIELDS = 'id name timeZone currency';
const STAFF = SCOPE_NAMES.filter((scope) => scope.startsWith('staff:'));
const OTHERS = SCOPE_NAMES.filter((scope) => !scope.startsWith('staff:'));
const shown = ({ id }: TestCompany, timeZone = 'Europe/Moscow', currency = 'EUR') => {
  return { id, name: `Company ${id}`, timeZone, currency };
};

async function ask(identity: Partial<Identity>, id?: string | null) {
  const token = await service.token(identity);
  const query = `query Q($id: ID) { company(id: $id) { ${FIELDS} } }`;
  const { data, errors } = await service.graph(token, query, { id });
  return { company: data.company, errors };
}

const refused = (code: string, message: string, field?: string[]) => ({
  company: null,
  errors: [{ message, path: ['company'], extensions: { code, service: 'billing', ...(field && { field }) } }],
});
const unseen = (id: string) =>
  refused('NOT_FOUND', `there is no company ${JSON.stringify(id)} that this token may see.`, ['id']);

test.each<[string, readonly Scope[]]>([
  ['no scope at all', []],
  ['all scopes but those of staff', OTHERS],
])('[GEN-09] [GEN-10] [GEN-11] a token with %s is answered with its own company, named or not', async (_, scopes) => {
  const identity = { companyId: company.id, scopes };
  expect(await ask(identity)).toEqual({ company: shown(company), errors: undefined });
  expect(await ask(identity, null)).toEqual({ company: shown(company), errors: undefined });
  expect(await ask(identity, company.id)).toEqual({ company: shown(company), errors: undefined });
});

test('[GEN-09] a token sees no company but its own, whatever it names', async () => {
  for (const id of [
    other.id,
    '987654321',
    '0',
    '-1',
    '',
    ` ${company.id}`,
    `0${company.id}`,
    `${company.id}.0`,
    'abc',
  ]) {
    expect(await ask({ companyId: company.id, scopes: OTHERS }, id)).toEqual(unseen(id));
  }
});

test('[GEN-09] a long id is not repeated whole', async () => {
  const { errors } = await ask({ companyId: company.id, scopes: [] }, '9'.repeat(5000));
  expect(errors?.[0]?.message).toBe(`there is no company "${'9'.repeat(40)}" that this token may see.`);
});

test.each(STAFF)(
  '[GEN-09] staff with %s may name any company, with a company of their own or without',
  async (scope) => {
    const tokyo = { company: shown(other, 'Asia/Tokyo', 'JPY'), errors: undefined };
    expect(await ask({ scopes: [scope] }, other.id)).toEqual(tokyo);
    expect(await ask({ companyId: company.id, scopes: [scope] }, other.id)).toEqual(tokyo);
    expect(await ask({ companyId: company.id, scopes: [scope] })).toEqual({
      company: shown(company),
      errors: undefined,
    });
    expect(await ask({ scopes: [scope] })).toEqual(
      refused('FORBIDDEN', 'this token names no company; use a token with a company_id.'),
    );
    const message =
      'company 987654321 is not registered; register it with: npm run company -- --id 987654321 --name NAME --time-zone ZONE --currency CODE (or with the mutation registerCompany).';
    expect(await ask({ scopes: [scope] }, '987654321')).toEqual(refused('UNKNOWN_COMPANY', message));
    expect(await ask({ scopes: [scope] }, 'abc')).toEqual(unseen('abc'));
  },
);

/** Asks billing itself, as the gateway does for what another subgraph refers to. */
async function resolve(identity: Partial<Identity>, ids: (string | null)[]) {
  const { data, errors } = await subgraph.execute(
    {
      query: `query($r: [_Any!]!) { _entities(representations: $r) { ... on Company { ${FIELDS} } } }`,
      variables: { r: ids.map((id) => ({ __typename: 'Company', id })) },
    },
    { identity: { subject: 'test', scopes: [], ...identity }, requestId: 'test' },
  );
  const faults = errors?.map(({ path, extensions }) => `${path?.join('.')} ${extensions?.['code']}`);
  return JSON.parse(JSON.stringify({ entities: data?.['_entities'], faults }));
}

test('[GEN-09] a reference to a company resolves for its own token, and for no other', async () => {
  expect(await resolve({ companyId: company.id }, [company.id, other.id, '987654321', company.id])).toEqual({
    entities: [shown(company), null, null, shown(company)],
    faults: ['_entities.1 NOT_FOUND', '_entities.2 NOT_FOUND'],
  });
  expect(await resolve({ companyId: company.id, scopes: OTHERS }, [other.id])).toEqual({
    entities: [null],
    faults: ['_entities.0 NOT_FOUND'],
  });
  expect(await resolve({}, [company.id])).toEqual({ entities: [null], faults: ['_entities.0 NOT_FOUND'] });
});

test('[GEN-09] a reference to a company resolves for staff', async () => {
  const scopes: Scope[] = ['staff:finance'];
  expect(await resolve({ scopes }, [company.id, other.id, '987654321'])).toEqual({
    entities: [shown(company), shown(other, 'Asia/Tokyo', 'JPY'), null],
    faults: ['_entities.2 UNKNOWN_COMPANY'],
  });
});

test.each([['abc'], [''], [null], ["1' OR '1'='1"]])(
  'a reference to the company %j resolves to nothing',
  async (id) => {
    const { entities } = await resolve({ companyId: company.id, scopes: SCOPE_NAMES }, [id]);
    expect(entities).toEqual([null]);
  },
);

test('a reference to a type that billing does not have is refused', async () => {
  const query = 'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
  const caller = { identity: { subject: 'test', companyId: company.id, scopes: [] }, requestId: 'test' };
  for (const __typename of ['Query', 'Money', '__proto__', 'constructor', undefined]) {
    const { data, errors } = await subgraph.execute({ query, variables: { r: [{ __typename, id: '1' }] } }, caller);
    expect(data ?? null).toEqual(data ? { _entities: [null] } : null);
    expect(errors).toHaveLength(1);
  }
});
