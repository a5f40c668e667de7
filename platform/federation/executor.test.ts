import { execute, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { Database, roleUrl } from '#platform/database';
import { RequestContext } from '#platform/graphql';
import { messagingStats } from '../../subgraphs/messaging-stats/subgraph.ts';
import { TEST_ROLE_SECRET } from '../../tests/support/test-database.ts';
import { NO_FILES } from '../../tests/support/test-files.ts';
import { startTestService, TEST_NOW, type TestService } from '../../tests/support/test-service.ts';
import { formatResult } from './format-errors.ts';
import { buildFederatedSchema, Executor, type GraphQLRequest } from './index.ts';

// Documents are compiled to functions; what these answer has to be what the reference executor of graphql-js answers.
let service: TestService;
let database: Database;
let schema: GraphQLSchema;
let executor: Executor;
let companyId: string;
beforeAll(async () => {
  service = await startTestService();
  const url = roleUrl(service.ownerUrl, messagingStats.schema, TEST_ROLE_SECRET);
  database = new Database({ url, applicationName: 'executor test', poolSize: 2, connectTimeoutMs: 10_000 });
  schema = await buildFederatedSchema(messagingStats);
  executor = new Executor(schema);
  const company = await service.company();
  companyId = company.id;
  const at = { createdAt: '2026-03-10T09:00:00Z', statusAt: '2026-03-10T10:30:00Z' };
  await company.ingest('messages', [
    { id: 'a', channel: 'SMS', status: 'DELIVERED', price: '0.05', text: 'x', ...at },
    { id: 'b', channel: 'SMS', status: 'ERROR', errorCode: '21', notificationId: 'n', ...at },
    { id: 'c', channel: 'VIBER', status: 'CREATED', notificationId: 'n', ...at, createdAt: '2026-03-10T09:00:01Z' },
  ]);
});
afterAll(async () => {
  await database.close();
  await service.stop();
});

type Run = (request: GraphQLRequest, context: RequestContext) => ReturnType<Executor['execute']>;

const compiled: Run = (request, context) => executor.execute(request, context);

const reference: Run = async ({ query, operationName, variables }, contextValue) => {
  const document = parse(query);
  const errors = validate(schema, document, specifiedRules);
  if (errors.length > 0) return { errors };
  return execute({ schema, document, contextValue, operationName, variableValues: variables });
};

/** The answer as text, so that the order of fields counts too. */
async function answer(run: Run, request: GraphQLRequest) {
  const clock = { now: () => TEST_NOW };
  const identity = { subject: 'test', companyId, scopes: ['stats:read' as const] };
  const context = new RequestContext({
    identity,
    requestId: 'test',
    moment: TEST_NOW,
    config: readConfig({}),
    newId: () => 'id',
    database,
    files: NO_FILES,
    clock,
    logger: pino({ level: 'silent' }),
  });
  try {
    const { data, errors } = formatResult(await run(request, context), pino({ level: 'silent' }));
    const sorted = errors?.toSorted((a, b) => `${a.path} ${a.message}`.localeCompare(`${b.path} ${b.message}`));
    return JSON.parse(JSON.stringify({ data: JSON.stringify(data), errors: sorted }));
  } finally {
    await context.close();
  }
}

const day = 'period: { dates: { startDate: "2026-03-10", endDate: "2026-03-10" } }';
const stats = `messagingStats(${day})`;

const TWO = `query A { ${stats} { currency } } query B($first: Int) { messages(${day}, first: $first) { nodes { id } } }`;

const answered: Record<string, GraphQLRequest> = {
  'aliases, also those that mean something to JavaScript': {
    query: `{ constructor: ${stats} { toString: currency valueOf: counters { total then: sent hasOwnProperty: price { a: amount amount } } } }`,
  },
  'fields that are asked for twice and merge': {
    query: `{ ${stats} { counters { total } currency counters { price { currency } sent } } ${stats} { counters { price { amount } } } }`,
  },
  'fragments within fragments, and inline ones with and without a type': {
    query: `{ ${stats} { ...One ... { currency } ... on MessagingStats { counters { ...Two } } } }
      fragment One on MessagingStats { counters { sent ...Two } __typename } fragment Two on MessageCounters { total price { ...Three } }
      fragment Three on Money { currency }`,
  },
  'type names at every level': {
    query: `{ __typename ${stats} { __typename period { __typename } breakdown(by: [CHANNEL]) { t: __typename counters { __typename } } } }`,
  },
  'fields without a value': {
    query: `{ messages(${day}) { totalCount nodes { id smsParts sentAt errorCode fallbackChannel price { amount } } edges { cursor node { id } } } }`,
  },
  'lists of numbers that may be null': {
    query: `{ ${stats} { series(granularity: HOUR, by: [CHANNEL]) { omittedLines buckets { start partial } lines { keys deliveryRate share price } } } }`,
  },
  'a single value where a list is expected, written and passed': {
    query: `query Q($by: [MessageDimension!]!, $channels: [Channel!]) { messagingStats(${day}, filter: { channels: $channels, statuses: ERROR }) { breakdown(by: $by) { keys } } }`,
    variables: { by: 'STATUS', channels: 'SMS' },
  },
  'defaults of variables, where nothing is passed': {
    query: `query Q($by: [MessageDimension!]! = [CHANNEL, STATUS], $first: Int = 1) { ${stats} { breakdown(by: $by, first: $first) { keys } } }`,
  },
  'null instead of a default': {
    query: `query Q($first: Int = 1, $filter: MessageFilter = { channels: [SMS] }) { messagingStats(${day}, filter: $filter) { breakdown(by: [CHANNEL], first: $first) { keys } } }`,
    variables: { first: null, filter: null },
  },
  'a default with a scalar of its own': {
    query: `query Q($p: PeriodInput! = { range: { from: "2026-03-10T00:00:00+03:00", to: "2026-03-10T12:15:00Z" }, timeZone: "Asia/Kolkata" }) { messagingStats(period: $p) { period { from to timeZone } } }`,
  },
  'variables within an input, some of which are not passed': {
    query: `query Q($start: LocalDate!, $time: LocalTime, $axis: MessageTimeAxis, $codes: [String!]) {
      messagingStats(period: { dates: { startDate: $start, endDate: $start, startTime: $time } }, filter: { timeAxis: $axis, errorCodes: $codes }) { period { from to } counters { total } } }`,
    variables: { start: '2026-03-10', codes: null },
  },
  'the operation that is named, of several': { query: TWO, operationName: 'B', variables: { first: 2 } },
  'the other one of the same document': { query: TWO, operationName: 'A' },
  'the schema itself': {
    query: `{ __type(name: "Money") { name fields { name type { kind ofType { name } } } } __schema { queryType { name } } _service { sdl } }`,
  },
  'an error below a field that may be null, beside another answer': {
    query: `{ first: ${stats} { breakdown(by: []) { keys } } second: ${stats} { previous { again: previous { currency } } } third: ${stats} { currency } }`,
  },
  'an error in an element of a list of root fields with the same cause': {
    query: `{ one: messages(${day}, first: 0) { totalCount } two: messages(${day}, first: 1, last: 1) { totalCount } three: messages(${day}, after: "?") { totalCount } }`,
  },
};

test.each(Object.entries(answered))('compiled documents answer like the reference: %s', async (_, request) => {
  const expected = await answer(reference, request);
  expect(expected.data).toBeDefined();
  expect(await answer(compiled, request)).toEqual(expected);
  // From the cache now.
  expect(await answer(compiled, request)).toEqual(expected);
});

const skipped = [true, false].flatMap((skip) => [true, false].map((include) => ({ skip, include })));

test.each(skipped)(
  'compiled documents answer like the reference: @skip($skip) and @include($include)',
  async (variables) => {
    const query = `query Q($skip: Boolean!, $include: Boolean! = true) {
    ${stats} @include(if: $include) { currency @skip(if: $skip) ...F @skip(if: $skip) @include(if: $include) ... @include(if: $skip) { series(granularity: DAY) { lines { total @skip(if: false) sent @include(if: false) } } } }
    messages(${day}) @skip(if: $skip) { totalCount @include(if: $include) @skip(if: $skip) __typename } }
    fragment F on MessagingStats { counters { total sent @include(if: $include) } }`;
    expect(await answer(compiled, { query, variables })).toEqual(await answer(reference, { query, variables }));
  },
);

const period = 'query Q($p: PeriodInput!) { messagingStats(period: $p) { currency } }';
const refused: Record<string, GraphQLRequest> = {
  'a scalar that does not hold, passed': {
    query: period,
    variables: { p: { range: { from: 'yesterday', to: '2026-03-10T00:00:00' }, timeZone: '+03:00' } },
  },
  'a value that is not in an enumeration': { query: period, variables: { p: { preset: 'TOMORROW' } } },
  'an unknown field of an input': { query: period, variables: { p: { presets: 'TODAY' } } },
  'an input of another type': { query: period, variables: { p: 'TODAY' } },
  'a required variable that is not passed': { query: period },
  'a required variable that is null': { query: period, variables: { p: null } },
  'a required field of an input that is not passed': {
    query: period,
    variables: { p: { range: { from: '2026-03-10T00:00:00Z' } } },
  },
  'null within a list': {
    query: `query Q($c: [Channel!]) { messagingStats(${day}, filter: { channels: $c }) { currency } }`,
    variables: { c: ['SMS', null] },
  },
  'numbers that are none of 32 bits': {
    query: `query Q($a: Int, $b: Int, $c: Int) { a: messages(${day}, first: $a) { totalCount } b: messages(${day}, first: $b) { totalCount } c: messages(${day}, first: $c) { totalCount } }`,
    variables: { a: 1.5, b: '1', c: 2 ** 31 },
  },
  'a text that is a number': { query: `query Q($t: String!) { smsEstimate(text: $t) { parts } }`, variables: { t: 1 } },
};

test.each(Object.entries(refused))('compiled documents refuse like the reference: %s', async (_, request) => {
  const expected = await answer(reference, request);
  expect(expected.errors?.length).toBeGreaterThan(0);
  expect(expected.data).toBeUndefined();
  expect(await answer(compiled, request)).toEqual(expected);
});
