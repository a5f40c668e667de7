import { type OpenedGateway, openGateway, post, stubSubgraph } from './opened-gateway.test-support.ts';
import { QUERY_LIMITS } from './query-limits.ts';

let gateway: OpenedGateway;
let authorization: string;
let asked: string[];
beforeAll(async () => {
  const execute = async ({ query }: { query: string }) => {
    asked.push(query);
    return { data: {} };
  };
  gateway = await openGateway({
    connections: [stubSubgraph('billing', { execute }), stubSubgraph('messaging-stats', { execute })],
  });
  authorization = `Bearer ${await gateway.token()}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => gateway.stop());

/** The status, and the messages with their codes. */
async function ask(query: string) {
  const { status, body } = await post(gateway.url, { query }, { authorization });
  const errors = (body.errors ?? [{ ...body.error, extensions: body.error }]) as {
    message: string;
    extensions: { code: string };
  }[];
  const refusals =
    body.data && !body.errors ? [] : errors.map(({ message, extensions }) => `${extensions.code}: ${message}`);
  return { status, refusals };
}

const times = (count: number, text: string | ((index: number) => string)) =>
  Array.from({ length: count }, (_, index) => (typeof text === 'string' ? text : text(index))).join(' ');
const beyond = (figure: string, limit: number) => ({
  status: 400,
  refusals: [`GRAPHQL_VALIDATION_FAILED: The operation has ${figure}, more than ${limit}; ask in several requests.`],
});

const nested = (levels: number) =>
  `{ messagingStats(period: { preset: TODAY }) ${'{ previous '.repeat(levels - 2)}{ currency ${'} '.repeat(levels)}`;
const stats = (selection: string) => `{ messagingStats(period: { preset: TODAY }) { ${selection} } }`;

test('as many levels as are allowed pass, and one more is refused with the figure before a subgraph is asked', async () => {
  expect((await ask(nested(QUERY_LIMITS.levels))).refusals).toEqual([]);
  expect(asked).toHaveLength(1);
  expect(await ask(nested(QUERY_LIMITS.levels + 1))).toEqual(beyond('21 levels of fields', 20));
  expect(asked).toHaveLength(1);
});

test('as many fields as are allowed pass, and one more is refused, however they are spread over fragments', async () => {
  const fields = (count: number) => times(count, (index) => `f${index}: currency`);
  expect((await ask(stats(fields(QUERY_LIMITS.fields - 1)))).refusals).toEqual([]);
  expect(await ask(stats(fields(QUERY_LIMITS.fields)))).toEqual(beyond('2001 fields', 2000));
  const halves = `${stats('...A ...B')} fragment A on MessagingStats { ${fields(1000)} } fragment B on MessagingStats { ... { ${fields(1000)} } }`;
  expect(await ask(halves)).toEqual(beyond('2001 fields', 2000));
});

test('as many root fields as are allowed pass, and one more is refused, whatever their names', async () => {
  const roots = (count: number) => times(count, (index) => `f${index}: company { id }`);
  expect((await ask(`{ ${roots(QUERY_LIMITS.rootFields)} }`)).refusals).toEqual([]);
  expect(await ask(`{ ${roots(QUERY_LIMITS.rootFields + 1)} }`)).toEqual(beyond('51 root fields', 50));
  expect(await ask(`{ ${times(51, 'company { id }')} }`)).toEqual(beyond('51 root fields', 50));
  expect(await ask(`{ ...A } fragment A on Query { ... { ${roots(51)} } }`)).toEqual(beyond('51 root fields', 50));
});

test('every operation of a document is measured, not only the one that is to run', async () => {
  const roots = times(51, (index) => `f${index}: __typename`);
  expect(await ask(`query A { __typename } query B { ${roots} }`)).toEqual(beyond('51 root fields', 50));
});

test.each([30, 300, 900])('a chain of %i fragments that double one another is refused at once', async (length) => {
  const chain = times(length, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`);
  // Counted one by one it would not end before the sun does: the test's own time limit is what it would run into.
  const { status, refusals } = await ask(`{ ...F0 } ${chain} fragment F${length} on Query { __typename }`);
  expect(status).toBe(400);
  expect(refusals[0]).toMatch(/^GRAPHQL_VALIDATION_FAILED: The operation has [\d.e+]+ fields, more than 2000;/);
});

test('fragments that contain one another are refused as such', async () => {
  const cycle = '{ ...A } fragment A on Query { ...B __typename } fragment B on Query { ...A }';
  expect(await ask(cycle)).toEqual({
    status: 400,
    refusals: ['GRAPHQL_VALIDATION_FAILED: Cannot spread fragment "A" within itself via "B".'],
  });
});

test('a document of more tokens than are allowed is not even read to its end', async () => {
  expect((await ask(`{ ${times(QUERY_LIMITS.tokens, 'a')} }`)).refusals).toEqual([
    'GRAPHQL_PARSE_FAILED: Syntax Error: Document contains more that 10000 tokens. Parsing aborted.',
  ]);
});

test.each([
  ['fields', (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`],
  ['inline fragments', (depth: number) => `{ ${'... { '.repeat(depth - 1)} __typename ${'}'.repeat(depth)}`],
  ['lists', (depth: number) => `{ a(b: ${'['.repeat(depth - 2)}${']'.repeat(depth - 2)}) }`],
  ['objects', (depth: number) => `{ a(b: ${'{ c: '.repeat(depth - 2)} 1 ${'}'.repeat(depth - 2)}) }`],
  ['types', (depth: number) => `query ($a: ${'['.repeat(depth - 1)} Int ${']'.repeat(depth - 1)}) { a }`],
  ['brackets that never close', (depth: number) => '{ a '.repeat(depth)],
])('a document of %s is refused beyond the limit of nesting, however deep it goes', async (_, write) => {
  const atLimit = await ask(write(QUERY_LIMITS.nesting));
  expect(atLimit.refusals.join()).not.toMatch(/nests|INTERNAL/);
  const refusals = ['LIMIT_EXCEEDED: the document nests more than 200 brackets; ask for less.'];
  for (const depth of [201, 2_000, 4_000, 12_000]) expect(await ask(write(depth))).toEqual({ status: 400, refusals });
});

test('brackets within texts and comments nest nothing', async () => {
  const brackets = '{[('.repeat(200);
  const query = `{ a: smsEstimate(text: "${brackets}") { parts } b: smsEstimate(text: """${brackets}""") { parts } } # ${brackets}`;
  expect((await ask(query)).refusals).toEqual([]);
});

test('the schema cannot be asked for in circles, with a token or without', async () => {
  const circle = '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }';
  const refusal = 'GRAPHQL_VALIDATION_FAILED: Maximum introspection depth exceeded';
  expect(await ask(circle)).toEqual({ status: 400, refusals: [refusal] });
  expect((await post(gateway.url, { query: circle })).status).toBe(400);
});
