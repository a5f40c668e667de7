import fc from 'fast-check';
import type { Pool } from 'pg';
import { Database, type Sql, StatementError, sql, type Transaction } from './index.ts';
import { type OpenedDatabase, openDatabase, refusal } from './opened-database.test-support.ts';

let opened: OpenedDatabase;
beforeAll(async () => {
  opened = await openDatabase();
});
afterAll(() => opened.drop());

const erase = (company: string, id: string): Sql =>
  sql`INSERT INTO erased (company_id, kind, id) VALUES (${company}, 'messages', ${id})`;
const all = sql`SELECT company_id, id FROM erased ORDER BY company_id, id COLLATE "C"`;
const backend = sql`SELECT pg_backend_pid() AS pid`;

const readAll = (database: Database, company: string) =>
  database.read(company, (transaction) => transaction.query<{ company_id: string; id: string }>('test.read', all));

/** Looks at every connection of a pool below the transactions that it is used for. */
async function expectNoCompany(database: Database): Promise<void> {
  const pool = Reflect.get(database, 'pool') as Pool;
  const look = `SELECT coalesce(current_setting('app.company_id', true), '') AS company, (SELECT count(*)::int FROM erased) AS rows`;
  const clients = await Promise.all(Array.from({ length: pool.options.max ?? 0 }, () => pool.connect()));
  const found = await Promise.all(clients.map(async (client) => (await client.query(look)).rows[0]));
  for (const client of clients) client.release();
  expect(found).toEqual(clients.map(() => ({ company: '', rows: 0 })));
}

test('[GEN-09] hundreds of transactions of three companies on four connections leave no company behind', async () => {
  const database = opened.pool('messaging_stats', 4);
  const ends = ['commit', 'refuse', 'throw', 'fail'] as const;
  const plan = fc.sample(fc.record({ company: fc.integer({ min: 1, max: 3 }), end: fc.constantFrom(...ends) }), {
    numRuns: 400,
    seed: 7,
  });
  const run = async ({ company, end }: (typeof plan)[number], index: number) => {
    const id = `${index}`.padStart(4, '0');
    const work = async (transaction: Transaction) => {
      const before = await transaction.query<{ company_id: string }>('test.read', all);
      await transaction.execute('test.erase', erase(String(company), id));
      if (end === 'fail') await transaction.execute('test.fail', sql`SELECT 1 / 0`);
      if (end === 'throw') throw new Error('the caller gave up');
      return before.every((row) => row.company_id === String(company));
    };
    // What a pool would leak shows in the next transaction on the same connection, which sees somebody else's rows.
    const sawOnlyOwn = database.writeIf(String(company), work, () => end === 'commit');
    return sawOnlyOwn.catch((error: Error) => error.message);
  };
  const results = await Promise.all(plan.map(run));
  const expected = { commit: true, refuse: true, throw: 'the caller gave up', fail: 'statement test.fail failed' };
  expect(results).toEqual(plan.map(({ end }) => expected[end]));
  await expectNoCompany(database);
  for (const company of [1, 2, 3]) {
    const kept = plan.flatMap((step, index) => (step.company === company && step.end === 'commit' ? [index] : []));
    const rows = kept.map((index) => ({ company_id: String(company), id: `${index}`.padStart(4, '0') }));
    expect(await readAll(database, String(company))).toEqual(rows);
  }
});

test('[GEN-09] a statement that comes after its transaction has ended never runs in the next one', async () => {
  const database = opened.pool('messaging_stats', 1);
  const company = sql`SELECT current_setting('app.company_id', true) AS company`;
  const first = await database.openSnapshot('31');
  const queued = [1, 2, 3].map(() => first.transaction.query('test.queued', company));
  const outcomes = Promise.allSettled(queued);
  await first.close();
  const second = await database.openSnapshot('32');
  const late = await refusal(first.transaction.query('test.late', company));
  const own = await second.transaction.query('test.own', company);
  await second.close();
  expect({ late, own }).toEqual({ late: expect.stringContaining('has ended'), own: [{ company: '32' }] });
  for (const outcome of await outcomes) {
    if (outcome.status === 'fulfilled') expect(outcome.value).toEqual([{ company: '31' }]);
  }
});

test('[GEN-09] a statement that comes after its write has been committed never runs in the next one', async () => {
  const database = opened.pool('messaging_stats', 1);
  let kept: Transaction | undefined;
  await database.write('33', async (transaction) => {
    kept = transaction;
  });
  expect(await refusal((kept as Transaction).execute('test.late', erase('33', 'late')))).toContain('has ended');
  expect(await readAll(database, '33')).toEqual([]);
});

test('a write whose failed statement was passed over is refused and not silently lost', async () => {
  const database = opened.pool('messaging_stats');
  const write = database.write('34', async (transaction) => {
    await transaction.execute('test.erase', erase('34', 'a'));
    await transaction.execute('test.fail', sql`SELECT 1 / 0`).catch(() => undefined);
    return 'kept';
  });
  await expect(write).rejects.toThrow('rolled back');
  expect(await readAll(database, '34')).toEqual([]);
});

test('after a failed statement every later one of the transaction fails with the first failure', async () => {
  const database = opened.pool('messaging_stats');
  const failures: unknown[] = [];
  const read = database.read('35', async (transaction) => {
    const asked = [sql`SELECT 1`, sql`SELECT secret FROM nowhere`, sql`SELECT 2`].map((statement, index) =>
      transaction.query(`test.${index}`, statement).catch((error) => failures.push(error)),
    );
    await Promise.all(asked);
  });
  await read;
  expect(failures).toHaveLength(2);
  expect(failures[0]).toBe(failures[1]);
  expect(failures[0]).toBeInstanceOf(StatementError);
  const { message, sqlState } = failures[0] as StatementError;
  expect({ message, sqlState }).toEqual({ message: 'statement test.1 failed', sqlState: '42P01' });
});

test('a snapshot is of one moment and cannot be written to', async () => {
  const database = opened.pool('messaging_stats');
  await database.write('36', (transaction) => transaction.execute('test.erase', erase('36', 'a')));
  await database.read('36', async (transaction) => {
    const before = await transaction.query('test.read', all);
    await database.write('36', (other) => other.execute('test.erase', erase('36', 'b')));
    expect(await transaction.query('test.read', all)).toEqual(before);
    expect(before).toEqual([{ company_id: '36', id: 'a' }]);
    const refused = await transaction.execute('test.erase', erase('36', 'c')).catch((error) => error.sqlState);
    expect(refused).toBe('25006');
  });
  expect(await readAll(database, '36')).toHaveLength(2);
});

test.each(['', '0', '01', '-1', '1.5', '9223372036854775808', '1; DROP TABLE erased', "1'", ' 1'])(
  '[GEN-09] a transaction of the company %j is not begun',
  async (company) => {
    const database = opened.pool('messaging_stats');
    await expect(database.read(company, async () => undefined)).rejects.toThrow('a transaction needs a company number');
  },
);

test.each(['at rest', 'between two statements', 'during a statement'])(
  'a connection that the server ends %s costs its own transaction and nothing else',
  async (moment) => {
    const database = opened.pool('messaging_stats', 1);
    const end = async (pid: number) => opened.ask('SELECT pg_terminate_backend($1, 5000)', [pid]);
    const broken = database.read('37', async (transaction) => {
      const [row] = await transaction.query<{ pid: number }>('test.backend', backend);
      const pid = row?.pid ?? 0;
      const running = moment === 'during a statement' && transaction.query('test.long', sql`SELECT pg_sleep(60)`);
      if (running) running.catch(() => undefined);
      if (moment !== 'at rest') await end(pid);
      if (moment === 'between two statements') await transaction.query('test.next', sql`SELECT 1`);
      await running;
      return pid;
    });
    if (moment === 'at rest') await end(await broken);
    else await expect(broken).rejects.toBeInstanceOf(StatementError);
    expect(await readAll(database, '37')).toEqual([]);
  },
);
