import { pino } from 'pino';
import { Arg, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { readConfig } from '#platform/config';
import { Database, StatementError } from '#platform/database';
import { badInput } from '#platform/errors';
import { SafeInt } from '#platform/graphql';
import { NO_FILES } from '../../tests/support/test-files.ts';
import { TEST_NOW } from '../../tests/support/test-service.ts';
import { RunningSubgraph } from './index.ts';

const SECRET = 'password=hunter2 at 10.0.0.1:5432 in SELECT price FROM messages';

@ObjectType({ description: 'Fields that fail, each in its own way.' })
class Failures {
  @Field({ description: 'Does not fail.' })
  fine: string = 'fine';

  @Field({ description: 'Throws an error of the language.' })
  thrown(): string {
    throw new TypeError(SECRET);
  }

  @Field({ description: 'Throws what is no error.' })
  text(): string {
    throw SECRET;
  }

  @Field(() => String, { description: 'Fails in a statement.' })
  statement(): Promise<string> {
    return Promise.reject(new StatementError('secret.read', new Error(SECRET)));
  }

  @Field(() => String, { description: 'Has no value although it must have one.' })
  missing(): null {
    return null;
  }

  @Field(() => Int, { description: 'Is no integer.' })
  integer(): unknown {
    return SECRET;
  }

  @Field(() => SafeInt, { description: 'Is no safe integer.' })
  safeInteger(): unknown {
    return SECRET;
  }

  @Field(() => Float, { description: 'Is no finite number.' })
  number(): unknown {
    return Number.POSITIVE_INFINITY;
  }

  @Field(() => ID, { description: 'Is no id.' })
  id(): unknown {
    return { secret: SECRET };
  }

  @Field(() => [String], { description: 'Is no list.' })
  list(): unknown {
    return 5;
  }

  @Field(() => [Failures], { nullable: 'items', description: 'Some that are there, each with its own list.' })
  several(): Promise<Failures>[] {
    const fault = () => Promise.reject(new Error(SECRET));
    return [fault(), Promise.resolve(new Failures()), fault(), Promise.resolve(new Failures()), fault(), fault()];
  }

  @Field(() => Int, { nullable: true, description: 'Refuses its argument.' })
  refused(@Arg('first', () => Int, { description: 'Anything.' }) first: number): number {
    throw badInput(['first'], `${first} is too many; ask for fewer.`);
  }
}

@Resolver()
class FailuresResolver {
  @Query(() => Failures, { nullable: true, description: 'All of them.' })
  failures(): Failures {
    return new Failures();
  }
}

let subgraph: RunningSubgraph;
let logged: string[];
const database = new Database({
  url: 'postgres://nobody@127.0.0.1:1/x',
  applicationName: 'x',
  poolSize: 1,
  connectTimeoutMs: 100,
});
beforeEach(async () => {
  logged = [];
  const logger = pino({ level: 'error' }, { write: (line: string) => logged.push(line) });
  subgraph = await RunningSubgraph.start(
    { name: 'failing', schema: 'failing', resolvers: [FailuresResolver], migrations: [] },
    { config: readConfig({}), files: NO_FILES, database, clock: { now: () => TEST_NOW }, logger },
  );
});
afterAll(() => database.close());

const caller = { identity: { subject: 'test', scopes: [] }, requestId: 'request 1' };

test.each(['thrown', 'text', 'statement', 'missing', 'integer', 'safeInteger', 'number', 'id', 'list'])(
  'a field that fails (%s) tells nothing of why, and the log everything',
  async (field) => {
    const answer = await subgraph.execute({ query: `{ a: failures { b: ${field} } failures { fine } }` }, caller);
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      data: { a: null, failures: { fine: 'fine' } },
      errors: [
        {
          message: 'something went wrong here; it has been logged.',
          locations: expect.anything(),
          path: ['a', 'b'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([
      { service: 'failing', requestId: 'request 1', msg: 'a field failed', path: ['a', 'b'] },
    ]);
  },
);

test('elements of a list that fail are null in their places, the last ones too', async () => {
  const query = '{ failures { several { fine inner: several { fine } } } }';
  const { data, errors } = JSON.parse(JSON.stringify(await subgraph.execute({ query }, caller)));
  const places = (value: object) => [null, value, null, value, null, null];
  expect(data).toEqual({ failures: { several: places({ fine: 'fine', inner: places({ fine: 'fine' }) }) } });
  expect(errors).toHaveLength(4 + 2 * 4);
});

test('a field that refuses its argument names it', async () => {
  const answer = await subgraph.execute({ query: '{ failures { refused(first: 5) } }' }, caller);
  expect(JSON.parse(JSON.stringify(answer))).toEqual({
    data: { failures: { refused: null } },
    errors: [
      {
        message: 'first: 5 is too many; ask for fewer.',
        locations: [{ line: 1, column: 14 }],
        path: ['failures', 'refused'],
        extensions: { code: 'BAD_USER_INPUT', field: ['first'] },
      },
    ],
  });
  expect(logged).toEqual([]);
});
