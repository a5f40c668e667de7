import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { Database, roleUrl, sql } from '#platform/database';
import { cloneDatabase, TEST_ROLE_SECRET, type TestDatabase } from '../../tests/support/test-database.ts';
import { NO_FILES } from '../../tests/support/test-files.ts';
import { type Job, type JobContext, JobRunner, type JobWatch, provisionJobs } from './index.ts';

/** Any subgraph's role will do. */
export const OWNER = 'messaging_stats';

/** A queue of its own with one kind of jobs that notes what it is asked to do, and a work list of companies for which it is due. */
export class JobProbe {
  /** What the job has been asked to do, in order: [what, company, payload]. */
  done: unknown[][] = [];
  /** What its tries do after that. */
  during: (context: JobContext) => Promise<void> = async () => undefined;
  /** Takes up nothing by itself. */
  runner!: JobRunner;
  /** Workers of the test under way; they end with it, however it ends. */
  private readonly working: JobRunner[] = [];

  readonly job: Job<{ note: string }> = {
    name: 'probe',
    retryLimit: 2,
    retryDelaySeconds: 60,
    leaseSeconds: 30,
    concurrency: 2,
    companyConcurrency: 1,
    run: async (payload, context) => {
      this.done.push(['run', context.companyId, payload]);
      await this.during(context);
    },
    giveUp: async (payload, { companyId }) => {
      this.done.push(['give up', companyId, payload]);
    },
  };

  /** Puts a job into the queue for each due company; company 13 fails. */
  private readonly watch: JobWatch = {
    workList: 'probe_work',
    enqueueDue: async (transaction, queue) => {
      const { companyId } = transaction;
      await queue.enqueue(transaction, this.job, randomUUID(), { note: 'due' });
      await transaction.execute('probe_work.take', sql`DELETE FROM probe_work WHERE company_id = ${companyId}`);
      if (companyId === '13') throw new Error('fails');
    },
  };

  private constructor(
    private readonly cloned: TestDatabase,
    readonly asOwner: Client,
    readonly database: Database,
  ) {}

  static async open(): Promise<JobProbe> {
    const cloned = await cloneDatabase();
    const asOwner = await connect(cloned.ownerUrl);
    const url = roleUrl(cloned.ownerUrl, OWNER, TEST_ROLE_SECRET);
    const database = new Database({ url, applicationName: 'test of jobs', poolSize: 4, connectTimeoutMs: 10_000 });
    const probe = new JobProbe(cloned, asOwner, database);
    const provision = () => provisionJobs(cloned.ownerUrl, [{ schema: OWNER, jobs: [probe.job] }]);
    await Promise.all([provision(), provision()]);
    await provision();
    await asOwner.query(`CREATE TABLE ${OWNER}.probe_work (company_id bigint PRIMARY KEY, due_at timestamptz NOT NULL);
      GRANT SELECT, DELETE ON ${OWNER}.probe_work TO ${OWNER}`);
    probe.runner = await probe.openRunner(false);
    return probe;
  }

  enqueue(companyId: string, note: string, id = randomUUID()): Promise<void> {
    return this.database.write(companyId, (transaction) =>
      this.runner.queue.enqueue(transaction, this.job, id, { note }),
    );
  }

  async startWorkers(): Promise<JobRunner> {
    const workers = await this.openRunner(true);
    this.working.push(workers);
    await workers.work();
    return workers;
  }

  /** Enters companies into the work list, each with the time at which it is due. */
  async enterWork(...work: [companyId: string, dueAt: string][]): Promise<void> {
    const rows = work.map(([id, at]) => `(${id}, '${at}')`).join(', ');
    await this.asOwner.query(`INSERT INTO ${OWNER}.probe_work VALUES ${rows}`);
  }

  /** Ends the workers of a test, runs what they give back, and forgets all of it. */
  async reset(): Promise<void> {
    for (const workers of this.working.splice(0)) await workers.close();
    this.during = async () => undefined;
    await this.runner.runPending();
    this.done = [];
  }

  /** What a role's statement was refused with; undefined where it was not. */
  async refusal(role: string, statement: string): Promise<string | undefined> {
    const client = await connect(roleUrl(this.cloned.ownerUrl, role, TEST_ROLE_SECRET));
    const refused = await client.query(statement).then(
      () => undefined,
      (error: Error & { code?: string }) => `${error.code} ${error.message}`,
    );
    await client.end();
    return refused;
  }

  async close(): Promise<void> {
    await this.runner.close();
    await this.database.close();
    await this.asOwner.end();
    await this.cloned.drop();
  }

  private openRunner(workers: boolean): Promise<JobRunner> {
    return JobRunner.open({
      url: roleUrl(this.cloned.ownerUrl, OWNER, TEST_ROLE_SECRET),
      schema: OWNER,
      applicationName: 'test of jobs',
      jobs: [this.job],
      workers,
      watches: [this.watch],
      parts: {
        config: readConfig({}),
        database: this.database,
        files: NO_FILES,
        graph: { query: () => Promise.reject(new Error('nothing is asked here')) },
        clock: { now: () => 0 },
        logger: pino({ level: 'silent' }),
      },
    });
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
