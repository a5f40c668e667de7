import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '#platform/database';
import type { Clock } from '#platform/time';
import { lookAfter } from './look-after.ts';
import type { AnyRollup } from './rollup.ts';
import { finishWork, type Lease, listWork, takeWork, takeWorkOf } from './work-list.ts';

export interface RollupWorkerParts {
  /** Of this worker alone, with at least ROLLUP_CONNECTIONS connections. */
  readonly database: Database;
  readonly rollups: readonly AnyRollup[];
  readonly minRows: number;
  /** Days that rows are kept one by one; undefined: for ever. */
  readonly retentionDays?: number;
  /** How long to wait before looking for work again. */
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One that holds the lock of a company, and one for what happens under it. */
export const ROLLUP_CONNECTIONS = 2;

const DAY_MS = 86_400_000;

/** Looks after the levels of one subgraph in this process. Several processes may do so side by side. */
export class RollupWorker {
  private readonly stopping = new AbortController();
  private working: Promise<void> | undefined;

  constructor(private readonly parts: RollupWorkerParts) {}

  /** Looks after companies as they come due, until told to rest. */
  work(): void {
    this.working ??= this.run();
  }

  /** Looks after every company on the list once, whether it is due or not. For tests and commands, where no workers run. */
  async runPending(): Promise<void> {
    const { database, clock } = this.parts;
    for (const companyId of await listWork(database)) {
      const lease = await takeWorkOf(database, clock.now(), companyId);
      if (lease) await this.perform(lease);
    }
  }

  /** Takes up no more companies and waits for the one under way. */
  async rest(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const { intervalMs, logger } = this.parts;
    while (!signal.aborted) {
      try {
        while (!signal.aborted && (await this.runNext()));
      } catch (err) {
        logger.error({ err }, 'looking for work on levels failed');
      }
      await delay(intervalMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Looks after the company that has waited longest. Gives false where none is due. */
  private async runNext(): Promise<boolean> {
    const { database, clock, logger } = this.parts;
    const lease = await takeWork(database, clock.now());
    if (!lease) return false;
    try {
      await this.perform(lease);
    } catch (err) {
      // The lease runs out, and the company's turn comes again.
      logger.error({ err, companyId: lease.companyId }, 'levels were not brought up to date');
    }
    return true;
  }

  private async perform(lease: Lease): Promise<void> {
    const { database, rollups, minRows, retentionDays, clock } = this.parts;
    const moment = clock.now();
    const retention = retentionDays === undefined ? undefined : { days: retentionDays, moment };
    if (!(await lookAfter(database, lease.companyId, rollups, { minRows, retention }))) return;
    // Where rows grow old there is something to do tomorrow, whether events come or not.
    await finishWork(database, lease, retention && moment + DAY_MS);
  }
}
