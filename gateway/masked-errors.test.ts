import { type OpenedGateway, openGateway, ownCompany, post, stubSubgraph } from './opened-gateway.test-support.ts';

const SECRET = 'SELECT price FROM messages failed at http://10.0.0.1:4001/graphql: password=hunter2';
const MASKED = 'something went wrong here; it has been logged.';

let gateway: OpenedGateway | undefined;
afterEach(() => gateway?.stop());

/** Asks a gateway in front of a subgraph that answers with this error. */
async function askPast(error: object, data: object | null = { company: null }) {
  gateway = await openGateway({
    connections: [
      stubSubgraph('billing', { execute: async () => ({ data, errors: [error] }) as never }),
      stubSubgraph('messaging-stats'),
    ],
  });
  return post(gateway.url, { query: '{ company { id } }' }, { authorization: `Bearer ${await gateway.token()}` });
}

test('an error of a subgraph leaves with its code, its service and the argument at fault, and nothing else', async () => {
  const { status, body } = await askPast({
    message: 'id: is no company; give another.',
    path: ['company'],
    locations: [{ line: 1, column: 3 }],
    extensions: {
      code: 'NOT_FOUND',
      field: ['id'],
      stacktrace: ['Error: at /srv/app/company.ts:7'],
      exception: { sql: SECRET },
      serviceName: 'forged',
    },
  });
  expect([status, body]).toEqual([
    200,
    {
      data: { company: null },
      errors: [
        {
          message: 'id: is no company; give another.',
          path: ['company'],
          extensions: { code: 'NOT_FOUND', service: 'billing', field: ['id'] },
        },
      ],
    },
  ]);
});

test.each([
  ['no code at all', {}],
  ['a code of its own', { code: '42P01' }],
  ['a code that is no text', { code: 7 }],
  ['the code of a fault of the service', { code: 'INTERNAL_SERVER_ERROR' }],
  ['a code that means something to the gateway', { code: 'DOWNSTREAM_SERVICE_ERROR' }],
])('an error with %s is masked, and logged as it was', async (_, extensions) => {
  const { text, body } = await askPast({
    message: SECRET,
    path: ['company'],
    extensions: { ...extensions, sql: SECRET },
  });
  expect(body).toEqual({
    data: { company: null },
    errors: [{ message: MASKED, path: ['company'], extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'billing' } }],
  });
  expect(text).not.toMatch(/hunter2|10\.0\.0\.1|SELECT|stacktrace|serviceName/);
  expect(JSON.stringify(gateway?.logged)).toContain('hunter2');
});

test('an error in the gateway itself is masked, and logged as it was', async () => {
  gateway = await openGateway({
    verifyToken: async () => {
      throw new TypeError(SECRET);
    },
  });
  const { status, body } = await post(gateway.url, { query: '{ __typename }' }, { authorization: 'Bearer x' });
  expect([status, body]).toEqual([
    500,
    { errors: [{ message: MASKED, extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
  ]);
  expect(JSON.stringify(gateway.logged)).toContain('hunter2');
});

test('an answer that does not fit the schema is emptied, and nothing is told of it', async () => {
  gateway = await openGateway({
    connections: [
      stubSubgraph('billing', { execute: async () => ({ data: { company: { name: { secret: SECRET } } } }) }),
      stubSubgraph('messaging-stats'),
    ],
  });
  const authorization = `Bearer ${await gateway.token()}`;
  const { text } = await post(gateway.url, { query: '{ company { name } }' }, { authorization });
  expect(text).not.toContain('hunter2');
});

test('what a client asked for in headers does not show more', async () => {
  gateway = await openGateway({
    connections: [stubSubgraph('billing', { execute: ownCompany }), stubSubgraph('messaging-stats')],
  });
  const headers = { authorization: `Bearer ${await gateway.token()}`, 'apollo-federation-include-trace': 'ftv1' };
  const answer = await post(
    gateway.url,
    { query: '{ company { id } }' },
    { ...headers, 'apollo-query-plan-experimental': '1' },
  );
  expect(answer.body).toEqual({ data: { company: { id: '7' } } });
});
