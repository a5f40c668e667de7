import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { Database, roleUrl, sql } from '#platform/database';
import { cloneDatabase, TEST_ROLE_SECRET, type TestDatabase } from '../../tests/support/test-database.ts';
import { NO_FILES } from '../../tests/support/test-files.ts';
import { type Job, type JobContext, JobRunner, type JobWatch, provisionJobs } from './index.ts';

/** What the job under test has been asked to do, in order: [what, company, payload]. */
let done: unknown[][] = [];
/** What its tries do after that. */
let during: (context: JobContext) => Promise<void> = async () => undefined;

const PROBE: Job<{ note: string }> = {
  name: 'probe',
  retryLimit: 2,
  retryDelaySeconds: 60,
  leaseSeconds: 30,
  concurrency: 2,
  companyConcurrency: 1,
  async run(payload, context) {
    done.push(['run', context.companyId, payload]);
    await during(context);
  },
  async giveUp(payload, { companyId }) {
    done.push(['give up', companyId, payload]);
  },
};

/** Puts a job into the queue for each due company; company 13 fails. */
const WATCH: JobWatch = {
  workList: 'probe_work',
  async enqueueDue(transaction, queue) {
    const { companyId } = transaction;
    await queue.enqueue(transaction, PROBE, randomUUID(), { note: 'due' });
    await transaction.execute('probe_work.take', sql`DELETE FROM probe_work WHERE company_id = ${companyId}`);
    if (companyId === '13') throw new Error('fails');
  },
};

// Any two subgraphs' roles will do: one has the queue, the other has not.
const OWNER = 'messaging_stats';
const STRANGER = 'billing';

let cloned: TestDatabase;
let asOwner: Client;
let database: Database;
let runner: JobRunner;
/** Workers of the test under way; they end with it, however it ends. */
const working: JobRunner[] = [];

beforeAll(async () => {
  cloned = await cloneDatabase();
  asOwner = await connect(cloned.ownerUrl);
  const url = roleUrl(cloned.ownerUrl, OWNER, TEST_ROLE_SECRET);
  database = new Database({ url, applicationName: 'test of jobs', poolSize: 4, connectTimeoutMs: 10_000 });
  const provisionProbe = () => provisionJobs(cloned.ownerUrl, [{ schema: OWNER, jobs: [PROBE] }]);
  await Promise.all([provisionProbe(), provisionProbe()]);
  await provisionProbe();
  await asOwner.query(`CREATE TABLE ${OWNER}.probe_work (company_id bigint PRIMARY KEY, due_at timestamptz NOT NULL);
    GRANT SELECT, DELETE ON ${OWNER}.probe_work TO ${OWNER}`);
  runner = await openRunner(false);
});
afterAll(async () => {
  await runner.close();
  await database.close();
  await asOwner.end();
  await cloned.drop();
});
afterEach(async () => {
  for (const workers of working.splice(0)) await workers.close();
});
beforeEach(async () => {
  during = async () => undefined;
  // Workers that end give back what they have just taken: it is run before the next test.
  await runner.runPending();
  done = [];
});

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** What a role's statement was refused with; undefined where it was not. */
async function refusal(role: string, statement: string): Promise<string | undefined> {
  const client = await connect(roleUrl(cloned.ownerUrl, role, TEST_ROLE_SECRET));
  const refused = await client.query(statement).then(
    () => undefined,
    (error: Error & { code?: string }) => `${error.code} ${error.message}`,
  );
  await client.end();
  return refused;
}

function openRunner(workers: boolean): Promise<JobRunner> {
  return JobRunner.open({
    url: roleUrl(cloned.ownerUrl, OWNER, TEST_ROLE_SECRET),
    schema: OWNER,
    applicationName: 'test of jobs',
    jobs: [PROBE],
    workers,
    watches: [WATCH],
    parts: {
      config: readConfig({}),
      database,
      files: NO_FILES,
      graph: { query: () => Promise.reject(new Error('nothing is asked here')) },
      clock: { now: () => 0 },
      logger: pino({ level: 'silent' }),
    },
  });
}

async function startWorkers(): Promise<JobRunner> {
  const workers = await openRunner(true);
  working.push(workers);
  await workers.work();
  return workers;
}

const enqueue = (companyId: string, note: string, id = randomUUID()) =>
  database.write(companyId, (transaction) => runner.queue.enqueue(transaction, PROBE, id, { note }));

test('a job of a transaction that commits is run for its company, once', async () => {
  await enqueue('7', 'committed');
  expect(await runner.runPending()).toBe(1);
  expect(done).toEqual([['run', '7', { note: 'committed' }]]);
  expect(await runner.runPending()).toBe(0);
});

test('a job of a transaction that rolls back was never there', async () => {
  const work = database.write('7', async (transaction) => {
    await runner.queue.enqueue(transaction, PROBE, randomUUID(), { note: 'rolled back' });
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(await runner.runPending()).toBe(0);
});

test('a job that is taken back is not run; where taking it back rolls back, it is', async () => {
  const [taken, kept] = [randomUUID(), randomUUID()];
  await enqueue('7', 'taken', taken);
  await enqueue('7', 'kept', kept);
  await database.write('7', (transaction) => runner.queue.cancel(transaction, PROBE, taken));
  const rolledBack = database.write('7', async (transaction) => {
    await runner.queue.cancel(transaction, PROBE, kept);
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  await runner.runPending();
  expect(done).toEqual([['run', '7', { note: 'kept' }]]);
});

test('an id that another job has is a fault, and the transaction with it does not commit', async () => {
  const id = randomUUID();
  await enqueue('7', 'first', id);
  await expect(enqueue('8', 'second', id)).rejects.toThrow(/this id already|jobs.enqueue probe failed/);
  await runner.runPending();
  expect(done).toEqual([['run', '7', { note: 'first' }]]);
});

test('a job that fails is tried as often as declared, then given up once', async () => {
  during = () => Promise.reject(new Error('fails'));
  await enqueue('7', 'x');
  expect(await runner.runPending()).toBe(4);
  expect(done.map(([what]) => what)).toEqual(['run', 'run', 'run', 'give up']);
});

test('a further try waits for its delay: without being told to, nobody takes it up at once', async () => {
  during = () => Promise.reject(new Error('fails'));
  await enqueue('7', 'x');
  const { rows } = await asOwner.query(
    `SELECT retry_delay AS delay, retry_backoff AS backoff, retry_limit AS limit FROM ${OWNER}_jobs.job
      WHERE name = 'probe' AND state = 'created'`,
  );
  expect(rows).toEqual([{ delay: 60, backoff: true, limit: 2 }]);
  await runner.runPending();
});

test('workers take up a job as soon as it is committed, and a stop waits for the one under way', async () => {
  const started = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  during = async () => {
    started.resolve();
    await release.promise;
    done.push(['ended']);
  };
  const workers = await startWorkers();
  await enqueue('9', 'x');
  await started.promise;
  const rested = workers.rest().then(() => done.push(['rested']));
  release.resolve();
  await rested;
  expect(done).toEqual([['run', '9', { note: 'x' }], ['ended'], ['rested']]);
  await enqueue('9', 'later');
  expect(await runner.runPending()).toBe(1);
});

test('workers soon find a job whose wait has ended, though nothing wakes them for it', async () => {
  const later = randomUUID();
  await enqueue('7', 'later', later);
  const wait = (interval: string) =>
    asOwner.query(`UPDATE ${OWNER}_jobs.job SET start_after = now() + $1::interval WHERE id = $2`, [interval, later]);
  await wait('1 day');
  const [first, both] = [0, 0].map(() => Promise.withResolvers<void>());
  during = async () => (done.length === 1 ? first : both)?.resolve();
  await startWorkers();
  await enqueue('8', 'now');
  await first?.promise;
  // Longer than it takes the workers to look once more after that job.
  await wait('1 second');
  await both?.promise;
  expect(done).toEqual([
    ['run', '8', { note: 'now' }],
    ['run', '7', { note: 'later' }],
  ]);
}, 20_000);

test('what has gathered is worked off job by job, without a wait in between', async () => {
  const all = Promise.withResolvers<void>();
  // At one job a look they would take longer than a test may.
  const notes = Array.from({ length: 200 }, (_, index) => String(index + 1));
  during = async () => (done.length === notes.length ? all.resolve() : undefined);
  for (const note of notes) await enqueue(note, note);
  await startWorkers();
  await all.promise;
  expect(done.map(([, companyId]) => Number(companyId)).sort((a, b) => a - b)).toEqual(notes.map(Number));
});

test('jobs run side by side, those of one company one after another', async () => {
  const [both, all, release] = [0, 0, 0].map(() => Promise.withResolvers<void>());
  const started: string[] = [];
  during = async ({ companyId }) => {
    started.push(companyId);
    if (started.length === 2) both?.resolve();
    if (started.length === 3) all?.resolve();
    await release?.promise;
  };
  for (const [companyId, note] of [
    ['7', 'a'],
    ['7', 'b'],
    ['8', 'c'],
  ] as const)
    await enqueue(companyId, note);
  await startWorkers();
  await both?.promise;
  const together = started.toSorted();
  release?.resolve();
  await all?.promise;
  expect([together, started.toSorted()]).toEqual([
    ['7', '8'],
    ['7', '7', '8'],
  ]);
});

test('a job whose worker was killed is taken up again, and is given up where that was its last try', async () => {
  const kill = (tries: string) =>
    asOwner.query(`UPDATE ${OWNER}_jobs.job SET state = 'active', retry_count = ${tries}, started_on = now() - interval '1 hour',
      heartbeat_on = now() - interval '1 hour' WHERE state = 'created'`);
  const forgetLastLook = () =>
    asOwner.query(`UPDATE ${OWNER}_jobs.queue SET monitor_claim_on = NULL, monitor_on = NULL`);
  await enqueue('7', 'first');
  await kill('0');
  expect(await runner.runPending()).toBe(0);
  await forgetLastLook();
  await runner.recover();
  await runner.runPending();
  await enqueue('7', 'last');
  await kill('retry_limit');
  await forgetLastLook();
  await runner.recover();
  await runner.runPending();
  expect(done).toEqual([
    ['run', '7', { note: 'first' }],
    ['give up', '7', { note: 'last' }],
  ]);
});

/** Enters companies into the work list, each with the time at which it is due. */
const enterWork = (...work: [companyId: string, dueAt: string][]) =>
  asOwner.query(`INSERT INTO ${OWNER}.probe_work VALUES ${work.map(([id, at]) => `(${id}, '${at}')`).join(', ')}`);

test('what a work list says is due is run; what is due later waits, and a company that fails holds up no other', async () => {
  // The clock stands at 1970-01-01.
  await enterWork(['7', '1969-12-31'], ['13', '1969-12-30'], ['8', '1970-01-01'], ['9', '1970-01-02']);
  expect(await runner.runPending()).toBe(2);
  expect(done).toEqual([
    ['run', '7', { note: 'due' }],
    ['run', '8', { note: 'due' }],
  ]);
  const { rows } = await asOwner.query(`DELETE FROM ${OWNER}.probe_work RETURNING company_id AS id`);
  expect(rows.map(({ id }) => id).sort()).toEqual(['13', '9']);
});

test('workers look at work lists by themselves, until they rest', async () => {
  const workers = await startWorkers();
  const ran = Promise.withResolvers<void>();
  during = async () => ran.resolve();
  await enterWork(['7', '1969-12-31']);
  await ran.promise;
  await workers.rest();
  await enterWork(['8', '1969-12-31']);
  expect(done).toEqual([['run', '7', { note: 'due' }]]);
  await runner.runPending();
});

test('a queue is open to the role of its subgraph, which may not change its structure, and to nobody else', async () => {
  expect(await refusal(STRANGER, `SELECT FROM ${OWNER}_jobs.job`)).toBe(
    `42501 permission denied for schema ${OWNER}_jobs`,
  );
  expect(await refusal(OWNER, `DROP TABLE ${OWNER}_jobs.job`)).toBe('42501 must be owner of table job');
  expect(await refusal(OWNER, `SELECT count(*) FROM ${OWNER}_jobs.job`)).toBeUndefined();
});
