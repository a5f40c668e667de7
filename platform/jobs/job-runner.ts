import { PgBoss } from 'pg-boss';
import { identifier } from '#platform/database';
import type { Job, JobContext } from './job.ts';
import { JobQueue, type QueuedJob } from './job-queue.ts';
import { givenUpQueue, jobSchema } from './job-schema.ts';
import { type JobWatch, JobWatcher } from './job-watch.ts';
import { logQueueFailure } from './queue-failure.ts';

export interface JobRunnerOptions {
  /** Address of the database with the role of the subgraph. */
  url: string;
  /** The subgraph's schema. */
  schema: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  jobs: readonly Job[];
  watches?: readonly JobWatch[];
  /** Whether this process takes up jobs; else it puts them into the queue, and runs them when told to. */
  workers: boolean;
  /** What every job works with, but for its own company. */
  parts: Omit<JobContext, 'companyId' | 'jobs' | 'signal'>;
}

/** A queue with what is done with its jobs. */
interface Duty {
  queue: string;
  concurrency: number;
  companyConcurrency?: number | undefined;
  perform(payload: object, context: JobContext): Promise<void>;
}

/** How long a stop waits for jobs under way. */
const REST_MS = 10_000;
/**
 * New jobs wake the workers. Looking every so often is for what nothing wakes them: retries that have become due, and jobs that
 * two workers fetched at once for one company, of which one was given back.
 */
const POLLING_SECONDS = 2;
const SUPERVISE_SECONDS = 15;
const CONNECTIONS = 3;

/** The jobs of one subgraph in this process. */
export class JobRunner {
  readonly queue: JobQueue;
  private readonly duties: readonly Duty[];
  private readonly watcher: JobWatcher;

  private constructor(
    private readonly boss: PgBoss,
    private readonly options: JobRunnerOptions,
  ) {
    this.queue = new JobQueue(boss);
    this.duties = options.jobs.flatMap((job) => [
      {
        queue: job.name,
        concurrency: job.concurrency ?? 1,
        companyConcurrency: job.companyConcurrency,
        perform: (payload, context) => job.run(payload, context),
      },
      { queue: givenUpQueue(job), concurrency: 1, perform: (payload, context) => job.giveUp(payload, context) },
    ]);
    const { watches = [], parts } = options;
    this.watcher = new JobWatcher({ watches, queue: this.queue, parts });
  }

  /** Opens the queue: from here on jobs can be put into it. Nothing is run before `work`. */
  static async open(options: JobRunnerOptions): Promise<JobRunner> {
    const boss = new PgBoss({
      connectionString: options.url,
      application_name: options.applicationName,
      schema: identifier(jobSchema(options.schema)).toStatement().text,
      max: CONNECTIONS,
      // The owner has made everything; this role may not.
      migrate: false,
      createSchema: false,
      reindex: false,
      schedule: false,
      registerInstance: false,
      useListenNotify: options.workers,
      supervise: options.workers,
      superviseIntervalSeconds: SUPERVISE_SECONDS,
      monitorIntervalSeconds: SUPERVISE_SECONDS,
    });
    const { logger } = options.parts;
    boss.on('error', (error) => logQueueFailure(logger, error));
    boss.on('warning', (warning) => logger.warn({ warning }, 'the job queue warns'));
    await boss.start();
    return new JobRunner(boss, options);
  }

  /** Takes up jobs as they come, and looks for what becomes due. Does nothing where this process is not to. */
  async work(): Promise<void> {
    if (!this.options.workers) return;
    for (const duty of this.duties) {
      for (let worker = 0; worker < duty.concurrency; worker++) await this.startWorker(duty);
    }
    this.watcher.start();
  }

  /**
   * Takes up the jobs of a queue one after another. A worker that has had a job looks for the next one at once: left to itself it
   * would wait for the next notice, or the next look, and work off what has gathered at one job a look.
   */
  private async startWorker({ queue, companyConcurrency, perform }: Duty): Promise<void> {
    const options = {
      pollingIntervalSeconds: POLLING_SECONDS,
      notifyPollingIntervalSeconds: POLLING_SECONDS,
      ...(companyConcurrency && { localGroupConcurrency: companyConcurrency }),
    };
    const worker = this.boss.work<QueuedJob>(queue, options, async (jobs) => {
      this.boss.notifyWorker(await worker);
      for (const { data, signal } of jobs) await this.perform(queue, perform, data, signal);
    });
    await worker;
  }

  /** Puts into the queue what is due now. Workers do this by themselves. */
  look(): Promise<void> {
    return this.watcher.look();
  }

  /**
   * Runs everything that waits or is due, retries included and without their delays, until nothing is left. Gives the number of
   * tries.
   * For tests and commands, where no workers run.
   */
  async runPending(): Promise<number> {
    let tries = 0;
    const { signal } = new AbortController();
    for (let found = true; found; ) {
      found = false;
      await this.watcher.look();
      for (const duty of this.duties) {
        const [job] = await this.boss.fetch<QueuedJob>(duty.queue, { ignoreStartAfter: true });
        if (!job) continue;
        found = true;
        tries++;
        await this.perform(duty.queue, duty.perform, job.data, signal).then(
          () => this.boss.complete(duty.queue, job.id),
          (error: Error) => this.boss.fail(duty.queue, job.id, { message: error.message }),
        );
      }
    }
    return tries;
  }

  /** Gives jobs whose worker has died, or has run out of its lease, back to the queue. Workers do this by themselves. */
  async recover(): Promise<void> {
    for (const { queue } of this.duties) await this.boss.supervise(queue);
  }

  /** Takes up no more jobs and waits for those under way; jobs can still be put into the queue. */
  async rest(): Promise<void> {
    await this.watcher.stop();
    const { promise: grace, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, REST_MS);
    const ended = Promise.all(this.duties.map(({ queue }) => this.boss.offWork(queue, { wait: true })));
    await Promise.race([ended, grace]);
    clearTimeout(timer);
  }

  /** Gives back what is still under way, to be tried again later, and ends. */
  async close(): Promise<void> {
    await this.watcher.stop();
    await this.boss.stop({ graceful: true, timeout: 1000 });
  }

  private async perform(
    queue: string,
    perform: Duty['perform'],
    { companyId, payload }: QueuedJob,
    signal: AbortSignal,
  ): Promise<void> {
    const { parts } = this.options;
    try {
      await perform(payload, { ...parts, companyId, jobs: this.queue, signal });
    } catch (err) {
      parts.logger.error({ err, queue, companyId }, 'a job failed');
      throw err;
    }
  }
}
