import { Client, escapeIdentifier } from 'pg';
import { PgBoss } from 'pg-boss';
import type { Job } from './job.ts';
import { givenUpQueue, HEARTBEAT_SECONDS, jobSchema } from './job-schema.ts';

/** What one subgraph has in jobs. */
export interface JobOwner {
  /** Its schema, and its role. */
  readonly schema: string;
  readonly jobs?: readonly Job[];
}

/**
 * Makes the queues of all subgraphs that declare jobs, or brings them up to date, as the database's owner; afterwards a
 * subgraph's role reads and writes its own queue and nobody else's. Safe to run again and beside another run. The queue
 * holds ids only and has no row-level security: a worker learns from it which company to work for.
 */
export async function provisionJobs(ownerUrl: string, owners: readonly JobOwner[]): Promise<void> {
  for (const { schema, jobs = [] } of owners) {
    if (jobs.length === 0) continue;
    await makeQueues(ownerUrl, jobSchema(schema), jobs);
    await grant(ownerUrl, jobSchema(schema), schema);
  }
}

async function makeQueues(ownerUrl: string, schema: string, jobs: readonly Job[]): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema,
    max: 1,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  // A failure is thrown to the caller as well; without a listener it would end the process.
  boss.on('error', () => undefined);
  await boss.start();
  try {
    for (const job of jobs) await makeQueue(boss, job);
  } finally {
    await boss.stop({ graceful: false });
  }
}

async function makeQueue(boss: PgBoss, job: Job): Promise<void> {
  const options = {
    retryLimit: job.retryLimit,
    retryDelay: job.retryDelaySeconds,
    retryBackoff: true,
    expireInSeconds: job.leaseSeconds,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    notify: true,
  };
  await boss.createQueue(givenUpQueue(job), options);
  await boss.createQueue(job.name, { ...options, deadLetter: givenUpQueue(job) });
  // What was made by an earlier version gets the settings of this one.
  await boss.updateQueue(givenUpQueue(job), options);
  await boss.updateQueue(job.name, options);
}

async function grant(ownerUrl: string, schema: string, role: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  const [name, grantee] = [escapeIdentifier(schema), escapeIdentifier(role)];
  try {
    await client.query(`
      GRANT USAGE ON SCHEMA ${name} TO ${grantee};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${name} TO ${grantee};
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${name} TO ${grantee};
    `);
  } finally {
    await client.end();
  }
}
