import type { SubgraphSettings } from '#platform/config';
import type { CompanyId, Database, Transaction } from '#platform/database';
import type { JobContext } from './job.ts';
import type { JobQueue } from './job-queue.ts';

/** Work that becomes due by the clock, or in transactions that know no queue; declared in a subgraph's manifest. */
export interface JobWatch {
  /** Its work list: a table of company_id and due_at that has nothing else in it and no row-level security. */
  readonly workList: string;
  /**
   * Puts jobs into the queue for what is due of the transaction's company, and takes the company from the list or moves it to
   * the next due time. Safe to run for a company of which another process has just done the same.
   * @param now epoch milliseconds
   */
  enqueueDue(transaction: Transaction, queue: JobQueue, now: number, config: SubgraphSettings): Promise<void>;
}

export interface JobWatcherOptions {
  watches: readonly JobWatch[];
  queue: JobQueue;
  parts: Pick<JobContext, 'config' | 'database' | 'clock' | 'logger'>;
}

/** How long due work waits at most before it is noticed. */
const INTERVAL_MS = 1000;
/** Companies of one look; the others are found by the next one. */
const COMPANIES = 100;

/** Looks at the work lists of a subgraph. */
export class JobWatcher {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: JobWatcherOptions) {}

  /** Looks now and then again and again, until `stop`. Without watches there is nothing to look at. */
  start(): void {
    if (this.stopped || this.options.watches.length === 0) return;
    this.looking = this.look();
    void this.looking.then(() => {
      if (!this.stopped) this.timer = setTimeout(() => this.start(), INTERVAL_MS);
    });
  }

  /** Ends the looking, and waits for a look that is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  /** Looks once. What fails is logged and found again by the next look. */
  async look(): Promise<void> {
    const { watches, parts } = this.options;
    for (const watch of watches) {
      const due = parts.database.dueCompanies(watch.workList, parts.clock.now(), COMPANIES);
      await this.enqueueAll(watch, await due.catch((error) => this.report(watch, error)));
    }
  }

  private async enqueueAll(watch: JobWatch, companies: readonly CompanyId[]): Promise<void> {
    const { queue, parts } = this.options;
    const enqueue = (database: Database, companyId: CompanyId) =>
      database.write(companyId, (transaction) => watch.enqueueDue(transaction, queue, parts.clock.now(), parts.config));
    for (const companyId of companies) {
      await enqueue(parts.database, companyId).catch((error) => this.report(watch, error, companyId));
    }
  }

  private report({ workList }: JobWatch, err: unknown, companyId?: CompanyId): [] {
    this.options.parts.logger.error({ err, workList, companyId }, 'due work was not put into the queue');
    return [];
  }
}
