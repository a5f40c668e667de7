import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildASTSchema, parse } from 'graphql';
import { SCOPE_NAMES, type Scope } from '#platform/identity';
import { SUBGRAPHS } from '../scripts/subgraphs.ts';
import { type GraphAnswer, startTestService, type TestService } from '../tests/support/test-service.ts';
import { send } from './opened-gateway.test-support.ts';
import { NO_IDS, rootQueries } from './whole-schema.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

/** Errors in an order of their own: the subgraphs answer in whatever order they are done. */
const byPath = (errors: GraphAnswer['errors']) =>
  errors?.toSorted((a, b) => (String(a.path) < String(b.path) ? -1 : 1));

const PERIOD = 'period: { preset: TODAY }';
const WEBHOOK = '{ url: "none", idempotencyKey: "key" }';
const INPUT = '{ id: "555", name: "Acme", timeZone: "UTC", currency: "EUR" }';

/** Every root field, and the scopes of which a token needs one; none: any token will do. */
const FIELDS: [string, string, string, Scope[]][] = [
  ['company', 'billing', '{ company { id } }', []],
  ['messagingStats', 'messaging-stats', `{ messagingStats(${PERIOD}) { currency } }`, ['stats:read']],
  ['messages', 'messaging-stats', `{ messages(${PERIOD}) { totalCount } }`, ['stats:read']],
  ['smsEstimate', 'messaging-stats', '{ smsEstimate(text: "x") { parts } }', ['stats:read']],
  ['deleteWebhook', 'billing', 'mutation { deleteWebhook(id: "none") { userErrors { code } } }', ['webhooks:write']],
  ['replayWebhook', 'billing', 'mutation { replayWebhook(id: "none") { userErrors { code } } }', ['webhooks:write']],
  [
    'registerWebhook',
    'billing',
    `mutation { registerWebhook(input: ${WEBHOOK}) { userErrors { code } } }`,
    ['webhooks:write'],
  ],
  ['reports', 'reports', '{ reports { totalCount } }', ['reports:read']],
  ['reportSchedules', 'reports', '{ reportSchedules { id } }', ['reports:read']],
  [
    'unscheduleReport',
    'reports',
    'mutation { unscheduleReport(id: "none") { userErrors { code } } }',
    ['reports:write'],
  ],
  ['deleteReport', 'reports', 'mutation { deleteReport(id: "none") { userErrors { code } } }', ['reports:write']],
  [
    'registerCompany',
    'billing',
    `mutation { registerCompany(input: ${INPUT}) { company { id } } }`,
    ['staff:platform'],
  ],
];

test.each(FIELDS)(
  '[GEN-09] %s is refused without its scope, by name, and answered with it',
  async (field, name, query, scopes) => {
    const { id: companyId } = await service.company();
    const without = await service.token({ companyId, scopes: SCOPE_NAMES.filter((scope) => !scopes.includes(scope)) });
    const refused = await service.graph(without, query);
    if (scopes.length > 0) {
      expect(refused.data).toEqual({ [field]: null });
      expect(refused.errors).toEqual([
        {
          message: `this needs a token with the scope ${scopes.join(' or ')}.`,
          path: [field],
          extensions: { code: 'FORBIDDEN', service: name },
        },
      ]);
    }
    const answered = await service.graph(await service.token({ companyId, scopes }), query);
    expect(answered.errors).toBeUndefined();
    expect(answered.data[field]).not.toBeNull();
  },
);

/** The scopes of which a token needs one for a root field of a subgraph. */
const SCOPES_OF: Record<string, Scope[]> = { billing: ['billing:read', 'staff:finance'], reports: ['reports:read'] };
/** Root fields that another scope opens than those of their subgraph; none: any token will do. */
const SCOPES_OF_FIELD: Record<string, Scope[]> = {
  company: [],
  webhooks: ['webhooks:write'],
  webhookDeliveries: ['webhooks:write'],
};

test.each(SUBGRAPHS.map(({ name }) => name))(
  '[GEN-09] no root field of %s is answered to a token that has every scope but its own',
  async (name) => {
    const { id: companyId } = await service.company();
    const queries = rootQueries(NO_IDS);
    for (const field of rootFieldsOf(name)) {
      const needed = SCOPES_OF_FIELD[field] ?? SCOPES_OF[name] ?? ['stats:read'];
      if (needed.length === 0) continue;
      const scopes = SCOPE_NAMES.filter((scope) => !needed.includes(scope));
      const { data, errors } = await service.graph(
        await service.token({ companyId, scopes }),
        queries.get(field) ?? '',
      );
      expect([data, errors?.map(({ path, extensions }) => [path, extensions.code])]).toEqual([
        { [field]: null },
        [[[field], 'FORBIDDEN']],
      ]);
    }
  },
);

/** Names of the root fields that a subgraph answers. */
function rootFieldsOf(name: string): string[] {
  const text = readFileSync(resolve(__dirname, `../schema/subgraphs/${name}.graphql`), 'utf8');
  const schema = buildASTSchema(parse(text), { assumeValidSDL: true });
  return Object.keys(schema.getQueryType()?.getFields() ?? {}).filter((field) => !field.startsWith('_'));
}

test('[GEN-09] a token without a company is refused where no company is named', async () => {
  const staff = await service.token({ scopes: [...SCOPE_NAMES] });
  const { data, errors } = await service.graph(
    staff,
    `{ company { id } messagingStats(${PERIOD}) { currency } messages(${PERIOD}) { totalCount } }`,
  );
  expect(data).toEqual({ company: null, messagingStats: null, messages: null });
  const refusal = (path: string, name: string) => ({
    message: 'this token names no company; use a token with a company_id.',
    path: [path],
    extensions: { code: 'FORBIDDEN', service: name },
  });
  expect(byPath(errors)).toEqual([
    refusal('company', 'billing'),
    refusal('messages', 'messaging-stats'),
    refusal('messagingStats', 'messaging-stats'),
  ]);
});

const remedy = (id: string) =>
  `company ${id} is not registered; register it with: npm run company -- --id ${id} --name NAME --time-zone ZONE --currency CODE (or with the mutation registerCompany).`;

test('[GEN-09] a company that is not registered is refused with the remedy, in queries and at ingest', async () => {
  const token = await service.token({ companyId: '404' });
  const { data, errors } = await service.graph(token, `{ company { id } messages(${PERIOD}) { totalCount } }`);
  const refusal = (path: string, name: string) => {
    return { message: remedy('404'), path: [path], extensions: { code: 'UNKNOWN_COMPANY', service: name } };
  };
  expect(data).toEqual({ company: null, messages: null });
  expect(byPath(errors)).toEqual([refusal('company', 'billing'), refusal('messages', 'messaging-stats')]);
  const ingest = await send(`${service.url}/ingest/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: '{}',
  });
  const requestId = ingest.headers.get('x-request-id');
  expect([ingest.status, ingest.body]).toEqual([
    403,
    { error: { code: 'UNKNOWN_COMPANY', message: remedy('404'), requestId } },
  ]);
});

test('[GEN-09] a token expires while the service runs', async () => {
  const { id: companyId } = await service.company();
  const token = await service.token({ companyId }, 60);
  const start = service.clock.now();
  service.clock.set(start + 59_000);
  expect((await service.graph(token, '{ company { id } }')).data).toEqual({ company: { id: companyId } });
  service.clock.set(start + 60_000);
  const { status, errors } = await service.graph(token, '{ company { id } }');
  service.clock.set(start);
  expect([status, errors]).toEqual([
    401,
    [{ message: 'the token has expired; get a new one.', extensions: { code: 'UNAUTHENTICATED' } }],
  ]);
});
