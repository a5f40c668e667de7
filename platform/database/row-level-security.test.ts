import type { Client } from 'pg';
import { type OpenedDatabase, openDatabase, refusal } from './opened-database.test-support.ts';

// The role of messaging-stats on connections of its own, below everything that the service does to keep companies apart.
let opened: OpenedDatabase;
let client: Client;
beforeAll(async () => {
  opened = await openDatabase();
  client = await opened.connect('messaging_stats');
  // The owner is the server's superuser in tests, whom no policy binds.
  await opened.ask(`INSERT INTO messaging_stats.erased (company_id, kind, id)
    SELECT company, 'messages', 'event ' || number FROM unnest(ARRAY[100, 101]) company, generate_series(1, 2) number`);
});
afterAll(() => opened.drop());
afterEach(() => client.query('ROLLBACK'));

const READ = 'SELECT company_id, id FROM erased ORDER BY company_id, id';
const insertFor = (company: number) =>
  `INSERT INTO erased (company_id, kind, id) VALUES (${company}, 'messages', 'new') RETURNING company_id`;
const refused = '42501 new row violates row-level security policy for table "erased"';

async function begin(company: number): Promise<void> {
  await client.query(`BEGIN; SET LOCAL app.company_id = '${company}'`);
}

test('[GEN-09] a connection that names no company sees no rows and writes none', async () => {
  expect((await client.query(READ)).rows).toEqual([]);
  expect(await refusal(client.query(insertFor(100)))).toBe(refused);
});

test('[GEN-09] a transaction sees the rows of its company and no others, whatever its statement asks for', async () => {
  await begin(100);
  const own = [
    { company_id: '100', id: 'event 1' },
    { company_id: '100', id: 'event 2' },
  ];
  expect((await client.query(READ)).rows).toEqual(own);
  expect((await client.query('SELECT id FROM erased WHERE company_id = 101')).rows).toEqual([]);
  expect((await client.query('SELECT count(*)::int AS rows FROM erased')).rows).toEqual([{ rows: 2 }]);
});

test('[GEN-09] a transaction can neither add, change, move nor delete rows of another company', async () => {
  await begin(100);
  expect((await client.query(`UPDATE erased SET kind = 'changed' WHERE company_id = 101`)).rowCount).toBe(0);
  expect((await client.query('DELETE FROM erased WHERE company_id = 101')).rowCount).toBe(0);
  await client.query('SAVEPOINT before');
  expect(await refusal(client.query(insertFor(101)))).toBe(refused);
  await client.query('ROLLBACK TO before');
  expect(await refusal(client.query(`UPDATE erased SET company_id = 101 WHERE id = 'event 1'`))).toBe(refused);
  await client.query('ROLLBACK TO before');
  const upsert = `INSERT INTO erased (company_id, kind, id) VALUES (101, 'messages', 'event 1')
    ON CONFLICT (company_id, kind, id) DO UPDATE SET kind = 'taken'`;
  expect(await refusal(client.query(upsert))).toBe(refused);
  await client.query('ROLLBACK TO before');
  expect((await client.query(insertFor(100))).rows).toEqual([{ company_id: '100' }]);
});

test.each(['COMMIT', 'ROLLBACK'])('[GEN-09] after a %s the connection is of no company any more', async (end) => {
  await begin(100);
  await client.query(end);
  // Empty and not null: the setting is known to the session from now on, which the policy has to bear.
  expect((await client.query(`SELECT current_setting('app.company_id', true) AS company`)).rows).toEqual([
    { company: '' },
  ]);
  expect((await client.query(READ)).rows).toEqual([]);
});

test('[GEN-09] a company that is no number fails and shows nothing', async () => {
  await client.query(`BEGIN; SET LOCAL app.company_id = '100 OR true'`);
  expect(await refusal(client.query(READ))).toBe('22P02 invalid input syntax for type bigint: "100 OR true"');
});

test('[GEN-09] the role cannot lift the policies', async () => {
  await begin(100);
  await client.query('SAVEPOINT before');
  const attempts = [
    'ALTER TABLE erased DISABLE ROW LEVEL SECURITY',
    'DROP POLICY company ON erased',
    'CREATE POLICY open ON erased USING (true)',
    'TRUNCATE erased',
    'SET LOCAL row_security = off; SELECT count(*) FROM erased',
    'SET LOCAL ROLE postgres',
    'CREATE TABLE messaging_stats.mine (id int)',
    'CREATE TABLE public.mine (id int)',
  ];
  const answers: (string | undefined)[] = [];
  for (const attempt of attempts) {
    answers.push((await refusal(client.query(attempt)))?.slice(0, 5));
    await client.query('ROLLBACK TO before');
  }
  expect(answers).toEqual(attempts.map(() => '42501'));
});

test('[GEN-09] [GEN-11] the register of companies is read by all subgraphs and written by billing alone', async () => {
  await opened.ask(`INSERT INTO billing.companies VALUES (100, 'Acme', 'Europe/Moscow', 'EUR', 1, '2026-01-01Z')`);
  const billing = await opened.connect('billing');
  const read = 'SELECT company_id, name, currency FROM billing.companies';
  const acme = [{ company_id: '100', name: 'Acme', currency: 'EUR' }];
  expect((await client.query(read)).rows).toEqual(acme);
  expect((await billing.query(read)).rows).toEqual(acme);
  const rename = `UPDATE billing.companies SET name = 'Other'`;
  const denied = '42501 permission denied for table companies';
  expect(await refusal(client.query(rename))).toBe(denied);
  expect(await refusal(client.query('DELETE FROM billing.companies'))).toBe(denied);
  expect(await refusal(client.query(`INSERT INTO billing.companies SELECT * FROM billing.companies`))).toBe(denied);
  expect((await billing.query(rename)).rowCount).toBe(1);
  // Not even billing: figures of a company would stay behind without their currency.
  expect(await refusal(billing.query('DELETE FROM billing.companies'))).toBe(denied);
});
