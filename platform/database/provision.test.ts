import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { SUBGRAPHS } from '../../scripts/subgraphs.ts';
import { onServer, SERVER_VARIABLE, TEST_ROLE_SECRET } from '../../tests/support/test-database.ts';
import { provision } from './index.ts';
import { checkServer } from './server-check.ts';

/** Creates an empty database, runs `work` with its address, and drops it. */
async function onNewDatabase(name: string, options: string, work: (ownerUrl: string) => Promise<void>): Promise<void> {
  await onServer(`CREATE DATABASE ${name} TEMPLATE template0 ${options}`);
  try {
    const url = new URL(process.env[SERVER_VARIABLE] ?? '');
    url.pathname = `/${name}`;
    await work(url.toString());
  } finally {
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}

/** The subgraphs' schemas, as a list of SQL. */
const SCHEMAS = SUBGRAPHS.map(({ schema }) => `'${schema}'`).join(', ');

const provisionAll = (ownerUrl: string) =>
  provision({ ownerUrl, owners: SUBGRAPHS, roleSecret: TEST_ROLE_SECRET, statementTimeoutMs: 30_000 });

async function ask(ownerUrl: string, query: string): Promise<unknown[]> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

/** Everything in the subgraphs' schemas, as far as a query could tell a difference: columns, indexes, types and rights. */
const structure = (ownerUrl: string) =>
  ask(
    ownerUrl,
    `SELECT format('%s.%s %s %s %s', nspname, relname, attname, format_type(atttypid, atttypmod), attnotnull) AS line
      FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE nspname IN (${SCHEMAS}) AND attnum > 0
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname IN (${SCHEMAS})
    UNION ALL SELECT format('%s %s %s', schemaname, tablename, qual) FROM pg_policies
    UNION ALL SELECT format('%s %s', nspname, nspacl) FROM pg_namespace WHERE nspname IN (${SCHEMAS})
    UNION ALL SELECT format('%s %s', relname, relacl) FROM pg_class WHERE relnamespace::regnamespace::text IN (${SCHEMAS})
    UNION ALL SELECT format('%s %s', typname, typacl) FROM pg_type WHERE typnamespace::regnamespace::text IN (${SCHEMAS}) AND typtype = 'e'
    ORDER BY line`,
  );

const MIGRATIONS = `${SUBGRAPHS.map(({ schema }) => `SELECT name FROM ${schema}.migrations`).join(' UNION ALL ')} ORDER BY name`;
const ALL_MIGRATIONS = SUBGRAPHS.flatMap(({ migrations }) => migrations.map(({ name }) => ({ name }))).sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

test('provisioning again, and two times at once, changes nothing', async () => {
  await onNewDatabase('test_provision_again', '', async (ownerUrl) => {
    await Promise.all([provisionAll(ownerUrl), provisionAll(ownerUrl)]);
    const first = await structure(ownerUrl);
    await provisionAll(ownerUrl);
    expect(await structure(ownerUrl)).toEqual(first);
    expect(first.length).toBeGreaterThan(30);
    expect(await ask(ownerUrl, MIGRATIONS)).toEqual(ALL_MIGRATIONS);
  });
});

test('every migration can be undone, down to nothing, and run again to the same structure', async () => {
  await onNewDatabase('test_provision_undone', '', async (ownerUrl) => {
    await provisionAll(ownerUrl);
    const first = await structure(ownerUrl);
    for (const { schema, migrations } of SUBGRAPHS.toReversed()) {
      const source = new DataSource({
        type: 'postgres',
        url: ownerUrl,
        schema,
        migrations,
        migrationsTableName: 'migrations',
        installExtensions: false,
      });
      await source.initialize();
      for (const _ of migrations) await source.undoLastMigration();
      await source.destroy();
    }
    const left = `SELECT relname FROM pg_class WHERE relnamespace::regnamespace::text IN (${SCHEMAS}) AND relkind = 'r'
      UNION ALL SELECT typname FROM pg_type WHERE typnamespace::regnamespace::text IN (${SCHEMAS}) AND typtype = 'e'`;
    expect(await ask(ownerUrl, left)).toEqual(SUBGRAPHS.map(() => ({ relname: 'migrations' })));
    expect(await ask(ownerUrl, MIGRATIONS)).toEqual([]);
    await provisionAll(ownerUrl);
    expect(await structure(ownerUrl)).toEqual(first);
  });
});

const noLetters = (ctype: string) =>
  `the database's LC_CTYPE is ${ctype}, and it knows no letters but ASCII; make one with CREATE DATABASE ... LOCALE_PROVIDER libc LC_CTYPE 'C.UTF-8' TEMPLATE template0.`;

test.each([
  {
    what: 'of an encoding other than UTF-8',
    options: `ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`,
    refusal: `the database's encoding is SQL_ASCII; make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0.`,
  },
  {
    what: 'whose LC_CTYPE is C',
    options: `ENCODING 'UTF8' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`,
    refusal: noLetters('C'),
  },
  {
    what: 'that knows ASCII letters only, whatever its LC_CTYPE says',
    options: `ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C' LC_CTYPE 'C.UTF-8'`,
    refusal: noLetters('C.UTF-8'),
  },
])('a database $what is refused with the remedy, and stays empty', async ({ options, refusal }) => {
  await onNewDatabase('test_provision_refused', options, async (ownerUrl) => {
    const refused = await provisionAll(ownerUrl).catch((error: Error) => error);
    expect(refused).toMatchObject({ name: 'StartUpError', message: refusal });
    const schemas = `SELECT nspname FROM pg_namespace WHERE nspname IN (${SCHEMAS})`;
    expect(await ask(ownerUrl, schemas)).toEqual([]);
  });
});

test.each(["ENCODING 'UTF8'", "LOCALE_PROVIDER libc LC_CTYPE 'C.UTF-8'"])(
  'a database made with the remedy %s is taken',
  async (options) => {
    await onNewDatabase('test_provision_taken', options, async (ownerUrl) => {
      await provisionAll(ownerUrl);
      expect(await ask(ownerUrl, MIGRATIONS)).toEqual(ALL_MIGRATIONS);
    });
  },
);

test('a server of a version that is too old is refused with the oldest one that will do', async () => {
  const server = { version: '15.8 (Debian 15.8-1)', number: 150_008, encoding: 'UTF8', ctype: 'C.UTF-8' };
  const client = { query: async () => ({ rows: [server] }) } as unknown as Client;
  await expect(checkServer(client)).rejects.toMatchObject({
    name: 'StartUpError',
    message: 'PostgreSQL 15.8 (Debian 15.8-1) is too old; give DATABASE_URL of a server of version 16 or later.',
  });
});

test('a server that does not answer is refused with what to check', async () => {
  const refused = await provisionAll('postgres://nobody:secret@127.0.0.1:1/nothing').catch((error: Error) => error);
  expect(refused).toMatchObject({
    name: 'StartUpError',
    message:
      'cannot connect to the database of DATABASE_URL (connect ECONNREFUSED 127.0.0.1:1); check the address and that the server runs.',
  });
  expect((refused as Error).message).not.toContain('secret');
});
