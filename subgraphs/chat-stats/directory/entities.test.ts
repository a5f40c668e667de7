import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { Database, roleUrl } from '#platform/database';
import { RunningSubgraph } from '#platform/federation';
import { TEST_ROLE_SECRET } from '../../../tests/support/test-database.ts';
import { NO_FILES } from '../../../tests/support/test-files.ts';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { chatStats } from '../subgraph.ts';

let service: TestService;
let database: Database;
let subgraph: RunningSubgraph;
beforeAll(async () => {
  service = await startTestService();
  const url = roleUrl(service.ownerUrl, chatStats.schema, TEST_ROLE_SECRET);
  database = new Database({ url, applicationName: 'entities test', poolSize: 2, connectTimeoutMs: 10_000 });
  subgraph = await RunningSubgraph.start(chatStats, {
    config: readConfig({}),
    database,
    files: NO_FILES,
    clock: service.clock,
    logger: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await database.close();
  await service.stop();
});

test('references to bots and operators always resolve: by the directory, else with the id as the name', async () => {
  const company = await service.company();
  await company.ingest('directory', [
    { kind: 'BOT', id: 'b', name: 'Helper' },
    { kind: 'OPERATOR', id: 'b', name: 'Anna' },
    { kind: 'BOT', id: 'gone', deleted: true },
  ]);
  const references = [
    { __typename: 'Bot', id: 'b' },
    { __typename: 'Operator', id: 'b' },
    { __typename: 'Bot', id: 'gone' },
    { __typename: 'Bot', id: 'nobody' },
    { __typename: 'Operator', id: 'nobody' },
    { __typename: 'Bot', id: 'b' },
  ];
  const query = `query($references: [_Any!]!) {
    _entities(representations: $references) { ... on Bot { id name } ... on Operator { id name groups { id } } }
  }`;
  const identity = { subject: 'test', companyId: company.id, scopes: ['stats:read' as const] };
  const { data, errors } = await subgraph.execute(
    { query, variables: { references } },
    { identity, requestId: 'test' },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    _entities: [
      { id: 'b', name: 'Helper' },
      { id: 'b', name: 'Anna', groups: [] },
      { id: 'gone', name: 'gone' },
      { id: 'nobody', name: 'nobody' },
      { id: 'nobody', name: 'nobody', groups: [] },
      { id: 'b', name: 'Helper' },
    ],
  });
});
