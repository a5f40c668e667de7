import { randomUUID } from 'node:crypto';
import { JobProbe, OWNER } from './jobs.test-support.ts';

// The other one of two subgraphs: it has no queue.
const STRANGER = 'billing';

let probe: JobProbe;
beforeAll(async () => {
  probe = await JobProbe.open();
});
afterAll(() => probe.close());
afterEach(() => probe.reset());

test('a job of a transaction that commits is run for its company, once', async () => {
  await probe.enqueue('7', 'committed');
  expect(await probe.runner.runPending()).toBe(1);
  expect(probe.done).toEqual([['run', '7', { note: 'committed' }]]);
  expect(await probe.runner.runPending()).toBe(0);
});

test('a job of a transaction that rolls back was never there', async () => {
  const work = probe.database.write('7', async (transaction) => {
    await probe.runner.queue.enqueue(transaction, probe.job, randomUUID(), { note: 'rolled back' });
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(await probe.runner.runPending()).toBe(0);
});

test('a job that is taken back is not run; where taking it back rolls back, it is', async () => {
  const [taken, kept] = [randomUUID(), randomUUID()];
  await probe.enqueue('7', 'taken', taken);
  await probe.enqueue('7', 'kept', kept);
  await probe.database.write('7', (transaction) => probe.runner.queue.cancel(transaction, probe.job, taken));
  const rolledBack = probe.database.write('7', async (transaction) => {
    await probe.runner.queue.cancel(transaction, probe.job, kept);
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  await probe.runner.runPending();
  expect(probe.done).toEqual([['run', '7', { note: 'kept' }]]);
});

test('an id that another job has is a fault, and the transaction with it does not commit', async () => {
  const id = randomUUID();
  await probe.enqueue('7', 'first', id);
  await expect(probe.enqueue('8', 'second', id)).rejects.toThrow(/this id already|jobs.enqueue probe failed/);
  await probe.runner.runPending();
  expect(probe.done).toEqual([['run', '7', { note: 'first' }]]);
});

test('a job that fails is tried as often as declared, then given up once', async () => {
  probe.during = () => Promise.reject(new Error('fails'));
  await probe.enqueue('7', 'x');
  expect(await probe.runner.runPending()).toBe(4);
  expect(probe.done.map(([what]) => what)).toEqual(['run', 'run', 'run', 'give up']);
});

test('a further try waits for its delay: without being told to, nobody takes it up at once', async () => {
  probe.during = () => Promise.reject(new Error('fails'));
  await probe.enqueue('7', 'x');
  const { rows } = await probe.asOwner.query(
    `SELECT retry_delay AS delay, retry_backoff AS backoff, retry_limit AS limit FROM ${OWNER}_jobs.job
      WHERE name = 'probe' AND state = 'created'`,
  );
  expect(rows).toEqual([{ delay: 60, backoff: true, limit: 2 }]);
  await probe.runner.runPending();
});

test('a job whose worker was killed is taken up again, and is given up where that was its last try', async () => {
  const kill = (tries: string) =>
    probe.asOwner.query(`UPDATE ${OWNER}_jobs.job SET state = 'active', retry_count = ${tries}, started_on = now() - interval '1 hour',
      heartbeat_on = now() - interval '1 hour' WHERE state = 'created'`);
  const forgetLastLook = () =>
    probe.asOwner.query(`UPDATE ${OWNER}_jobs.queue SET monitor_claim_on = NULL, monitor_on = NULL`);
  await probe.enqueue('7', 'first');
  await kill('0');
  expect(await probe.runner.runPending()).toBe(0);
  await forgetLastLook();
  await probe.runner.recover();
  await probe.runner.runPending();
  await probe.enqueue('7', 'last');
  await kill('retry_limit');
  await forgetLastLook();
  await probe.runner.recover();
  await probe.runner.runPending();
  expect(probe.done).toEqual([
    ['run', '7', { note: 'first' }],
    ['give up', '7', { note: 'last' }],
  ]);
});

test('what a work list says is due is run; what is due later waits, and a company that fails holds up no other', async () => {
  // The clock stands at 1970-01-01.
  await probe.enterWork(['7', '1969-12-31'], ['13', '1969-12-30'], ['8', '1970-01-01'], ['9', '1970-01-02']);
  expect(await probe.runner.runPending()).toBe(2);
  expect(probe.done).toEqual([
    ['run', '7', { note: 'due' }],
    ['run', '8', { note: 'due' }],
  ]);
  const { rows } = await probe.asOwner.query(`DELETE FROM ${OWNER}.probe_work RETURNING company_id AS id`);
  expect(rows.map(({ id }) => id).sort()).toEqual(['13', '9']);
});

test('a queue is open to the role of its subgraph, which may not change its structure, and to nobody else', async () => {
  expect(await probe.refusal(STRANGER, `SELECT FROM ${OWNER}_jobs.job`)).toBe(
    `42501 permission denied for schema ${OWNER}_jobs`,
  );
  expect(await probe.refusal(OWNER, `DROP TABLE ${OWNER}_jobs.job`)).toBe('42501 must be owner of table job');
  expect(await probe.refusal(OWNER, `SELECT count(*) FROM ${OWNER}_jobs.job`)).toBeUndefined();
});
