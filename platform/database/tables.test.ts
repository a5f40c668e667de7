import { SUBGRAPHS } from '../../scripts/subgraphs.ts';
import { type OpenedDatabase, openDatabase } from './opened-database.test-support.ts';

/** Lists by which workers learn which company to work for: they hold company ids and times, and nothing else. */
const WORK_LISTS = SUBGRAPHS.filter(({ rollups = [] }) => rollups.length > 0).map(
  ({ schema }) => `${schema}.rollup_work`,
);

/** Tables that hold nothing of one company alone, and why. Everything else obeys every rule below. */
const EXEMPT: Readonly<Record<string, string>> = {
  'billing.companies': 'the register, which all subgraphs read before they know anything else',
  'billing.invoice_series': 'counters of invoice numbers, which run over all companies',
  'billing.month_close': 'how months closed, which finance staff reads across companies',
  'billing.month_close_work': 'a work list: when the next month of each company is to be closed',
  'billing.webhook_work': 'a work list: which companies have webhooks to be served, and when',
  ...Object.fromEntries(WORK_LISTS.map((table) => [table, 'companies that a worker is to look after, and since when'])),
  'reports.report_work': 'a work list: for which company something of reports is due, and when',
  ...Object.fromEntries(SUBGRAPHS.map(({ schema }) => [`${schema}.migrations`, 'which migrations have run'])),
};

/** Tables whose rows never change, and the rights that are left for them. */
const APPEND_ONLY: Readonly<Record<string, string>> = {
  'billing.ledger': 'INSERT SELECT',
  'billing.changes': 'INSERT SELECT',
  'billing.invoice_revisions': 'INSERT SELECT',
  'billing.invoice_documents': 'INSERT SELECT',
  'billing.staff_acts': 'INSERT SELECT',
};

/** Sequences that belong to exempt tables. */
const EXEMPT_SEQUENCES = SUBGRAPHS.map(({ schema }) => `${schema}.migrations_id_seq`);

/** The one policy, as the catalog words it. */
const POLICY = `(company_id = ( SELECT (NULLIF(current_setting('app.company_id'::text, true), ''::text))::bigint AS "nullif"))`;

const SCHEMAS = SUBGRAPHS.map(({ schema }) => schema);

let opened: OpenedDatabase;
let tables: string[];
beforeAll(async () => {
  opened = await openDatabase();
  tables = (await tablesOf('true')).filter((table) => !(table in EXEMPT));
});
afterAll(() => opened.drop());

/** Ordinary, partitioned and foreign tables of the subgraphs that meet a condition on pg_class, with their schema. */
async function tablesOf(condition: string): Promise<string[]> {
  const rows = await opened.ask<{ name: string }>(
    `SELECT relnamespace::regnamespace || '.' || relname AS name FROM pg_class
      WHERE relnamespace = ANY($1::regnamespace[]) AND relkind IN ('r', 'p', 'f') AND (${condition}) ORDER BY name`,
    [SCHEMAS],
  );
  return rows.map(({ name }) => name);
}

/** What a query over the catalog finds of the subgraphs' schemas; each row a sentence. */
async function findings(query: string): Promise<string[]> {
  const rows = await opened.ask<{ found: string }>(query, [SCHEMAS]);
  return rows.map(({ found }) => found).sort();
}

test('there are tables to hold to the rules, and every exemption names one that exists', async () => {
  expect(tables).toEqual(expect.arrayContaining(['messaging_stats.messages', 'messaging_stats.data_version']));
  const all = await tablesOf('true');
  expect(Object.keys(EXEMPT).filter((table) => !all.includes(table))).toEqual([]);
});

test('[GEN-09] every table has company_id, a bigint that is never null', async () => {
  const withCompany = await tablesOf(
    `EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'company_id'
      AND atttypid = 'bigint'::regtype AND attnotnull AND NOT attisdropped)`,
  );
  expect(tables.filter((table) => !withCompany.includes(table))).toEqual([]);
});

test('[GEN-09] every table has a primary key, and company_id is the first column of it and of every other index', async () => {
  const withKey = await tablesOf(
    'EXISTS (SELECT FROM pg_index WHERE indrelid = pg_class.oid AND indisprimary AND indisvalid)',
  );
  expect(tables.filter((table) => !withKey.includes(table))).toEqual([]);
  const wrong = await findings(`
    SELECT indrelid::regclass || ' has ' || indexrelid::regclass AS found
    FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE relnamespace = ANY($1::regnamespace[])
      AND pg_get_indexdef(indexrelid, 1, true) <> 'company_id'`);
  expect(wrong.filter((found) => !Object.keys(EXEMPT).some((table) => found.startsWith(`${table} has `)))).toEqual([]);
});

test('[GEN-09] work lists hold company ids and times, and nothing else', async () => {
  const columns = await opened.ask<{ found: string }>(
    `SELECT attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod) AS found FROM pg_attribute
      WHERE attrelid = ANY($1::regclass[]) AND attnum > 0 ORDER BY attrelid, attnum`,
    [WORK_LISTS],
  );
  expect(columns.map(({ found }) => found)).toEqual(
    WORK_LISTS.flatMap((table) => [`${table}.company_id bigint`, `${table}.due_at timestamp with time zone`]),
  );
});

test('[GEN-09] row-level security is on for every table, and for its owner too', async () => {
  const secured = await tablesOf('relrowsecurity AND relforcerowsecurity');
  expect(tables.filter((table) => !secured.includes(table))).toEqual([]);
});

test('[GEN-09] every table has one policy, of one text, for all commands and all roles', async () => {
  const policies = await opened.ask(
    `SELECT schemaname || '.' || tablename AS table, policyname, permissive, roles::text, cmd, qual, with_check
      FROM pg_policies WHERE schemaname = ANY($1) ORDER BY 1`,
    [SCHEMAS],
  );
  const policy = { policyname: 'company', permissive: 'PERMISSIVE', roles: '{public}', cmd: 'ALL' };
  expect(policies).toEqual(tables.map((table) => ({ table, ...policy, qual: POLICY, with_check: POLICY })));
});

test('no table has triggers or rules, which a Citus cluster would refuse or silently misuse', async () => {
  const found = await findings(`
    SELECT tgrelid::regclass || ' has the trigger ' || tgname AS found FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE relnamespace = ANY($1::regnamespace[]) AND NOT tgisinternal
    UNION ALL
    SELECT ev_class::regclass || ' has the rule ' || rulename FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
    WHERE relnamespace = ANY($1::regnamespace[]) AND relkind <> 'v'`);
  expect(found).toEqual([]);
});

test('no column is numbered by a sequence: numbers that clients see are given under a lock of the company', async () => {
  const sequences = await findings(`
    SELECT relnamespace::regnamespace || '.' || relname AS found FROM pg_class
    WHERE relnamespace = ANY($1::regnamespace[]) AND relkind = 'S'`);
  expect(sequences).toEqual([...EXEMPT_SEQUENCES].sort());
});

test('[GEN-09] every foreign key carries company_id on both of its ends', async () => {
  const wrong = await findings(`
    SELECT conrelid::regclass || ' has ' || conname AS found FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE relnamespace = ANY($1::regnamespace[]) AND contype = 'f' AND NOT EXISTS (
      SELECT FROM unnest(conkey, confkey) AS pair(own, other)
      JOIN pg_attribute own ON own.attrelid = conrelid AND own.attnum = pair.own
      JOIN pg_attribute other ON other.attrelid = confrelid AND other.attnum = pair.other
      WHERE own.attname = 'company_id' AND other.attname = 'company_id')`);
  expect(wrong).toEqual([]);
});

test('[GEN-09] nothing else could show rows past the policies: no views, no functions that run as their owner', async () => {
  const found = await findings(`
    SELECT relnamespace::regnamespace || '.' || relname || ' is a view' AS found FROM pg_class
    WHERE relnamespace = ANY($1::regnamespace[]) AND relkind IN ('v', 'm')
      AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)
    UNION ALL
    SELECT oid::regprocedure || ' runs as its owner' FROM pg_proc
    WHERE pronamespace = ANY($1::regnamespace[]) AND prosecdef`);
  expect(found).toEqual([]);
});

test('[GEN-09] the roles own nothing, are members of one another in nothing, and bypass nothing', async () => {
  const roles = await opened.ask(
    `SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin,
      ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = pg_roles.oid) AS member_of,
      (SELECT count(*)::int FROM pg_class WHERE relowner = pg_roles.oid) AS owns
    FROM pg_roles WHERE rolname = ANY($1) OR rolname = 'every_subgraph' ORDER BY rolname`,
    [SCHEMAS],
  );
  const harmless = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false };
  const role = (rolname: string, rolcanlogin: boolean, member_of: string[]) => {
    return { rolname, ...harmless, rolreplication: false, rolcanlogin, member_of, owns: 0 };
  };
  const own = SCHEMAS.map((schema) => role(schema, true, ['every_subgraph']));
  expect(roles).toEqual([...own, role('every_subgraph', false, [])].sort((a, b) => (a.rolname < b.rolname ? -1 : 1)));
});

test('[GEN-09] a role has rights on the tables of its own schema and on the register, and on nothing else', async () => {
  const rights = await opened.ask<{ grantee: string; table: string; rights: string }>(
    `SELECT grantee, table_schema || '.' || table_name AS table, string_agg(privilege_type, ' ' ORDER BY privilege_type) AS rights
      FROM information_schema.table_privileges
      WHERE grantee = ANY($1 || ARRAY['every_subgraph', 'PUBLIC']) AND table_schema = ANY($1) GROUP BY 1, 2 ORDER BY 1, 2`,
    [SCHEMAS],
  );
  const own = tables.map((table) => {
    return { grantee: table.split('.')[0] ?? '', table, rights: APPEND_ONLY[table] ?? 'DELETE INSERT SELECT UPDATE' };
  });
  const register = [
    { grantee: 'billing', table: 'billing.companies', rights: 'INSERT UPDATE' },
    { grantee: 'billing', table: 'billing.invoice_series', rights: 'INSERT SELECT UPDATE' },
    { grantee: 'billing', table: 'billing.month_close', rights: 'INSERT SELECT UPDATE' },
    { grantee: 'billing', table: 'billing.month_close_work', rights: 'INSERT SELECT UPDATE' },
    { grantee: 'billing', table: 'billing.webhook_work', rights: 'DELETE INSERT SELECT UPDATE' },
    { grantee: 'every_subgraph', table: 'billing.companies', rights: 'SELECT' },
    ...WORK_LISTS.map((table) => {
      return { grantee: table.split('.')[0] ?? '', table, rights: 'DELETE INSERT SELECT UPDATE' };
    }),
    { grantee: 'reports', table: 'reports.report_due', rights: 'SELECT' },
    { grantee: 'reports', table: 'reports.report_work', rights: 'INSERT SELECT UPDATE' },
  ];
  const byName = (a: { grantee: string; table: string }, b: { grantee: string; table: string }) =>
    `${a.grantee} ${a.table}` < `${b.grantee} ${b.table}` ? -1 : 1;
  expect(rights.sort(byName)).toEqual([...own, ...register].sort(byName));
});
